"""funding/1: needs and the sources that pay for them, key by key."""

from typing import Annotated, Any

from pydantic import PlainValidator

from restructure_cli.files import printed, scalars
from restructure_cli.files.values import (
    QUANTITY_KEYS,
    Id,
    Text,
    Texts,
    YesNo,
    from_text,
    mapping_of,
    one_of,
    printed_figure,
    shape,
    texts,
    word_of,
)
from restructure_cli.model.funding import Formula, SourceKind, Status
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.printed import Printed, Unit
from restructure_cli.model.quantities import ZERO


def _pounds(text: str) -> Printed:
    """Read money, nil or more: an amount below nil would be drawn from, or paid into, what it is not."""
    figure = printed.money(text)
    if (figure.interval.high if figure.value is None else figure.value) < ZERO:
        raise scalars.Unreadable("nil or more", "what brings money is a source, and what costs money a need")
    return figure


def _count(text: str) -> Printed:
    """Read how many units or times there are, nil or more."""
    figure = printed.printed(text)
    if figure.unit is not Unit.NUMBER or (figure.interval.high if figure.value is None else figure.value) < ZERO:
        raise scalars.Unreadable("a number, nil or more", "money goes under rate or amount")
    return figure


def _amount(formula: Formula) -> Any:
    """Read money, or the one word that stands for an amount worked out elsewhere."""
    money = printed_figure(_pounds, "money")

    def validate(value: object) -> Any:
        return formula if value == formula else money(value)

    return Annotated[Any, PlainValidator(validate)]


def _edge(of_year: str) -> Any:
    """Read a day or a month, or a financial year: its first month where something begins, its last where it ends."""

    def read_edge(text: str) -> Moment:
        try:
            year: FinancialYear = scalars.year(text)
        except scalars.Unreadable:
            moment: Moment = scalars.moment(text)
            return moment
        return Moment(year.start, 4) if of_year == "first" else Moment(year.start + 1, 3)

    return from_text(read_edge, "a date or a financial year")


def _needs(value: object) -> tuple[str, ...] | None:
    """Read the needs a source may pay; an empty list is not the same as nothing said."""
    return () if value == [] else texts(value)


def _call(text: str) -> int:
    return int(scalars.whole_number(text))


_MONEY: Any = Annotated[Any, PlainValidator(printed_figure(_pounds, "money"))]
_NUMBER: Any = Annotated[Any, PlainValidator(printed_figure(_count, "a number"))]
_ENTRY: dict[str, Any] = {
    "title": Text, "total": _MONEY, "rate": _MONEY, "times": _NUMBER, "units": _NUMBER,
    "per": from_text(word_of("year", "month", "week", "day"), "text"),
    "from": _edge("first"), "until": _edge("last"), "recurrent": YesNo,
    "status": from_text(one_of(Status, "a status"), "text"), "call": from_text(_call, "a place in the order: 1, 2…"),
    "of_which": Text, "at": Texts, "note": Text,
}  # fmt: skip

NEED = shape("NeedShape", {**_ENTRY, "amount": _amount(Formula.CHANGE_COST)})

SOURCE = shape(
    "SourceShape",
    {
        **_ENTRY, "amount": _amount(Formula.REST), "kind": from_text(one_of(SourceKind, "a kind"), "text"),
        "cashable": YesNo, "for": Annotated[Any, PlainValidator(_needs)],
    },
)  # fmt: skip

SHAPE = shape(
    "FundingShape",
    {
        "restructure": Text, "needs": mapping_of(Id, NEED | None) | None,
        "sources": mapping_of(Id, SOURCE | None) | None, "note": Text,
    },
)  # fmt: skip


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {"needs": NEED, "sources": SOURCE}
    if not loc:
        return list(SHAPE.__annotations__)
    if len(loc) == 2 and loc[0] in places:
        return list(places[str(loc[0])].__annotations__)
    return list(QUANTITY_KEYS)
