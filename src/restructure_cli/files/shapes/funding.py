"""funding/1: needs and the sources that pay for them, key by key."""

from typing import Annotated, Any

from pydantic import PlainValidator

from restructure_cli.files import patterns, printed, scalars, seen
from restructure_cli.files.seen import Seen
from restructure_cli.files.values import (
    QUANTITY_KEYS,
    Id,
    Keys,
    Text,
    Texts,
    YesNo,
    from_text,
    mapping_of,
    of_certain,
    of_words,
    printed_figure,
    shape,
    texts,
    with_more,
)
from restructure_cli.model.funding import Formula, SourceKind, Status
from restructure_cli.model.periods import FinancialYear, Moment
from restructure_cli.model.printed import Printed, Unit
from restructure_cli.model.quantities import ZERO

_SUM = seen.digits(patterns.PRINTED_POUNDS, 'money, such as £2.450m, ~£5m, £0.5m-£1.2m or ">£2m"', minimum=0)
_COUNT = seen.digits(patterns.PRINTED_COUNT, "a number, nil or more, such as 20 or ~20", minimum=0)


def _pounds(text: str) -> Printed:
    """Read money, nil or more: an amount below nil would be drawn from, or paid into, what it is not."""
    figure = printed.money(text)
    if (figure.interval.high if figure.value is None else figure.value) < ZERO:
        raise scalars.Unreadable("nil or more", "what brings money is a source, and what costs money a need")
    return figure


def _count(text: str) -> Printed:
    """Read how many units or times there are, nil or more."""
    figure = printed.printed(text)
    a_number = figure.unit is Unit.NUMBER and not any(mark in text for mark in "£%mk")  # £5-6 ends in a number
    if not a_number or (figure.interval.high if figure.value is None else figure.value) < ZERO:
        raise scalars.Unreadable("a number, nil or more", "money goes under rate or amount")
    return figure


_STANDS_FOR = {
    Formula.CHANGE_COST: "`change.cost` for what the change between the two structures costs",
    Formula.REST: "`rest` for whatever the needs still lack",
}


def _amount(formula: Formula) -> Any:
    """Read money, or the one word that stands for an amount worked out elsewhere."""

    def pounds(text: str) -> Printed:
        try:
            return _pounds(text)
        except scalars.Unreadable as fault:
            if any(character.isdigit() for character in text):
                raise
            raise scalars.Unreadable(fault.expected, f"write the figure in digits, or {_STANDS_FOR[formula]}") from None

    money = printed_figure(pounds, "money")

    def validate(value: object) -> Any:
        return formula if value == formula else money(value)

    word = {"enum": [str(formula)]}
    return Annotated[Any, PlainValidator(validate), Seen({"anyOf": [word, with_more(_SUM).of({})]})]


def _edge(of_year: str) -> Any:
    """Read a day or a month, or a financial year: its first month where something begins, its last where it ends."""

    def read_edge(text: str) -> Moment:
        try:
            year: FinancialYear = scalars.year(text)
        except scalars.Unreadable:
            moment: Moment = scalars.moment(text)
            return moment
        return Moment(year.start, 4) if of_year == "first" else Moment(year.start + 1, 3)

    as_seen = seen.only_text(patterns.EDGE, "a date, such as 2024-09-01, a month or a financial year")
    return from_text(read_edge, "a date or a financial year", Seen(as_seen, "date-or-year"))


def _needs(value: object) -> tuple[str, ...] | None:
    """Read the needs a source may pay; an empty list is not the same as nothing said."""
    return () if value == [] else texts(value)


def _call(text: str) -> int:
    return int(scalars.whole_number(text))


_MONEY: Any = Annotated[Any, PlainValidator(printed_figure(_pounds, "money")), with_more(_SUM, "printed-money")]
_NUMBER: Any = Annotated[
    Any,
    PlainValidator(printed_figure(_count, "a number")),
    with_more(_COUNT, "printed-number"),
]
_CALL = Seen(seen.digits(patterns.WHOLE_NUMBER, "a place in the order: 1, 2…", type="integer", minimum=0))
_TITLE: Keys = {"title": (Text, "What has to be paid for, or where the money comes from.")}
_SUMS: Keys = {
    "total": (_MONEY, "The money of all its years together, in £."),
    "rate": (_MONEY, "The price of one unit, or of one occasion, in £."),
    "times": (_NUMBER, "How many times a year the rate is paid."),
    "units": (_NUMBER, "How many units there are at the rate."),
    "per": (
        of_certain("year", "month", "week", "day"),
        "What the rate of a unit is for: a year, month, week or day; a year has 365/7 weeks.",
    ),
}
_WHEN: Keys = {
    "from": (_edge("first"), "When it begins: a day, a month (its first day) or a financial year (1 April)."),
    "until": (_edge("last"), "When it ends: a day, a month (its last day) or a financial year (31 March)."),
    "recurrent": (YesNo, "Whether it goes on every year (true) or is of the first year only (false)."),
    "status": (of_words(Status, "a status"), "How certain it is: approved, identified, forecast, bid or unknown."),
}
_LAST: Keys = {
    "call": (
        from_text(_call, "a place in the order: 1, 2…", _CALL),
        "The place in the order in which needs are met and sources are drawn, from 1.",
    ),
    "of_which": (Text, "The id of an entry that already counts this one: it is shown and never added."),
    "at": (Texts, "The paragraph of the document that says so, or a list of paragraphs."),
    "note": (Text, "What else a reader should know; a remark, read by nobody but people."),
}
_NEEDED = "What has to be paid, in £ a year; `change.cost` for the computed cost of the change."
_BROUGHT = "What it brings, in £ a year; `rest` for whatever its needs still lack."

NEED = shape(
    "NeedShape", {**_TITLE, "amount": (_amount(Formula.CHANGE_COST), _NEEDED), **_SUMS, **_WHEN, **_LAST}
)  # fmt: skip

SOURCE = shape(
    "SourceShape",
    {
        **_TITLE,
        "kind": (
            of_words(SourceKind, "a kind"),
            "What kind of money it is: base budget, growth, grant, reserve, saving, cost avoidance or income.",
        ),
        "amount": (_amount(Formula.REST), _BROUGHT),
        **_SUMS,
        **_WHEN,
        "cashable": (YesNo, "Whether it can be spent; what cannot is drawn only where `for` names the need."),
        "for": (
            Annotated[Any, PlainValidator(_needs), Seen(seen.TEXTS)],
            "The ids of the needs it may pay; absent: any of them; `[]`: shown and never drawn.",
        ),
        **_LAST,
    },
)

SHAPE = shape(
    "FundingShape",
    {
        "restructure": (Text, "What the file is and the version of its format: funding/1. The first key."),
        "note": (Text, "What else a reader should know of the file; a remark, read by nobody but people."),
        "needs": (mapping_of(Id, NEED | None) | None, "What has to be paid for, each under its permanent id."),
        "sources": (mapping_of(Id, SOURCE | None) | None, "What pays for it, each under its permanent id."),
    },
)


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {"needs": NEED, "sources": SOURCE}
    if not loc:
        return list(SHAPE.__annotations__)
    if len(loc) == 2 and loc[0] in places:
        return list(places[str(loc[0])].__annotations__)
    return list(QUANTITY_KEYS)
