"""The national parameters by name: each is the YAML file of that name beside this module."""

from functools import lru_cache
from pathlib import Path

from restructure_cli.model.national import Parameter, Unit
from restructure_cli.national.reading import read

_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Return the names of the parameters, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in _HERE.glob("*.yaml")))


def spines() -> tuple[str, ...]:
    """Return the names that a grades file may give as its `spine`."""
    return tuple(name for name in names() if parameter(name).unit is Unit.SPINE)


def standing() -> tuple[str, ...]:
    """Return the names but for the spines that another took over from: that one stands for them in their years."""
    over = {follows.spine for name in names() if (follows := parameter(name).follows) is not None}
    return tuple(name for name in names() if name not in over)


@lru_cache(maxsize=64)
def parameter(name: str) -> Parameter:
    """Read a parameter, once. Raises KeyError where there is none of that name: see `names`."""
    if name not in names():
        raise KeyError(name)
    return read(name, f"national/{name}.yaml", _file(name).read_text("utf-8"))


def sha256(name: str) -> tuple[str, str]:
    """Return the path of a parameter within the package, and the SHA-256 of the file."""
    import hashlib  # brings OpenSSL with it, and only some formats record hashes

    return parameter(name).path, hashlib.sha256(_file(name).read_bytes()).hexdigest()


def _file(name: str) -> Path:
    return _HERE / f"{name}.yaml"
