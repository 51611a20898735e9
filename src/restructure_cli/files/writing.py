"""Trees of text, lists and mappings to YAML that reads back as the same tree."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

_UNSEEN = re.compile("[\x85\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""What breaks a line or turns the direction of a text and shows nothing: written as its escape, for readers to see."""
_Fast: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_Fast):  # type: ignore[misc]
    """Writes text as it is: no word of a file is a number, a date or a truth to YAML."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the name and shape are PyYAML's

    def ignore_aliases(self, data: Any) -> bool:
        """Write every entry out in full."""
        return True


def _text(dumper: Any, text: str) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _UNSEEN.search(text) else None)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:str", "", style=""))
_Dumper.add_representer(
    list, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)  # in brackets, as `fmt` leaves them; the fast dumper cannot indent lists in lines of their own
_Dumper.add_representer(
    tuple, lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)
)


def write_tree(tree: Mapping[str, Any]) -> str:
    """Write a tree as a file; an entry that is None is a key without a value."""
    written: str = yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found.group()):04x}", written)
