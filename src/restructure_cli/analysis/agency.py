"""What it would cost to cover vacancies by agency workers, against filling them.

At an hourly or daily rate for a whole year (365/7 weeks; five days a week), or at a premium on what the post itself
would cost. On the FTE that are vacant now, and on those vacant once a proposal is in place.
"""

from collections.abc import Mapping
from decimal import Decimal

from restructure_cli.analysis.pricing import Pattern, Pricing, to_penny
from restructure_cli.analysis.rates import rates
from restructure_cli.model.costs import Cover, CoverRow, Price
from restructure_cli.model.derivations import Derivation, Source
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import WEEKS_IN_YEAR, ZERO, known
from restructure_cli.model.structures import Post, Structure

DAYS_A_WEEK = Decimal(5)
_WHOLE = Decimal(1)


def cover(
    structure: Structure, vacant: Mapping[str, Decimal | None], grades: Grades, year: FinancialYear
) -> Cover | None:
    """Price the vacancies of a structure both ways; None where the grades file says nothing of agency rates.

    A vacancy that is not known, or whose post has no price, is left out and counted.
    """
    if grades.agency is None:
        return None
    pricing = Pricing(grades, rates(grades, year))
    rows, left_out = [], 0
    for post in structure.posts.values():
        fte = vacant.get(post.id)
        if not post.in_totals or fte == ZERO:
            continue
        filling = _filling(post, fte, pricing) if fte is not None else None
        covering = _covering(grades, structure, post, fte, filling) if fte is not None else None
        if fte is None or filling is None or covering is None:
            left_out += 1
        else:
            rows.append(CoverRow(post.id, post.title, post.team, fte, filling.headline, covering.value, covering))
    return Cover(structure.title, str(year), tuple(rows), left_out)


def _filling(post: Post, fte: Decimal, pricing: Pricing) -> Price | None:
    """Price the vacant FTE as if somebody were in post."""
    weeks = post.weeks if isinstance(post.weeks, str) else known(post.weeks)
    supplement = post.supplement.value if post.supplement is not None else ZERO
    scp = known(post.scp)
    price = pricing.price(
        Pattern(
            post.grade, int(scp) if scp is not None else None, fte, None, weeks, supplement, _WHOLE, salary=post.salary
        )
    )
    return price if isinstance(price, Price) else None


def _covering(
    grades: Grades, structure: Structure, post: Post, fte: Decimal, filling: Price | None
) -> Derivation | None:
    """Price the vacant FTE as agency workers cover them, in the weeks that the post is paid for."""
    agency = grades.agency
    assert agency is not None
    source = Source(grades.path, ("agency",))
    if agency.premium is not None and filling is not None:
        own = Derivation("cost of the post itself", filling.headline, "£ a year")
        more = Derivation("1 and the premium", 1 + agency.premium.value, "factor", source=source)
        return to_penny("agency cover", [own, more])
    rate = known(agency.rate)
    week = structure.hours_per_week or grades.hours_per_week
    if rate is None or (agency.per != "day" and week is None):
        return None
    per_week = DAYS_A_WEEK if agency.per == "day" else week
    assert per_week is not None
    parts = [
        Derivation(f"agency rate a {agency.per or 'hour'}", rate, "£", source=source),
        Derivation(f"{agency.per or 'hour'}s in {_weeks_told(post)}", per_week * _weeks(post), "number"),
        Derivation("vacant FTE", fte, "FTE"),
    ]
    return to_penny("agency cover", parts)


def _weeks(post: Post) -> Decimal:
    """Return the weeks to be covered: those the post is paid for, all the year's where nothing is said."""
    weeks = None if isinstance(post.weeks, str) else known(post.weeks)
    return weeks if weeks is not None else WEEKS_IN_YEAR


def _weeks_told(post: Post) -> str:
    return f"{_weeks(post):f} weeks paid" if _weeks(post) != WEEKS_IN_YEAR else "a year, 365/7 weeks"
