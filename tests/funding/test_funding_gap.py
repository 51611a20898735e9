"""Needs draw on sources in order of call; what is lacking, by how certain the money is, and how sure the figure is."""

from decimal import Decimal
from pathlib import Path

import pytest
from files_of_funding import SEFTON, gap_of, pounds, years

from restructure_cli.analysis.gap import MEASURES, measure, unknown
from restructure_cli.model.gaps import Gap, Lasting, Scope
from restructure_cli.model.periods import FinancialYear

FIRST = FinancialYear(2024)


def gaps(found: Gap, scope: Scope = Scope.COUNTED) -> list[str]:
    return [pounds(year.gaps[scope].whole) for year in found.years]


def draws(found: Gap, year: int = 0) -> dict[str, str]:
    return {
        f"{need.need.id} < {draw.source}": pounds(draw.amount.whole)
        for need in found.years[year].needs
        for draw in need.draws
    }


def test_seftons_gap_rests_on_three_rounded_figures(tmp_path: Path) -> None:
    found = gap_of(tmp_path, SEFTON, "2024-25", 2)
    assert gaps(found) == ["650,000 [499,500, 800,500]"] * 2
    assert gaps(found, Scope.APPROVED) == ["6,150,000 [6,049,500, 6,250,500]"] * 2
    assert draws(found) == {
        "realignment < growth": "1,000,000 [950,000, 1,050,000]",
        "realignment < placements": "3,700,000 [3,600,000, 3,800,000]",
        "structure < placements": "1,800,000 [1,650,000, 1,950,000]",
    }


def test_the_first_call_is_met_first_whatever_stands_first_in_the_file(tmp_path: Path) -> None:
    (year,) = gap_of(tmp_path, SEFTON, "2024-25").years
    assert [need.need.id for need in year.needs] == ["realignment", "structure"]
    assert [pounds(need.gap.whole) for need in year.needs] == ["0", "650,000 [499,500, 800,500]"]
    assert [source.source.id for source in year.sources] == ["growth", "placements"]


NEEDS = """
needs:
  a: {title: A, amount: £10, from: 2024-25, recurrent: true}
  b: {title: B, amount: £10, from: 2024-25, recurrent: true}
"""


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ("s: {title: S, amount: £15, status: approved}", {"a < s": "10", "b < s": "5"}),
        ("s: {title: S, amount: £15, status: approved, for: [b]}", {"b < s": "10"}),
        ("s: {title: S, amount: £15, status: approved, for: []}", {}),
        ("s: {title: S, amount: £15, status: approved, cashable: false}", {}),
        ("s: {title: S, amount: £15, status: approved, cashable: false, for: [b]}", {"b < s": "10"}),
        ("s: {title: S, amount: £15, status: bid}", {}),
        ("s: {title: S, amount: £15}", {}),  # no status: unknown, and not counted
        ("s: {title: S, amount: rest, status: identified, for: [b]}", {"b < s": "10"}),
        (
            "s: {title: S, amount: rest, status: approved}\n  t: {title: T, amount: £4, status: approved}",
            {"a < t": "4", "a < s": "6", "b < s": "10"},  # the rest is what others leave
        ),
        (
            "s: {title: S, amount: rest, status: approved, until: 2024-09}",
            {"a < s": "5", "b < s": "5"},  # half a year of it
        ),
        (
            "s: {title: S, amount: £8, status: approved}\n  t: {title: T, amount: £7, status: approved, of_which: s}",
            {"a < s": "8"},  # a detail is in what it details
        ),
    ],
)
def test_a_source_pays_what_it_may_and_no_pound_twice(tmp_path: Path, sources: str, told: dict[str, str]) -> None:
    recurring = sources.replace("status", "recurrent: true, status").replace("£15}", "£15, recurrent: true}")
    assert draws(gap_of(tmp_path, f"{NEEDS}sources:\n  {recurring}\n", "2024-25")) == told


def test_bids_and_unknown_money_count_in_the_widest_gap_only(tmp_path: Path) -> None:
    file = f"""{NEEDS}sources:
  grant: {{title: Grant, amount: £4, recurrent: true, status: approved}}
  saving: {{title: Saving, amount: £3, recurrent: true, status: forecast}}
  bid: {{title: Bid, amount: £2, recurrent: true, status: bid}}
  talk: {{title: Talk, amount: £1, recurrent: true}}
"""
    found = gap_of(tmp_path, file, "2024-25")
    assert [gaps(found, scope) for scope in (Scope.APPROVED, Scope.COUNTED, Scope.ALL)] == [["16"], ["13"], ["10"]]
    assert {status.value: pounds(figure.whole) for status, figure in found.years[0].by_status.items()} == {
        "approved": "4", "identified": "0", "forecast": "3", "bid": "2", "unknown": "1",
    }  # fmt: skip


def test_recurrent_and_one_off_add_up_to_the_gap(tmp_path: Path) -> None:
    file = """
needs:
  posts: {title: Posts, amount: £100, from: 2024-25, recurrent: true}
  moves: {title: Moves, amount: £10, from: 2024-25, recurrent: false}
sources:
  budget: {title: Budget, amount: £30, from: 2024-25, recurrent: true, status: approved}
  reserve: {title: Reserve, amount: £60, from: 2024-25, until: 2024-25, status: approved}
"""
    (year,) = gap_of(tmp_path, file, "2024-25").years
    parts = {each: pounds(part.difference.whole) for each, part in year.lasting.items()}
    assert parts == {Lasting.RECURRENT: "70", Lasting.ONE_OFF: "-50", Lasting.NOT_SAID: "0"}
    assert pounds(year.gap.whole) == "20"


def test_a_gap_that_does_not_hang_on_what_is_unknown_is_known(tmp_path: Path) -> None:
    file = f"""{NEEDS}sources:
  grant: {{title: Grant, amount: £30, recurrent: true, status: approved}}
  bounds: {{title: Bounds, amount: £1-£2, recurrent: true, status: approved}}
  unknown: {{title: Unknown, recurrent: true, status: approved}}
"""
    found = gap_of(tmp_path, file, "2024-25")
    assert gaps(found) == ["0"]
    assert unknown(found, FIRST) == ("unknown",)


def test_bounds_stay_bounds(tmp_path: Path) -> None:
    file = f"{NEEDS}sources:\n  edge: {{title: Edge, amount: £5-£12, recurrent: true, status: forecast}}\n"
    found = gap_of(tmp_path, file, "2024-25")
    assert gaps(found) == ["? [8, 15]"]
    assert found.complete  # it is published, as a range


def test_an_unknown_need_of_first_call_may_take_everything(tmp_path: Path) -> None:
    file = """
needs:
  first: {title: First, from: 2024-25, recurrent: true, call: 1}
  second: {title: Second, amount: £10, from: 2024-25, recurrent: true, call: 2}
sources:
  grant: {title: Grant, amount: £8, from: 2024-25, recurrent: true, status: approved}
"""
    (year,) = gap_of(tmp_path, file, "2024-25").years
    first, second = year.needs
    assert pounds(second.gap.whole) == "? [2, 10]"
    assert pounds(second.gap.known) == "2"
    assert pounds(first.gap.whole) == "? [0, ∞]"


class TestMeasures:
    """What a claim can take."""

    @pytest.mark.parametrize(
        ("name", "needs", "sources", "told"),
        [
            ("need", None, None, "7,150,000 [7,099,500, 7,200,500]"),
            ("need", ["realignment"], None, "4,700,000 [4,650,000, 4,750,000]"),
            ("funding", None, None, "6,500,000 [6,400,000, 6,600,000]"),
            ("funding", ["structure"], None, "1,800,000 [1,650,000, 1,950,000]"),
            ("funding", None, ["growth"], "1,000,000 [950,000, 1,050,000]"),
            ("funding", ["realignment"], ["placements"], "3,700,000 [3,600,000, 3,800,000]"),
            ("funding", ["structure"], ["growth"], "0"),
            ("gap", None, None, "650,000 [499,500, 800,500]"),
            ("gap", ["realignment"], None, "0"),
            ("gap.approved", ["structure"], None, "2,450,000 [2,449,500, 2,450,500]"),
            ("gap.all", None, None, "650,000 [499,500, 800,500]"),
            ("available", None, ["placements"], "5,500,000 [5,450,000, 5,550,000]"),
            ("available", None, None, "6,500,000 [6,400,000, 6,600,000]"),
        ],
    )
    def test_each_measure(
        self, name: str, needs: list[str] | None, sources: list[str] | None, told: str, tmp_path: Path
    ) -> None:
        assert pounds(measure(gap_of(tmp_path, SEFTON, "2024-25"), name, FIRST, needs, sources)) == told

    @pytest.mark.parametrize(
        ("name", "year", "needs", "sources"),
        [
            ("needs", "2024-25", None, None),
            ("need", "2025-26", None, None),
            ("gap", "2024-25", ["structre"], None),
            ("funding", "2024-25", None, ["grant"]),
        ],
    )
    def test_what_is_not_there_is_refused(
        self, name: str, year: str, needs: list[str] | None, sources: list[str] | None, tmp_path: Path
    ) -> None:
        found = gap_of(tmp_path, SEFTON, "2024-25")
        with pytest.raises(KeyError):
            measure(found, name, years(year)[0], needs, sources)

    def test_the_known_part_leaves_out_what_nobody_published(self, tmp_path: Path) -> None:
        more = SEFTON.replace("needs:\n", "needs:\n  pressure: {title: Pressure, from: 2024-25, until: 2024-25}\n")
        found = gap_of(tmp_path, more, "2024-25")
        assert pounds(measure(found, "gap", FIRST)) == "? [499,500, ∞]"
        assert pounds(measure(found, "gap", FIRST, known=True)) == "650,000 [499,500, 800,500]"
        assert pounds(measure(found, "need", FIRST)) == "? [7,099,500, ∞]"
        assert pounds(measure(found, "need", FIRST, known=True)) == "7,150,000 [7,099,500, 7,200,500]"
        assert unknown(found, FIRST) == ("pressure",)

    def test_details_have_an_amount_and_no_gap(self, tmp_path: Path) -> None:
        more = SEFTON.replace(
            "sources:\n", "  uasc: {title: UASC, amount: £1m, from: 2024-25, of_which: realignment}\nsources:\n"
        )
        found = gap_of(tmp_path, more, "2024-25")
        assert measure(found, "need", FIRST, ["uasc"]).value == Decimal(1_000_000)
        assert pounds(measure(found, "need", FIRST)) == "7,150,000 [7,099,500, 7,200,500]"
        with pytest.raises(KeyError):
            measure(found, "gap", FIRST, ["uasc"])

    def test_every_measure_has_its_case(self) -> None:
        told = {"need", "funding", "gap", "gap.approved", "gap.all", "available"}
        assert set(MEASURES) == told
