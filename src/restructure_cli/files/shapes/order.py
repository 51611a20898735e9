"""The order of keys: that of the tables of the shapes, entry by entry; ids have none but their author's."""

from typing import Any, get_args, get_origin

from restructure_cli.files.values import QUANTITY_KEYS


def within(shape: Any, key: str | None) -> Any:
    """Return the shape of what stands under a key of an entry, or in a list where there is no key."""
    shape = _bare(shape)
    if key is None:
        return get_args(shape)[0] if get_origin(shape) is list else shape
    if get_origin(shape) is list:
        shape = _bare(get_args(shape)[0])
    if hasattr(shape, "sentences"):
        return shape.__annotations__.get(key)
    return get_args(shape)[1] if get_origin(shape) is dict else None


def _bare(shape: Any) -> Any:
    """Take readers and alternatives off a shape."""
    while True:
        if hasattr(shape, "__metadata__"):
            shape = shape.__origin__
        elif len(alternatives := [one for one in get_args(shape) if one is not type(None)]) < len(get_args(shape)):
            shape = alternatives[0]
        else:
            return shape


def order_of(shape: Any, names: list[str]) -> list[str] | None:
    """Return the order of an entry's keys, None where they are ids."""
    shape = _bare(shape)
    if get_origin(shape) is list:
        shape = _bare(get_args(shape)[0])
    if hasattr(shape, "sentences"):
        return list(shape.sentences)
    return list(QUANTITY_KEYS) if shape is Any and "is" in names else None
