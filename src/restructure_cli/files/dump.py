"""The model back to YAML: a full file, in the order of the format, that reads back as the same structure."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from restructure_cli.files import scalars
from restructure_cli.files.shapes import structure as shapes
from restructure_cli.files.writing import write_tree
from restructure_cli.model.grades import Span
from restructure_cli.model.quantities import Quantity
from restructure_cli.model.structures import Control, Counts, MoveIn, OtherCost, Post, Structure, Team

_SCALES = (("", Decimal(1)), ("k", Decimal(1_000)), ("m", Decimal(1_000_000)))
_MONEY = frozenset({"supplement", "cost", "cost_change", "amount", "rate"})
_MONEY_OF = {"costs": _MONEY, "posts": _MONEY - {"rate"}, "teams": frozenset[str]()}


def dump_structure(structure: Structure) -> str:
    """Write a structure as a full file, whatever it was based on.

    Raises ValueError for a figure that the format cannot state exactly, which no file can have given.
    """
    return write_tree(structure_tree(structure))


def structure_tree(structure: Structure) -> dict[str, Any]:
    """Return a structure as a full file has it: keys, text, lists and mappings."""
    header = {
        "restructure": "structure/1",
        "organisation": structure.organisation,
        "service": structure.service,
        "title": structure.title,
        "as_at": _text(structure.as_at),
        "counts": structure.counts.value if structure.counts is not Counts.ESTABLISHED else None,
        "hours_per_week": _hours(structure.hours_per_week) if structure.hours_per_week is not None else None,
        "document": structure.document,
        "control": _control(structure.control),
        "note": structure.note,
        "teams": {team.id: _team(team) for team in structure.teams.values()},
        "posts": {post.id: _post(post) for post in structure.posts.values()},
        "costs": {cost.id: _cost(cost) for cost in structure.costs.values()},
    }
    return {key: value for key, value in header.items() if value not in (None, {})}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _stated(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entries.items() if value is not None and value not in ({}, ())}


def _in_order(entry: Mapping[str, Any], shape: Any) -> dict[str, Any]:
    return {key: entry[key] for key in shape.__annotations__ if key in entry}


def _one_or_many(values: tuple[str, ...]) -> Any:
    return values[0] if len(values) == 1 else list(values)


def _team(team: Team) -> dict[str, Any]:
    entry = _stated(team._asdict())
    entry.update(_quantities(entry, frozenset()))
    entry["control"] = _control(team.control)
    return _in_order(_stated(_plain(entry)), shapes.TEAM)


def _post(post: Post) -> dict[str, Any]:
    entry = _stated(post._asdict())
    moves = entry.pop("moves_in", None)
    if post.moves_in is not None:
        entry["from"] = [_move(move) for move in moves or ()]
    if post.counted:
        entry.pop("counted", None)
    entry.update(_quantities(entry, _MONEY_OF["posts"]))
    for key in ("away", "funding"):
        if key in entry:
            entry[key] = {id_: _quantity(fte, _plain_texts) for id_, fte in entry[key].items()}
    if post.salary is not None:
        entry["salary"] = span_text(post.salary, money_text)
    kept = _stated(_plain(entry))
    if post.moves_in == ():
        kept["from"] = []
    return _in_order(kept, shapes.POST)


def _move(move: MoveIn) -> Any:
    if not move.by and move.fte is None:
        return move.post
    entry = {"post": move.post, "by": _one_or_many(tuple(way.value for way in move.by)) if move.by else None}
    return _stated({**entry, "fte": f"{move.fte:f}" if move.fte is not None else None})


def _cost(cost: OtherCost) -> dict[str, Any]:
    entry = _stated(cost._asdict())
    if "starts" in entry:
        entry["from"] = entry.pop("starts")
    if cost.counted:
        entry.pop("counted", None)
    entry.update(_quantities(entry, _MONEY_OF["costs"]))
    return _in_order(_stated(_plain(entry)), shapes.COST)


def _control(control: Control | None) -> dict[str, Any] | None:
    if control is None:
        return None
    entry = _stated(control._asdict())
    entry.pop("known", None)
    if not control.itemised:
        entry.pop("itemised", None)
    entry.update(_quantities(entry, _MONEY))
    if control.known is not None:
        difference = _quantity(control.known.difference, _money_texts)
        entry["known"] = {"difference": difference, "because": control.known.because}
    return _in_order(_plain(entry), shapes.CONTROL)


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what is left of an entry into text, lists and mappings."""
    plain: dict[str, Any] = {}
    for key, value in entry.items():
        if isinstance(value, bool):
            plain[key] = "true" if value else "false"
        elif isinstance(value, tuple) and all(isinstance(item, str) for item in value):
            plain[key] = _one_or_many(value)
        elif value is None or isinstance(value, dict | list):
            plain[key] = value
        else:
            plain[key] = str(value)
    return plain


def _quantities(entry: Mapping[str, Any], money: frozenset[str]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for key, value in entry.items():
        if isinstance(value, Quantity):
            texts = _money_texts if key in money else _hours_texts if key == "hours" else _plain_texts
            written[key] = _quantity(value, texts)
    return written


_Texts = Callable[[Decimal], Iterable[tuple[str, tuple[Decimal, Decimal]]]]
"""The ways a figure can be written, each with what it reads as: the figure and half of its last digit."""


def _quantity(quantity: Quantity, texts: _Texts) -> Any:
    """Write a figure so that it reads back with the same precision; as a mapping where there is more to say."""
    text: str | None = None
    if quantity.value is not None:
        wanted = (quantity.value, quantity.half_digit)
        text = next((text for text, reads_as in texts(quantity.value) if reads_as == wanted), None)
        if text is None:
            raise ValueError(f"{quantity.value} cannot be written exactly")
    if quantity.basis is None and quantity.because is None and not quantity.at:
        return text if text is not None else {"is": None}
    more = {"basis": quantity.basis, "because": quantity.because, "at": quantity.at}
    return {"is": text, **_plain(_stated(more))}


def quantity_in_money(quantity: Quantity) -> Any:
    """Write an amount of money, as a mapping where there is more to say."""
    return _quantity(quantity, _money_texts)


def money_text(pounds: Decimal) -> str:
    """Write an exact sum of money in full: £61,000 or £249,214.50."""
    places = max(0, -int(pounds.normalize().as_tuple().exponent))
    return f"£{pounds:,.{places if places in (0, 2) else 2}f}"


def span_text(span: Span, text: Callable[[Decimal], str]) -> str:
    """Write a range, or its one value."""
    return text(span.low) if span.low == span.high else f"{text(span.low)}-{text(span.high)}"


def _plain_texts(figure: Decimal) -> Iterable[tuple[str, tuple[Decimal, Decimal]]]:
    text = f"{figure:f}"
    yield text, (scalars.number(text), scalars.half_digit(scalars.number(text)))


def _hours_texts(figure: Decimal) -> Iterable[tuple[str, tuple[Decimal, Decimal]]]:
    for text in _hours_written(figure):
        read = scalars.hours(text)
        yield text, (read, scalars.half_digit(read))


def _hours_written(figure: Decimal) -> Iterable[str]:
    minutes = int((figure * 60).to_integral_value())
    yield f"{minutes // 60}:{minutes % 60:02}"
    if len(f"{figure:f}") <= scalars.MOST_DIGITS:
        yield f"{figure:f}"


def _hours(figure: Decimal) -> str:
    return next(text for text in reversed(list(_hours_written(figure))) if scalars.hours(text) == figure)


def _money_texts(figure: Decimal) -> Iterable[tuple[str, tuple[Decimal, Decimal]]]:
    for letter, scale in _SCALES:
        scaled = figure / scale
        for decimals in range(7):
            written = f"{scaled:.{decimals}f}"
            if Decimal(written) != scaled:
                continue
            for about in ("", "~"):
                text = f"{about}{written}{letter}"
                try:
                    yield text, scalars.money(text)
                except scalars.Unreadable:
                    continue
