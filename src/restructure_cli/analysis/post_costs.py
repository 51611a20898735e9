"""Pricing posts: by the cost line that covers a post, its own published cost, or the pattern of what it is paid."""

from collections.abc import Mapping
from decimal import Decimal

from restructure_cli.analysis.diff import grade_words
from restructure_cli.analysis.increments import Increments
from restructure_cli.analysis.parts_of_years import ALWAYS, WHOLE
from restructure_cli.analysis.pricing import (
    NOT_THERE,
    PUBLISHED,
    YEAR,
    Pattern,
    Pricing,
    one_figure,
    part_of_year,
    to_penny,
)
from restructure_cli.analysis.standing import standings_in
from restructure_cli.analysis.terms import Terms
from restructure_cli.model.costs import CostRow, Price
from restructure_cli.model.derivations import Derivation, Source
from restructure_cli.model.grades import Grades
from restructure_cli.model.periods import FinancialYear
from restructure_cli.model.quantities import ZERO, Basis, known, to_the_penny
from restructure_cli.model.results import RowKind
from restructure_cli.model.structures import TERM_TIME, OtherCost, Post, Structure

_NO_FUNDING: Mapping[str, Decimal] = {}


class PostCosts:
    """Prices the posts of a structure in one year."""

    def __init__(self, structure: Structure, grades: Grades, pricing: Pricing, terms: Terms) -> None:
        self.grades, self.pricing, self.terms = grades, pricing, terms
        self.year: FinancialYear = pricing.rates.year
        self.increments = Increments(grades, pricing.rates)
        self.standings = standings_in(structure)
        self._words: dict[tuple[str, ...], str] = {}

    def row(self, post: Post, fte: Decimal | None, covering: OtherCost | None) -> CostRow:
        """Price a post: by the cost line that covers it, its own published cost, or its grade."""
        dates = self.standings.of(post).dates.between(self.terms.start, self.terms.until)
        part = WHOLE if dates is ALWAYS else dates.share(self.year)
        price = full = self._price(post, fte, WHOLE) if covering is None else ""
        there_at_the_end = True
        if part is not WHOLE and covering is None:
            price = self._price(post, fte, part) if part else NOT_THERE  # whatever it would cost
            there_at_the_end = dates.reach_the_end(self.year)
        return CostRow(
            id=post.id,
            title=post.title,
            kind=RowKind.POST,
            team=post.team,
            grade=self._grade_words(post.grade),
            fte=fte,
            price=price if isinstance(price, Price) else None,
            why_not=price if isinstance(price, str) else "",
            priced_by=covering.id if covering is not None else "",
            funding=_known_funding(post) if post.funding else _NO_FUNDING,
            at=post.at,
            full_year=full if isinstance(full, Price) and there_at_the_end and part else None,
        )

    def _grade_words(self, grade: tuple[str, ...]) -> str:
        if grade not in self._words:
            self._words[grade] = grade_words(grade)
        return self._words[grade]

    def _price(self, post: Post, fte: Decimal | None, part: Decimal) -> Price | str:
        if post.cost is not None and post.cost.value is not None and not self.terms.filled:
            return _published_cost(post, post.cost.value, part)
        if fte is None:
            return _why_no_fte(post)
        positions = known(post.people if self.terms.filled else post.positions)
        weeks = post.weeks if isinstance(post.weeks, str) else known(post.weeks)
        if post.weeks is not None and weeks is None:
            weeks = TERM_TIME  # paid for weeks that nobody published
        supplement = post.supplement.value if post.supplement is not None else ZERO
        people = int(positions) if positions else None
        basis = _basis(post, self.terms.filled)
        scp = self.increments.point(post)
        if scp is None and known(post.scp) is not None:
            return f"no number in {self.year} for point {known(post.scp)}"
        return self.pricing.price(Pattern(post.grade, scp, fte, people, weeks, supplement, part, basis, post.salary))


def _known_funding(post: Post) -> Mapping[str, Decimal]:
    return {fund: figure.value for fund, figure in post.funding.items() if figure.value is not None}


def _published_cost(post: Post, pounds: Decimal, part: Decimal) -> Price:
    """Carry a published cost as it was published: nothing is uprated silently."""
    assert post.cost is not None
    source = Source(post.path, ("posts", post.id, "cost"), post.cost.at or post.at)
    basis = post.cost.basis or post.basis or Basis.PUBLISHED
    name = f"published cost of {post.title}"
    leaf = Derivation(name, to_the_penny(pounds), YEAR, source=source, basis=basis, because=post.cost.because)
    if part != WHOLE:
        leaf = to_penny(PUBLISHED, [leaf, part_of_year(part)])
    return one_figure(PUBLISHED, leaf)


def _why_no_fte(post: Post) -> str:
    """Say what is missing where hours are stated and make no FTE."""
    if post.fte is not None or post.hours is None:
        return "FTE not known"
    missing = "the positions" if known(post.positions) is None else "the full-time week"
    return f"FTE not known: hours are stated, {missing} not"


def _basis(post: Post, filled: bool) -> Basis:
    """Return how the figures of a post that its price is worked out from are known: the weakest of them."""
    own = (post.filled, post.people) if filled else (post.fte, post.positions)
    derived = known(own[0]) is None  # from what is vacant, from hours, or from a published change
    found = post.basis or Basis.PUBLISHED
    if derived and found is Basis.PUBLISHED:
        found = Basis.DERIVED
    for figure in (*own, post.fte_change, post.supplement, post.scp, post.weeks):
        if figure is None or isinstance(figure, str) or figure.basis is None or found is Basis.ASSUMED:
            continue
        if figure.basis is not Basis.PUBLISHED:
            found = figure.basis
    return found
