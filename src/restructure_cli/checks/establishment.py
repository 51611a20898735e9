"""EST: FTE and occupancy that cannot be, and parts that do not make their published total."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from restructure_cli.analysis import sides, tree
from restructure_cli.analysis.cost import cost, structure_cost
from restructure_cli.analysis.parts_of_years import ALWAYS
from restructure_cli.analysis.standing import Standing, Standings
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import ZERO, Quantity, Sum, known
from restructure_cli.model.results import Published
from restructure_cli.model.structures import Control, Post, Structure, Team

_ERROR = Severity.ERROR
_HALF, _HALF_A_HUNDREDTH = Decimal("0.5"), Decimal("0.005")


def number(figure: Decimal) -> str:
    """Write a figure as it is, without trailing noughts or exponent."""
    return f"{figure.normalize():f}"


def _more(rule: Rule, post: Post, structure: Structure, larger: str, smaller: str, hint: str) -> Iterator[Finding]:
    over, under = (
        sides.established(post, structure) if key == "fte" else known(getattr(post, key)) for key in (larger, smaller)
    )
    if over is not None and under is not None and over > under:
        message = f"{post.id}: {larger} {number(over)} is more than {smaller} {number(under)}"
        yield Finding(rule, message, place(post, larger), hint)


def _filled(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if post.filled is None or post.filled is post.fte:
            continue
        yield from _more(
            rule,
            post,
            subject.structure,
            "filled",
            "fte",
            "agency cover goes under agency, people elsewhere under away",
        )


def _headcounts(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if post.positions is None and post.people is None and post.on_hold is None:
            continue
        yield from _more(rule, post, subject.structure, "fte", "positions", "one position is 1 FTE at most")
        yield from _more(rule, post, subject.structure, "filled", "people", "one person is 1 FTE at most")
        yield from _more(rule, post, subject.structure, "on_hold", "fte", "no more can be held than is established")


def _vacant(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if post.vacant is None:
            continue
        stated, filled = known(post.vacant), known(post.filled)
        fte = sides.established(post, subject.structure)
        if stated is not None and fte is not None and filled is not None and fte - filled != stated:
            made = f"fte {number(fte)} less filled {number(filled)} is {number(fte - filled)}"
            message = f"{post.id}: vacant {number(stated)}, but {made}"
            yield Finding(rule, message, place(post, "vacant"), "state two of the three, or mend one")
        elif stated is not None and fte is not None and stated > fte:
            message = f"{post.id}: vacant {number(stated)} is more than fte {number(fte)}"
            yield Finding(rule, message, place(post, "vacant"), "a vacancy is a part of the establishment")


def _hours(rule: Rule, subject: Subject) -> Iterator[Finding]:
    week = subject.structure.hours_per_week
    for post in subject.structure.posts.values():
        if post.hours is None:
            continue
        hours, fte, positions = known(post.hours), known(post.fte), known(post.positions)
        if not hours or fte is None or not week or post.fte is None or (not positions and fte > 1):
            continue  # several positions, how many nobody says
        worked = hours * (positions or Decimal(1)) / week
        if abs(worked - fte) > _as_printed(post.fte):
            told = number(worked.quantize(Decimal("0.001")))
            message = f"{post.id}: {number(hours)} hours of {number(week)} are {told} FTE, not {number(fte)}"
            yield Finding(rule, message, place(post, "hours"), "hours are weekly, of one position")


def _as_printed(fte: Quantity) -> Decimal:
    """Return how far from the printed FTE one that prints so may be; a whole number is meant to the hundredth."""
    return fte.half_digit if fte.half_digit < _HALF else _HALF_A_HUNDREDTH


def _hours_for_fte(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find FTE that are the full-time week: one post's hours in the wrong key, more likely than so large a team."""
    week = subject.structure.hours_per_week
    if week is None and subject.grades is not None:
        week = subject.grades.hours_per_week
    for post in subject.structure.posts.values():
        if week is None or post.fte is None or post.fte.value != week:
            continue
        if all(figure is None for figure in (post.positions, post.people, post.hours)):
            message = f"{post.id}: fte {number(week)} is the hours of the full-time week"
            hint = "one full-time post is `fte: 1`; if it is a large team, say how many `positions` it has"
            yield Finding(rule, message, place(post, "fte"), hint)


def _funding(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if not post.funding:
            continue
        funded = sum((known(fte) or ZERO for fte in post.funding.values()), ZERO)
        fte = sides.established(post, subject.structure)
        if fte is not None and funded > fte:
            message = f"{post.id}: funds pay for {number(funded)} FTE, and the post has {number(fte)}"
            yield Finding(
                rule, message, place(post, "funding"), "funding is FTE by fund, and no more than the post has"
            )


def _away(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for post in subject.structure.posts.values():
        if not post.away:
            continue
        away = sum((known(fte) or ZERO for fte in post.away.values()), ZERO)
        filled = known(post.filled)
        if filled is not None and away > filled:
            message = f"{post.id}: {number(away)} FTE are away, and only {number(filled)} filled"
            yield Finding(rule, message, place(post, "away"), "filled includes those who are away")


def _details(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find details that come to more than what they detail."""
    structure = subject.structure
    details: dict[str, list[Post]] = {}
    for post in structure.posts.values():
        if post.of_which is not None and sides.established(post, structure) is not None:
            details.setdefault(post.of_which, []).append(post)
    for whole, posts in details.items():
        limit = _whole_fte(structure, whole)
        told = sum((sides.established(post, structure) or ZERO for post in posts), ZERO)
        if limit is not None and told > limit:
            message = f"{whole} is {number(limit)} FTE, of which its details make {number(told)}"
            also = tuple(place(post, "of_which") for post in posts[1:])
            yield Finding(
                rule, message, place(posts[0], "of_which"), "a detail is no larger than what it details", also
            )
    yield from _cost_details(rule, structure)


def _whole_fte(structure: Structure, whole: str) -> Decimal | None:
    if whole in structure.posts:
        return sides.established(structure.posts[whole], structure)
    team = structure.teams.get(whole)
    return known(team.control.fte) if team is not None and team.control is not None else None


def _cost_details(rule: Rule, structure: Structure) -> Iterator[Finding]:
    for line in structure.costs.values():
        whole = structure.costs.get(line.of_which or "")
        part, limit = known(line.amount), known(whole.amount) if whole is not None else None
        if part is not None and limit is not None and part > limit:
            message = f"{line.id} is £{part:,f}, of which {line.of_which} has only £{limit:,f}"
            yield Finding(rule, message, place(line, "of_which"), "a detail is no larger than what it details")


def _dates(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find posts and teams that end before they start, by their own dates or by those of the teams above them."""
    standings = Standings(subject.structure)
    for team in subject.structure.teams.values():
        yield from _backwards(rule, team, standings.of_team(team.id))
    for post in subject.structure.posts.values():
        yield from _backwards(rule, post, standings.of(post))


def _backwards(rule: Rule, entry: Post | Team, standing: Standing) -> Iterator[Finding]:
    """Find an entry whose own date does not go with the other, its own or one from above."""
    if standing.dates is ALWAYS:
        return
    (starts, ends), first, last = standing.dates, standing.starts_by, standing.ends_by
    if starts is None or ends is None or first is None or last is None or ends.last_day() >= starts.first_day():
        return
    if entry is not first and entry is not last:
        return
    end = f"ends {ends}" if last is entry else f"ends {ends}, as {last.id} says"
    start = f"it starts {starts}" if first is entry else f"it starts {starts}, as {first.id} says"
    here = place(entry, "ends" if last is entry else "starts")
    also = tuple(place(one, key) for one, key in ((first, "starts"), (last, "ends")) if one is not entry)
    yield Finding(rule, f"{entry.id}: {end}, before {start}", here, "mend one of the two dates", also)


def _ended(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find posts, and teams of posts, that ended before the date of the structure whose totals they are in."""
    structure = subject.structure
    date = structure.as_at or (subject.current.as_at if subject.current is not None else None)
    if date is None:
        return
    there: dict[str, Decimal] = {}
    for post in structure.posts.values():
        fte = known(post.fte)
        if not post.in_totals or not fte:
            continue
        if post.team is not None:
            there[post.team] = there.get(post.team, ZERO) + fte
        if post.ends is not None and post.ends.last_day() < date.first_day():
            yield _past(rule, post, date, fte)
    for team in structure.teams.values():
        if team.ends is not None and team.ends.last_day() < date.first_day() and there.get(team.id):
            yield _past(rule, team, date, there[team.id])


def _past(rule: Rule, entry: Post | Team, date: Moment, fte: Decimal) -> Finding:
    message = f"{entry.id}: ended {entry.ends}, before {date}, and its {number(fte)} FTE are in the totals"
    return Finding(rule, message, place(entry, "ends"), "delete it here, or mend the date")


def _occupied(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find people stated in a proposal, whose occupancy follows from who moves.

    A whole structure with a day of its own is no proposal but a later snapshot, of what came to be.
    """
    snapshot = subject.structure.as_at is not None and len(subject.structure.files) == 1
    if subject.current is None or snapshot:
        return
    for post in subject.structure.posts.values():
        for key in ("filled", "people", "away"):
            if getattr(post, key):
                message = f"{post.id}: {key} in a proposal is not used: who is in post follows from who moves"
                yield Finding(rule, message, place(post, key), "state it in the current structure, and `from` here")


def _control_place(structure: Structure, node: str | None, key: str) -> Place:
    if node is None:
        return Place(structure.path, ("control", key))
    return place(structure.teams[node], "control", key)


def published_totals(subject: Subject) -> tuple[Published, ...]:
    """Set every published total of a structure beside the sum of its parts."""
    structure = subject.structure
    if all(tree.control_of(structure, node) is None for node in (None, *structure.teams)):
        return ()
    fte = _stated_fte(subject)
    found = [
        *_totals(structure, fte, lambda control: control.fte, "fte"),
        *_totals(structure, _stated_filled(subject), lambda control: control.filled, "filled"),
        *_totals(structure, _stated_positions(subject), lambda control: control.positions, "positions"),
    ]
    if subject.grades is not None and (
        _stated_somewhere(structure, lambda control: control.cost)
        or _stated_somewhere(structure, lambda control: control.cost_change)
    ):
        if subject.current is None:
            found += structure_cost(structure, subject.grades).years[0].published
        else:
            priced = cost((subject.current, structure), subject.grades)
            found += priced.structures[1].years[0].published
            found += priced.change.published_changes if priced.change is not None else ()
    return tuple(found)


def _stated_fte(subject: Subject) -> Mapping[str, Decimal | None]:
    if subject.current is None:
        return sides.established_ftes(subject.structure)
    return sides.proposed_ftes(subject.structure, subject.current, sides.figures(subject.current))


def _stated_filled(subject: Subject) -> Mapping[str, Decimal | None]:
    """Return who is in post; of a proposal, what it states, because the rest follows from who moves."""
    if subject.current is None:
        return {id_: figures.filled for id_, figures in sides.figures(subject.structure).items()}
    return {post.id: known(post.filled) for post in subject.structure.posts.values()}


def _stated_positions(subject: Subject) -> Mapping[str, Decimal | None]:
    posts = subject.structure.posts.values()
    joining = {post.id for post in posts if post.joins is not None and subject.current is None}
    return {post.id: ZERO if post.id in joining else known(post.positions) for post in posts}


def _totals(
    structure: Structure,
    figures: Mapping[str, Decimal | None],
    measure: Callable[[Control], Quantity | None],
    name: str,
) -> tuple[Published, ...]:
    if not _stated_somewhere(structure, measure):
        return ()
    direct: dict[str | None, Sum] = {}
    for post in structure.posts.values():
        if post.in_totals:
            direct[post.team] = direct.get(post.team, Sum()).plus(figures[post.id])
    return tree.published(structure, tree.roll_up(structure, direct, measure).parts, measure, name)


def _stated_somewhere(structure: Structure, measure: Callable[[Control], Quantity | None]) -> bool:
    """Whether a total of one measure is published of the structure or any team."""
    controls = (tree.control_of(structure, node) for node in (None, *structure.teams))
    return any(control is not None and measure(control) is not None for control in controls)


def _controls(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find parts that do not make their published total, unless the difference is known and explained."""
    structure = subject.structure
    of_node: dict[str | None, list[Published]] = {}
    for published in published_totals(subject):
        of_node.setdefault(published.node, []).append(published)
    for node, totals in of_node.items():
        control = tree.control_of(structure, node)
        assert control is not None
        explained = known(control.known.difference) if control.known is not None else None
        seen = False
        for published in totals:
            rest = (published.stated.value or ZERO) - published.parts.value
            if published.parts.complete and tree.agrees(published.stated, published.parts.value):
                continue
            if explained is not None and rest == explained:
                seen = True
            elif rest < -published.stated.half_digit or (control.itemised and published.parts.complete):
                yield _misses(rule, structure, published, rest)
        if explained is not None and not seen and _would_show(control, totals):
            told = number(explained) if any(not p.measure.startswith("cost") for p in totals) else f"£{explained:,f}"
            message = f"{node or 'the structure'}: the known difference of {told} is no longer there"
            hint = "delete it, or state the difference as it is"
            yield Finding(rule, message, _control_place(structure, node, "known"), hint)


def _would_show(control: Control, totals: list[Published]) -> bool:
    """Whether every total of a control was worked out: without grades, or a current side, some are not."""
    worked_out = {published.measure for published in totals}
    measures = ("fte", "filled", "positions", "cost", "cost_change")
    return worked_out.issuperset(measure for measure in measures if known(getattr(control, measure)) is not None)


def _misses(rule: Rule, structure: Structure, published: Published, rest: Decimal) -> Finding:
    in_money = published.measure.startswith("cost")
    told = [
        f"£{figure:,f}" if in_money else number(figure)
        for figure in (published.stated.value or ZERO, published.parts.value, abs(rest))
    ]
    word = "more" if rest < 0 else "less"
    where = published.node or "the structure"
    message = f"{where}: {published.measure} is published as {told[0]}, and its parts make {told[1]}, {told[2]} {word}"
    hint = f"mend a part, or state `known: {{difference: {number(rest)}, because: …}}`"
    return Finding(rule, message, _control_place(structure, published.node, published.measure), hint)


CHECKS = (
    Check(Rule(
        "EST201", "est.overfilled", _ERROR, "more people in post than the post has FTE",
        "Somebody is counted twice, or in the wrong post; the vacancies of others are then too few.",
        "fte: 2, filled: 3"), _filled),
    Check(Rule(
        "EST202", "est.headcount", _ERROR, "more FTE than positions or people can hold",
        "One position, and one person, is one FTE at most.", "positions: 2, fte: 2.5"), _headcounts),
    Check(Rule(
        "EST203", "est.vacant", _ERROR, "a stated vacancy that is not the one its figures make",
        "Two figures for one vacancy leave a reader to choose.", "fte: 5, filled: 3, vacant: 1"), _vacant),
    Check(Rule(
        "EST204", "est.hours", _ERROR, "hours that are not the FTE",
        "Hours over the full-time week are the FTE; if they differ one of the three is wrong.",
        "hours: 18.5 of 37, fte: 0.6"), _hours),
    Check(Rule(
        "EST205", "est.funding", _ERROR, "funds pay for more FTE than the post has",
        "Money would be drawn from a fund for nobody.", "fte: 1, funding: {core: 1, grant: 0.5}"), _funding),
    Check(Rule(
        "EST206", "est.away", _ERROR, "more people away than in post",
        "People are counted at home, so those away are among those in post.", "filled: 1, away: {lead: 2}"), _away),
    Check(Rule(
        "EST207", "est.details", _ERROR, "details larger than what they detail",
        "A detail is a part of a total already counted.", "of_which: team-manager with more FTE than it"), _details),
    Check(Rule(
        "EST209", "est.dates", _ERROR, "an end before the start",
        "A post that ends before it starts is there in no year, and costs nothing.",
        "starts: 2027-01, ends: 2026-12"), _dates),
    Check(Rule(
        "EST211", "est.hours-for-fte", Severity.WARNING, "FTE that are the hours of a full-time week",
        "One post with its weekly hours under fte counts as thirty-seven.", "fte: 37"), _hours_for_fte),
    Check(Rule(
        "EST212", "est.ended", Severity.WARNING, "an end that is past",
        "A post that is gone before the date of the structure is still in its totals.",
        "as_at: 2026-04-01, ends: 2026-01"), _ended),
    Check(Rule(
        "EST210", "est.proposed-people", Severity.WARNING, "people stated in a proposal",
        "Two accounts of who is in post differ once somebody moves.", "filled: 4 in proposed.yaml"), _occupied),
    Check(Rule(
        "EST208", "est.control", _ERROR, "parts that do not make their published total",
        "A published total that misses its own parts is the commonest fault of Cabinet reports.",
        "control: {fte: 10} over posts of 12 FTE"), _controls),
)  # fmt: skip
