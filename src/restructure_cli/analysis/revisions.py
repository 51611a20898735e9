"""What changed in a structure between a revision and now.

Each version is first worked out as its own `diff` and `cost` do: a proposal against the current structure that stood
beside it at the time, a current structure by itself. Only then are the two versions compared, post by post. So each
side has the totals that were told of it at its time, and a figure that a proposal derives from the current
structure, or a pool that it forms with it, is never derived from an older proposal.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from restructure_cli.analysis import changes, tree
from restructure_cli.analysis.diff import added, diff, head, ordered
from restructure_cli.analysis.diff_costs import Priced
from restructure_cli.analysis.matching import Pair
from restructure_cli.analysis.standing import standings_in
from restructure_cli.model.quantities import EMPTY, NOTHING, ZERO, TwoSided, between
from restructure_cli.model.results import Change, Diff, DiffRow, DiffTotals, Missing, RowKind
from restructure_cli.model.structures import Post, Structure

_MEASURES = ("fte", "filled", "shown", "vacant", "cost")
_TOLD_BY = {
    "title": (Change.RETITLED,), "team": (Change.MOVED,), "grade": (Change.REGRADED,),
    "fte": (Change.MORE_FTE, Change.LESS_FTE), "fte_change": (Change.MORE_FTE, Change.LESS_FTE),
    "hours": (Change.HOURS,), "tenure": (Change.TENURE, Change.MADE_PERMANENT, Change.MADE_TEMPORARY),
    "funding": (Change.FUNDING,), "reports_to": (Change.REPORTS_TO,), "starts": (Change.DATES,),
    "ends": (Change.DATES,), "lasts": (Change.DATES,), "subject_to": (Change.CONDITION,),
}  # fmt: skip
_KEYS = {"moves_in": "from"}
"""Names that a key has in the file, where ours is another."""
_NEVER = ("id", "path")


class Version(NamedTuple):
    """A structure at one time, with the current one beside it that it was a proposal against, and their prices."""

    structure: Structure
    current: Structure | None = None
    priced: Priced | None = None


class _Side(NamedTuple):
    """A version worked out: its rows by what they are, those outside the totals apart."""

    result: Diff
    name: str
    """The side of the result that is the version: current or proposed."""
    counted: Mapping[tuple[RowKind, str], DiffRow]
    outside: Mapping[tuple[RowKind, str], DiffRow]


def compared(before: Version, after: Version) -> Diff:
    """Compare two versions of a structure; `current` in the result is the earlier, `proposed` the later."""
    was, becomes = _worked_out(before), _worked_out(after)
    seen = changes.Compared(
        before.structure, after.structure, standings_in(before.structure), standings_in(after.structure)
    )
    where = tree.joint_paths(before.structure, after.structure)
    counted = {**was.counted, **becomes.counted}
    rows = [_row(key, was, becomes, seen) for key in counted]
    outside = [_row(key, was, becomes, seen) for key in {**was.outside, **becomes.outside} if key not in counted]
    missing = _missing(was, becomes)
    rows = _without_shifts(rows, {gap.measure for gap in missing})
    rows += _rest(rows, was, becomes, missing)
    missing += _unknown_changes(rows, missing)
    return Diff(
        organisation=after.structure.organisation,
        service=after.structure.service or "",
        current=head(before.structure),
        proposed=head(after.structure),
        rows=ordered(rows, where),
        outside=ordered(outside, where),
        totals=_totals(rows, was, becomes, missing),
        pools=(),
        missing=tuple(missing),
        team_paths=where,
        titles={**{f"current:{post.id}": post.title for post in before.structure.posts.values()},
                **{f"proposed:{post.id}": post.title for post in after.structure.posts.values()}},
        year=becomes.result.year if was.result.year else "",
        teams=changes.team_changes(before.structure, after.structure),
    )  # fmt: skip


def nothing(like: Structure, path: str, title: str) -> Structure:
    """Return the structure that a file which is not there stands for: one without posts that counts the same."""
    return Structure(path, like.organisation, title, service=like.service, counts=like.counts)


def other_keys(before: Structure, after: Structure, result: Diff) -> dict[str, tuple[str, ...]]:
    """Name the keys of each post that differ and that no word for a change of it tells."""
    told = {row.id: row.changes for row in (*result.rows, *result.outside) if row.kind is RowKind.POST}
    found = {}
    for id_, post in after.posts.items():
        earlier = before.posts.get(id_)
        if earlier is not None:
            keys = tuple(_differing(earlier, post, told.get(id_, ())))
            if keys:
                found[id_] = keys
    return found


def unchanged(before: Version, after: Version, result: Diff) -> bool:
    """Whether two versions say the same, wherever their files stand, and every total is the same."""
    totals = result.totals
    figures = (totals.fte, totals.filled, totals.shown, totals.vacant, totals.cost or NOTHING)
    stays = all(figure.current == figure.proposed for figure in figures)
    return stays and _anywhere(before.structure) == _anywhere(after.structure)


def _anywhere(structure: Structure) -> Structure:
    return structure._replace(
        path="",
        files=(),
        teams={id_: team._replace(path="") for id_, team in structure.teams.items()},
        posts={id_: post._replace(path="") for id_, post in structure.posts.items()},
        costs={id_: cost._replace(path="") for id_, cost in structure.costs.items()},
    )


def _differing(before: Post, after: Post, told: tuple[Change, ...]) -> Iterator[str]:
    for key in Post._fields:
        if key in _NEVER or getattr(before, key) == getattr(after, key):
            continue
        if not any(change in told for change in _TOLD_BY.get(key, ())):
            yield _KEYS.get(key, key)


def _worked_out(version: Version) -> _Side:
    """Work a version out; of a proposal the proposed side counts, of any other both are the same."""
    structure = version.structure
    result = diff(version.current or structure, structure, version.priced)
    name = "proposed" if version.current is not None else "current"

    def by_key(rows: tuple[DiffRow, ...]) -> dict[tuple[RowKind, str], DiffRow]:
        return {(row.kind, row.id): row for row in rows if row.kind is not RowKind.POST or getattr(row, name)}

    return _Side(result, name, by_key(result.rows), by_key(result.outside))


def _row(key: tuple[RowKind, str], was: _Side, becomes: _Side, seen: changes.Compared) -> DiffRow:
    """Set a line of both versions side by side; one that is not in a version is nil there."""
    earlier = was.counted.get(key) or was.outside.get(key)
    later = becomes.counted.get(key) or becomes.outside.get(key)
    row = later or earlier
    assert row is not None
    figures = {
        measure: between(_figure(earlier, was.name, measure), _figure(later, becomes.name, measure))
        for measure in _MEASURES
    }
    priced = was.result.totals.cost is not None and becomes.result.totals.cost is not None
    pair = Pair(seen.current.posts.get(key[1]), seen.proposed.posts.get(key[1]))
    of_post = row.kind is RowKind.POST
    return row._replace(
        current_team=earlier.team if earlier else row.team,
        current_grade=earlier.grade if earlier else row.grade,
        current_title=earlier.title if earlier else "",
        current=row.id if earlier else None,
        proposed=row.id if later else None,
        differences=changes.differences(pair, figures["fte"], figures["shown"], seen) if of_post else (),
        fte=figures["fte"], filled=figures["filled"], shown=figures["shown"], vacant=figures["vacant"],
        cost=figures["cost"] if priced else None,
        joins="", joining=None,
        covered=tuple(side for side, one, name in (("current", earlier, was.name), ("proposed", later, becomes.name))
                      if one is not None and name in one.covered),
    )  # fmt: skip


def _figure(row: DiffRow | None, side: str, measure: str) -> Decimal | None:
    if row is None:
        return ZERO
    figures: TwoSided | None = getattr(row, measure)
    figure: Decimal | None = getattr(figures or NOTHING, side)
    return figure


def _missing(was: _Side, becomes: _Side) -> list[Missing]:
    """List what each version has no figure for."""
    sides = (("current", was), ("proposed", becomes))
    return [
        gap._replace(side=side) for side, version in sides for gap in version.result.missing if gap.side == version.name
    ]


def _without_shifts(rows: list[DiffRow], incomplete: Iterable[str]) -> list[DiffRow]:
    """Leave open how a rest changed, of a measure not known in full, where a figure became known or was withdrawn.

    Such a figure moves out of the rest of a published total, or into it, and nothing need have changed.
    """
    for measure in incomplete:
        figures = [getattr(row, measure) or NOTHING for row in rows if row.kind is RowKind.POST]
        if any((figure.current is None) != (figure.proposed is None) for figure in figures):
            rows = [_without_change(row, measure) if row.kind is RowKind.NOT_ITEMISED else row for row in rows]
    return rows


def _without_change(row: DiffRow, measure: str) -> DiffRow:
    figure: TwoSided = getattr(row, measure) or NOTHING
    without: dict[str, Any] = {measure: TwoSided(figure.current, figure.proposed, None)}
    return row._replace(**without)


def _rest(rows: list[DiffRow], was: _Side, becomes: _Side, missing: list[Missing]) -> list[DiffRow]:
    """Return a line for what the changes of the lines leave out where both totals are known in full.

    A published total is complete, whatever of it is itemised. Where more of it is itemised in one version than in
    the other, the lines that only one itemises have no change, and this line has what they make together.
    """
    incomplete = {gap.measure for gap in missing}
    rest: dict[str, Any] = {}
    for measure in _MEASURES:
        whole = _whole(measure, was, becomes)
        made = added(getattr(row, measure) or NOTHING for row in rows)
        left = (whole.change or ZERO) - (made.change or ZERO)
        if measure not in incomplete and whole.change is not None and left:
            rest[measure] = TwoSided(ZERO, ZERO, left)
    row = DiffRow("", "itemised in one of the two only", RowKind.NOT_ITEMISED, None, "")
    return [row._replace(**rest)] if rest else []


def _whole(measure: str, was: _Side, becomes: _Side) -> TwoSided:
    """Return the totals of both versions, as each was told at its time."""
    totals = (getattr(was.result.totals, measure), getattr(becomes.result.totals, measure))
    if None in totals:
        return NOTHING
    return between(getattr(totals[0], was.name), getattr(totals[1], becomes.name))


def _unknown_changes(rows: list[DiffRow], missing: list[Missing]) -> list[Missing]:
    """List the lines whose change is in no total, of the measures that are not known in full."""
    found = []
    for measure in dict.fromkeys(gap.measure for gap in missing):
        without = sorted(row.id for row in rows if (getattr(row, measure) or NOTHING).change is None)
        if without:
            found.append(Missing(measure, "change", tuple(without)))
    return found


def _totals(rows: list[DiffRow], was: _Side, becomes: _Side, missing: list[Missing]) -> DiffTotals:
    """Return both totals; of a measure that is not known in full, the change is that of the lines known on both."""
    incomplete = {gap.measure for gap in missing}

    def told(measure: str) -> TwoSided:
        whole = _whole(measure, was, becomes)
        if measure not in incomplete:
            return whole
        figures = [getattr(row, measure) or NOTHING for row in rows]
        known = any(figure.change is not None for figure in figures)
        return TwoSided(whole.current, whole.proposed, added(figures).change if known else None)

    priced = was.result.totals.cost is not None and becomes.result.totals.cost is not None
    proposal = becomes.name == "proposed"
    return DiffTotals(
        fte=told("fte"), filled=told("filled"), shown=told("shown"), vacant=told("vacant"),
        displaced=becomes.result.totals.displaced if proposal else EMPTY,
        cost=told("cost") if priced else None,
    )  # fmt: skip
