"""Writes the files of these tests: YAML in its JSON form, a line an entry, so that sources have lines to point to."""

import json
from pathlib import Path
from typing import Any

Entry = dict[str, Any]


def structure(path: Path, posts: Entry, **more: Any) -> Path:
    """Write a structure."""
    header = {"restructure": "structure/1", "organisation": "Ashdale Council", "title": path.stem.capitalize()}
    return _written(path, {**header, "as_at": "2024-04-01", "counts": "established", **more, "posts": posts})


def grades(path: Path, entries: Entry) -> Path:
    """Write a grades file."""
    return _written(path, {"restructure": "grades/1", "organisation": "Ashdale Council", **entries})


def _written(path: Path, document: Entry) -> Path:
    path.write_text(json.dumps(_texts(document), indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def _texts(value: Any) -> Any:
    """Turn numbers to text, as files have them."""
    if isinstance(value, dict):
        return {str(key): _texts(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_texts(entry) for entry in value]
    return value if isinstance(value, bool) or value is None else str(value)
