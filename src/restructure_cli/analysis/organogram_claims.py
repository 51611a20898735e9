"""The "Salary Cost of Reports" of an organogram as claims: each under the convention that it was worked out by.

The published schema: the cost of posts of SCS1 and below that report to the post, each in one figure only. Bodies
differ in whether they count the senior posts that report to it, and in whether pence are dropped. A claim says
which convention it is held against; one that agrees with none is held against the schema's, and does not hold.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from restructure_cli.analysis.organogram_senior import NOT_IN_POST
from restructure_cli.analysis.organograms import Drawn
from restructure_cli.model.claims import (
    Calculation,
    Choice,
    Claim,
    Expression,
    Key,
    Literal,
    Measure,
    Name,
    Operation,
    Side,
    Take,
)
from restructure_cli.model.grades import Grade, Span
from restructure_cli.model.printed import Unit, exact_figure
from restructure_cli.model.quantities import ZERO, known, to_the_penny
from restructure_cli.model.structures import Post

_ONE = Decimal(1)
PREFIX = "salary-cost-of-reports-"
"""How the ids of these claims begin."""
_MID = Measure(Side.CURRENT, "cost", "mid")
_ROUND_BAND = Decimal("0.50")
"""Half of the pound by which £70,000-£74,999 falls short of £75,000, of which £72,500 is the middle."""


class Carried(NamedTuple):
    """The claims, and what is to be said of them."""

    claims: dict[str, Claim]
    notes: tuple[str, ...]


class _Convention(NamedTuple):
    """A way of working the figure out: which posts, and what is done with the sum."""

    says: str
    senior: bool
    round_bands: bool
    pence: str


_CONVENTIONS = tuple(
    _Convention(f"the mid-point pay of {says}{ending}", senior, bands, pence)
    for says, senior, bands in (
        ("all posts that report to it, senior ones at the middle of their band in round pounds", True, True),
        ("all posts that report to it, senior and junior", True, False),
        ("the junior posts that report to it", False, False),
    )
    for ending, pence in (("", ""), (", pence dropped", "floor"), (", to the nearest pound", "nearest"))
)
"""In the order in which they are tried: the schema's first."""


def salary_claims(drawn: Drawn) -> Carried:
    """Carry every published cost of reports as a claim."""
    below: dict[str, list[str]] = {}
    for id_, above in drawn.reports.items():
        below.setdefault(above, []).append(id_)
    claims: dict[str, Claim] = {}
    none = nil = agreeing = 0
    for ids in _by_reference(drawn):
        stated = [row.cost_of_reports for id_ in ids for row in drawn.senior[id_] if row.cost_of_reports is not None]
        figures = dict.fromkeys(to_the_penny(figure) for figure in stated if figure) or dict.fromkeys(stated[:1])
        under = below.get(ids[0], [])
        none += not figures
        nil += bool(figures) and not under and not any(figures)
        for number, printed in enumerate(figures, 1):
            if printed or under:
                claim, agrees = _claim(drawn, ids, number, printed, under)
                claims[claim.id] = claim
                agreeing += agrees
    return Carried(claims, tuple(_told(len(claims), agreeing, none, nil)))


def _by_reference(drawn: Drawn) -> Iterable[tuple[str, ...]]:
    """Gather the lines of one reference: what any row of it states is the cost of all that report to the first."""
    found: dict[str, list[str]] = {}
    for id_, rows in drawn.senior.items():
        reference = rows[0].reference
        found.setdefault(id_ if reference in ("", NOT_IN_POST) else f"reference {reference}", []).append(id_)
    return map(tuple, found.values())


def _told(carried: int, agreeing: int, none: int, nil: int) -> Iterator[str]:
    if carried:
        of = (
            "it agrees"
            if carried == agreeing == 1
            else f"{agreeing} of them agree"
            if carried > 1
            else "it does not agree"
        )
        word = "cost" if carried == 1 else "costs"
        yield f"{carried} published {word} of reports carried as claims; {of} at mid-point."
    if none:
        yield f"{none} senior {'post has' if none == 1 else 'posts have'} no published cost of reports."
    if nil:
        yield f"{nil} senior {'post has' if nil == 1 else 'posts have'} nobody below, and a published cost of nil."


def _claim(drawn: Drawn, ids: tuple[str, ...], number: int, printed: Decimal, below: list[str]) -> tuple[Claim, bool]:
    """Make the claim of a post, by the ids of its lines; `number` counts the figures that its rows state."""
    post = drawn.posts[ids[0]]
    lines = [drawn.posts[one] for one in sorted(below) if drawn.posts[one].counted]
    chosen = None
    for convention in _CONVENTIONS:
        if _applies(convention, drawn, lines) and _comes_to(convention, drawn, lines) == printed:
            chosen = convention
            break
    held = chosen or next(one for one in _CONVENTIONS if not one.round_bands)
    says = f"salary cost of the reports of {post.title}, as {held.says}"
    at = tuple(f"{where}, Salary Cost of Reports" for id_ in ids for where in drawn.posts[id_].at)
    figure = exact_figure(_pounds(printed), printed, Unit.MONEY)
    counted = tuple(line.id for line in _lines(held, drawn, lines))
    claim = Claim(PREFIX + ids[0] + (f"-{number}" if number > 1 else ""), says, at, prints=figure)
    if not counted:
        return claim._replace(cannot="no post reports to it that this convention counts"), False
    of = (Choice(((Key.POST, counted),)),)
    tree: Expression = Name("reports")
    bands = _bands(held, drawn, lines)
    if bands:
        tree = Calculation(Operation.ADD, (tree, Literal(exact_figure(_pounds(bands), bands, Unit.MONEY))))
    return claim._replace(let={"reports": Take(_MID, of)}, compute=_PENCE[held.pence](tree)), chosen is not None


def _floor(tree: Expression) -> Expression:
    return Calculation(Operation.FLOOR, (tree,))


def _nearest(tree: Expression) -> Expression:
    half = Literal(exact_figure("£0.50", _ROUND_BAND, Unit.MONEY))
    return _floor(Calculation(Operation.ADD, (tree, half)))


_PENCE: Mapping[str, Callable[[Expression], Expression]] = {"": lambda tree: tree, "floor": _floor, "nearest": _nearest}


def _pounds(figure: Decimal) -> str:
    return f"£{figure:,.2f}" if figure != figure.to_integral_value() else f"£{figure:,.0f}"


def _is_senior(drawn: Drawn, line: Post) -> bool:
    return line.id in drawn.senior


def _lines(convention: _Convention, drawn: Drawn, lines: Iterable[Post]) -> list[Post]:
    return [line for line in lines if convention.senior or not _is_senior(drawn, line)]


def _applies(convention: _Convention, drawn: Drawn, lines: list[Post]) -> bool:
    """Whether a convention differs from simpler ones here: without senior posts below, only the last says more."""
    return convention.senior == any(_is_senior(drawn, line) for line in lines) or not convention.senior


def _comes_to(convention: _Convention, drawn: Drawn, lines: list[Post]) -> Decimal | None:
    """Work a convention out; None where the pay or FTE of a line is unknown."""
    total = _bands(convention, drawn, lines)
    for line in _lines(convention, drawn, lines):
        pay, fte = _pay(line, drawn.grades), known(line.fte)
        if pay is None or fte is None:
            return None
        total += to_the_penny((pay.low + pay.high) / 2 * fte)
    if convention.pence == "floor":
        return total // _ONE
    return total.quantize(_ONE, ROUND_HALF_UP) if convention.pence == "nearest" else total


def _bands(convention: _Convention, drawn: Drawn, lines: list[Post]) -> Decimal:
    """Return what bands in round thousands add to the middle of bands as they are printed."""
    if not convention.round_bands:
        return ZERO
    senior = [line for line in lines if _is_senior(drawn, line)]
    paid = [known(line.fte) or ZERO for line in senior if line.salary is not None]
    return to_the_penny(sum((_ROUND_BAND * fte for fte in paid), ZERO))


def _pay(line: Post, grades: Mapping[str, Grade]) -> Span | None:
    if line.salary is not None:
        return line.salary
    grade = grades.get(line.grade[0]) if line.grade else None
    return grade.salary if grade is not None else None
