"""structure/1: teams, posts, other costs and published totals, key by key."""

from collections.abc import Callable
from types import GenericAlias
from typing import Annotated, Any

from pydantic import PlainValidator, WrapValidator

from restructure_cli.files import patterns, scalars, seen
from restructure_cli.files.seen import Schema, Seen
from restructure_cli.files.values import (
    BASIS,
    QUANTITY_KEYS,
    Amount,
    Change,
    FullTimeWeek,
    Headcount,
    HoursFigure,
    Id,
    Keys,
    Moment,
    Money,
    Price,
    SalarySpan,
    ScpPoint,
    Tenure,
    Text,
    Texts,
    Weeks,
    Year,
    YesNo,
    mapping_of,
    of_certain,
    of_words,
    one_of,
    quantity,
    read,
    shape,
    texts,
    with_more,
)
from restructure_cli.model.structures import Counts, Way


def _ways(value: object) -> tuple[Way, ...]:
    words = texts(value) or ()
    return tuple(read(one_of(Way), word) for word in words)


def _move(value: object, handler: Callable[[object], Any]) -> Any:
    return handler({"post": value} if type(value) is str else value)


def _or_its_post(entry: Schema) -> Schema:
    """Let an editor take the post alone for where its holders come from."""
    return {**seen.TEXT, **entry, "type": ["string", "number", "boolean", "object"], "errorMessage": "expected a post"}


_WAYS = Seen({"anyOf": [{"enum": [*Way, "", None]}, {"type": "array", "items": {"enum": [*Way]}}]})
_MOVE_KEYS: Keys = {
    "post": (Text, "The id of a current post whose holders may move in."),
    "by": (
        Annotated[Any, PlainValidator(_ways), _WAYS],
        "How they move in: assimilate, slot-in, ring-fence, compete or express-interest, or several of these.",
    ),
    "fte": (Amount, "How much moves, in FTE; absent: the holders as a whole, and the two posts are one pool."),
}
_MOVE: Any = Annotated[shape("MoveShape", _MOVE_KEYS), WrapValidator(_move), Seen(_or_its_post)]


def _moves(value: object, handler: Callable[[object], Any]) -> Any:
    if value is None:
        return None
    return handler([value] if type(value) in (str, dict) else value)


def _or_one(entries: Schema) -> Schema:
    """Let an editor take one entry for a list of it."""
    entry = entries["items"]
    return {**entry, "type": [*entry["type"], "array", "null"], "items": entry}


KNOWN = shape(
    "KnownShape",
    {
        "difference": (
            quantity(scalars.money, "a number or money", with_more(seen.digits(patterns.MONEY, "a number or money"))),
            "The published total less its parts, in FTE or £.",
        ),
        "because": (Text, "Why the two do not agree."),
    },
)

CONTROL = shape(
    "ControlShape",
    {
        "fte": (Amount, "The published total of established FTE."),
        "filled": (Amount, "The published total of FTE in post."),
        "positions": (Headcount, "The published total of positions, a headcount."),
        "cost": (Money, "The published total cost, in £ a year."),
        "cost_change": (Money, "The published change in cost, in £ a year."),
        "itemised": (YesNo, "Whether the parts listed are all there is: true makes it a fault if they fall short."),
        "known": (KNOWN | None, "A difference between the published total and its parts that is known and explained."),
        "at": (Texts, "The paragraph of the document that prints the total, or a list of paragraphs."),
    },
)

_AT = (Texts, "The paragraph of the document that says so, or a list of paragraphs.")
_NOTE = (Text, "What else a reader should know; a remark, read by nobody but people.")
_DELETED = (YesNo, "In a file with `based_on`: true takes the entry away.")
_BECAUSE = (Text, "Why the entry is left out of the totals, or how its figures are known.")
_BASIS = (BASIS, "How the figures of the entry are known: published, derived from others, or assumed.")
_OF_WHICH = (Text, "The id of a post, team or cost that already counts this line: it is shown and never added.")
_COUNTED = (YesNo, "False leaves the line out of every total; `because` says why.")

TEAM = shape(
    "TeamShape",
    {
        "deleted": _DELETED,
        "title": (Text, "The name of the team, as the document prints it."),
        "within": (Text, "The id of the team above, which manages this one."),
        "counted_within": (Text, "The id of the team where a table counts this one, if not where it is managed."),
        "lead": (Text, "The id of the post that leads the team."),
        "starts": (Moment, "When the team begins, for its posts too; a month stands for its first day."),
        "ends": (Moment, "When the team ends, for its posts too; a month stands for its last day."),
        "subject_to": (Text, "A condition on which the team, with its posts, depends."),
        "teams": (Headcount, "How many teams the entry stands for, where they are not listed; a whole number."),
        "control": (CONTROL | None, "Published totals of the team, with which its posts and costs must agree."),
        "at": _AT,
        "note": _NOTE,
    },
)

POST = shape(
    "PostShape",
    {
        "deleted": _DELETED,
        "title": (Text, "The job title, as the document prints it."),
        "team": (Text, "The id of the team where the post is."),
        "grade": (Texts, "The grade; several make a career grade, from the bottom of the lowest to the top."),
        "grading": (
            of_certain("evaluated", "indicative", "pending"),
            "Whether the grade is evaluated, indicative or pending; evaluated where nothing is said.",
        ),
        "tenure": (Tenure, "Permanent, temporary, fixed-term, apprentice and so on; permanent where nothing is said."),
        "reports_to": (Text, "The id of the post that manages this one."),
        "numbers": (Texts, "The HR system's number of the post, or several."),
        "code": (Text, "The ledger code that pays for it."),
        "fte": (Amount, "Established full-time equivalent of all positions together, whoever is in them."),
        "fte_change": (Change, "The change in established FTE, where only that is published; below nil for a cut."),
        "positions": (Headcount, "How many separate jobs the line holds; a headcount, never FTE."),
        "hours": (HoursFigure, "Weekly hours of one position: 29.6 or 29:36."),
        "weeks": (Weeks, "Weeks paid a year; `term` for term time of unknown length; absent: the whole year."),
        "scp": (ScpPoint, "The spinal column point paid, where it is known."),
        "salary": (SalarySpan, "The full-time pay of the post, in £ a year, in place of its grade's: one or a range."),
        "supplement": (Money, "A market or other supplement to the pay of one full-time position, in £ a year."),
        "cost": (Price, "The published cost of the whole line, on-costs included, in £ a year."),
        "cost_change": (Money, "The published change in the cost of the line, in £ a year; below nil for a saving."),
        "prices": (Year, "The financial year whose prices the published cost is in; absent: the grades file's."),
        "filled": (Amount, "FTE of the employees in post, those who are away included; people, never posts."),
        "people": (Headcount, "How many employees hold the positions; a headcount, never FTE."),
        "agency": (Amount, "FTE covered by agency workers, who cover a vacancy and do not fill it."),
        "vacant": (Amount, "Vacant FTE, where only the vacancy is published."),
        "away": (
            mapping_of(Id, Amount) | None,
            "Holders who now work elsewhere, seconded or acting up: the id of that post, and FTE.",
        ),
        "on_hold": (Amount, "Vacant FTE that is not being recruited to."),
        "starts": (Moment, "When the post begins; a month stands for its first day."),
        "ends": (Moment, "When the post ends; a month stands for its last day."),
        "lasts": (Text, "How long the post lasts, in the document's words, where no date is given."),
        "joins": (Moment, "When the post transfers in (TUPE), after `as_at`; it is in no current total."),
        "subject_to": (Text, "A condition on which the post depends."),
        "from": (
            Annotated[GenericAlias(list, (_MOVE,)), WrapValidator(_moves), Seen(_or_one)],
            "The current posts whose holders may move in; `[]` for a post to be recruited to.",
        ),
        "funding": (mapping_of(Id, Amount) | None, "Who pays: the id or name of each fund, and FTE."),
        "of_which": _OF_WHICH,
        "counted": _COUNTED,
        "basis": _BASIS,
        "because": _BECAUSE,
        "at": _AT,
        "note": _NOTE,
    },
)

COST = shape(
    "CostShape",
    {
        "deleted": _DELETED,
        "title": (Text, "What the money is for."),
        "team": (Text, "The id of the team that bears the cost."),
        "amount": (Money, "The cost in £: a year's, or the whole of a one-off."),
        "rate": (Money, "The price of one unit, or of one occasion, in £."),
        "times": (Amount, "How many times a year the rate is paid."),
        "units": (Amount, "How many units are paid for at the rate."),
        "per": (
            of_certain("year", "month", "week", "day"),
            "What the rate of a unit is for: a year, month, week or day; a year has 365/7 weeks.",
        ),
        "recurrent": (YesNo, "Whether it is paid every year (true) or once (false)."),
        "from": (Moment, "When payment begins; a month stands for its first day."),
        "until": (Moment, "When payment ends; a month stands for its last day."),
        "covers": (Texts, "The ids of posts whose published price this is; they have no price of their own then."),
        "of_which": _OF_WHICH,
        "counted": _COUNTED,
        "basis": _BASIS,
        "because": _BECAUSE,
        "at": _AT,
        "note": _NOTE,
    },
)

SHAPE = shape(
    "StructureShape",
    {
        "restructure": (Text, "What the file is and the version of its format: structure/1. The first key."),
        "based_on": (Text, "The structure file from which this one lists only what differs, such as current.yaml."),
        "organisation": (Text, "The name of the employer."),
        "service": (Text, "The service or directorate that the structure is of."),
        "title": (Text, "What this version of the structure is called."),
        "as_at": (Moment, "The day or month at which the structure stands so."),
        "counts": (
            of_words(Counts, "a count"),
            'What the document calls "current": established posts, filled posts (people), or those affected.',
        ),
        "hours_per_week": (FullTimeWeek, "Hours in a full-time week: 37, 36.5 or 36:30."),
        "document": (Text, "The document from which the figures are taken."),
        "control": (CONTROL | None, "Published totals of the whole structure, with which the parts must agree."),
        "note": _NOTE,
        "teams": (mapping_of(Id, TEAM | None) | None, "The teams, each under its permanent id; `within` makes a tree."),
        "posts": (
            mapping_of(Id, POST | None) | None,
            "The posts, each under its permanent id: one job title, in one team, at one grade.",
        ),
        "costs": (mapping_of(Id, COST | None) | None, "What costs money and is no post, each under its permanent id."),
    },
)


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    places = {"teams": TEAM, "posts": POST, "costs": COST}
    if not loc:
        return list(SHAPE.__annotations__)
    if "control" in loc:
        return list((KNOWN if loc[-1] == "known" else CONTROL).__annotations__)
    if len(loc) == 2 and loc[0] in places:
        return list(places[str(loc[0])].__annotations__)
    if "from" in loc:
        return list(_MOVE_KEYS)
    return list(QUANTITY_KEYS)
