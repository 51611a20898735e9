"""The lines of a sheet of costs, each with the price from which its formulas are made."""

from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.other_costs import covered
from restructure_cli.analysis.post_costs import PostCosts
from restructure_cli.analysis.pricing import SALARY, Pricing
from restructure_cli.analysis.terms import Terms
from restructure_cli.model.costs import CostRow, Price, StructureCost, YearCost
from restructure_cli.model.derivations import Step
from restructure_cli.model.results import RowKind
from restructure_cli.render.workbook.other_costs import OtherCostSheet
from restructure_cli.render.workbook.pay import Pay
from restructure_cli.render.workbook.posts import PostSheet


class PricedLine(NamedTuple):
    """A line, and in `shape` the price from which its formulas are made: its own, or that of one FTE of it.

    A post of no FTE, or of unknown FTE, has no price to take formulas from, and still needs them: somebody may put the
    FTE in.
    """

    row: CostRow
    shape: Price | None
    own: bool = True
    """Whether it is the line's own price, and not in part that of what it takes over from."""

    @property
    def paid(self) -> bool:
        """Whether the price is computed pay of the post."""
        return self.own and self.row.kind is RowKind.POST and is_computed_pay(self.shape)


class Given(NamedTuple):
    """What the sheets of one structure's costs are made from."""

    priced: StructureCost
    posts: PostSheet
    others: OtherCostSheet | None
    pay: Pay
    side: str
    """Current, proposed, or empty where there is one structure only."""
    by_start: bool
    """Whether the proposal begins on a day of its own, so that lines may have a price for each part of a year."""


class PricedLines:
    """The lines of one structure, each with the price from which its formulas are made."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.covering = covered(given.posts.structure)
        self._years: dict[str, PostCosts] = {}

    def of(self, row: CostRow, year: YearCost) -> PricedLine:
        """Return a line with the price from which its formulas are made."""
        post = self.given.posts.structure.posts.get(row.id) if row.kind is RowKind.POST else None
        if post is None:
            return PricedLine(row, row.price, own=row.kind is not RowKind.POST)
        if self.given.by_start:
            own = self._posts(year).row(post, row.fte, self.covering.get(post.id)).price
            return PricedLine(row, row.price, own=own is not None and own.same_as(row.price))
        if row.fte or post.joins is not None or (row.price is not None and row.price.headline):
            return PricedLine(row, row.price)
        shape = self._posts(year).row(post, Decimal(1), self.covering.get(post.id)).price
        return PricedLine(row, shape if is_computed_pay(shape) or row.price is None else row.price)

    def _posts(self, year: YearCost) -> PostCosts:
        """Return what prices the posts of the structure in a year, each for the time between its own dates."""
        if year.year not in self._years:
            pay = self.given.pay
            own = pay.of[year.year]
            terms = Terms((own.year,), filled=self.given.priced.filled)
            self._years[year.year] = PostCosts(self.given.posts.structure, pay.grades, Pricing(pay.grades, own), terms)
        return self._years[year.year]


def is_computed_pay(price: Price | None) -> bool:
    """Whether a price is pay worked out from a grade, and neither published nor joined from two parts of a year."""
    if price is None or SALARY not in price.components:
        return False
    salary = price.components[SALARY][price.point]
    return bool(salary.parts) and salary.step is Step.PRODUCT_TO_THE_PENNY and salary.parts[0].name == "pay"
