"""The folder to begin with: small files of a made-up service, whose comments teach the formats."""

from importlib import resources

import yaml

from restructure_cli.files.schemas import SCHEMAS, file_name, json_schema

NAMES = ("current.yaml", "proposed.yaml", "grades.yaml", "funding.yaml", "claims.yaml")
_PLACEHOLDER = "organisation: YOUR ORGANISATION\n"


def starter(organisation: str) -> dict[str, str]:
    """Return the files of a folder to begin with, by their paths in it: ours, and the schemas for editors."""
    stated = yaml.safe_dump({"organisation": organisation}, allow_unicode=True, width=10_000)
    files = {name: resources.files(__name__).joinpath(name).read_text("utf-8") for name in NAMES}
    files = {name: text.replace(_PLACEHOLDER, stated) for name, text in files.items()}
    named = [kind for kind in SCHEMAS if any(f"$schema=schemas/{file_name(kind)}\n" in text for text in files.values())]
    return {**files, **{f"schemas/{file_name(kind)}": json_schema(kind) for kind in named}}
