"""CLM: what a report prints, worked out again; and REF: everything that a claim names exists."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from restructure_cli.analysis.claims import judge
from restructure_cli.analysis.evidence import Evidence
from restructure_cli.checks.rule import known_as
from restructure_cli.checks.wording import pounds
from restructure_cli.model.claims import Claim, Claims, FromClaim, Key, Measure, Selection, Side, Take
from restructure_cli.model.findings import Finding, Place, Pointer, Rule, Severity
from restructure_cli.model.printed import Unit
from restructure_cli.model.results import Change
from restructure_cli.model.structures import PERMANENT
from restructure_cli.model.verdicts import Judged, Verdict

_ERROR = Severity.ERROR


class Case(NamedTuple):
    """A claims file with what it is held against, and once its references are sound, the verdicts."""

    claims: Claims
    evidence: Evidence
    judged: tuple[Judged, ...] = ()


class CheckOfClaims(NamedTuple):
    """A rule and the function that finds where a claims file breaks it."""

    rule: Rule
    find: Callable[[Rule, Case], Iterable[Finding]]


class CheckedClaims(NamedTuple):
    """The verdicts on a claims file, and the findings that follow from them."""

    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]


def check_claims(claims: Claims, evidence: Evidence) -> CheckedClaims:
    """Run every rule on a claims file; where it names what is not there, nothing can be worked out."""
    case = Case(claims, evidence)
    broken = tuple(finding for check in REFERENCES for finding in check.find(check.rule, case))
    if broken:
        return CheckedClaims((), broken)
    case = case._replace(judged=judge(claims, evidence))
    return CheckedClaims(case.judged, tuple(finding for check in VERDICTS for finding in check.find(check.rule, case)))


def _place(case: Case, claim: str, *keys: str) -> Place:
    pointer: Pointer = ("claims", claim, *keys)
    return Place(case.claims.path, pointer, on_key=not keys)


def _selections(claim: Claim) -> Iterator[tuple[Pointer, Selection, Iterable[Measure]]]:
    """Give each selection of a claim, and the measures that are taken over it."""
    yield ("of",), claim.of, claim.expect
    for name, term in claim.let.items():
        if isinstance(term, Take):
            yield ("let", name, "of"), term.of, (term.measure,)


def _flat(selection: Selection) -> Iterator[tuple[Key, str]]:
    for choice in selection:
        for key, values in choice.keys:
            yield from ((key, value) for value in values)
        yield from _flat(choice.excluded)


def _names(evidence: Evidence) -> dict[Key, set[str]]:
    """List everything that a selection can name."""
    both = (evidence.current, evidence.structure("proposed"))
    posts = [post for structure in both for post in structure.posts.values()]
    funding = evidence.funding
    ids = {post.id for post in posts}
    return {
        Key.POST: ids,
        Key.POOL: ids,
        Key.TEAM: {id_ for structure in both for id_ in structure.teams},
        Key.COST: {id_ for structure in both for id_ in structure.costs},
        Key.GRADE: {name for post in posts for name in (*post.grade, " & ".join(post.grade))},
        Key.TENURE: {PERMANENT, *(post.tenure for post in posts if post.tenure)},
        Key.FUND: {fund for post in posts for fund in post.funding},
        Key.CHANGES: {change.value for change in Change},
        Key.NEED: set(funding.needs) if funding is not None else set(),
        Key.SOURCE: set(funding.sources) if funding is not None else set(),
    }


def _unknown_names(rule: Rule, case: Case) -> Iterator[Finding]:
    names = _names(case.evidence)
    for claim in case.claims.claims.values():
        for pointer, selection, _ in _selections(claim):
            for key, value in _flat(selection):
                if key in names and value not in names[key]:
                    message = f'{claim.id}: the selection names {key} "{value}", and there is none'
                    place = _place(case, claim.id, *pointer)._replace(holds=value)
                    yield Finding(rule, message, place, known_as(names[key], value))


def _details(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find details of needs and sources where only whole ones have a figure: nothing is drawn for a detail."""
    funding = case.evidence.funding
    if funding is None:
        return
    whole = {Key.NEED: funding.needs, Key.SOURCE: funding.sources}
    for claim in case.claims.claims.values():
        for pointer, selection, measures in _selections(claim):
            allotted = [measure for measure in measures if measure.side in (Side.FUNDING, Side.GAP)]
            for key, value in _flat(selection) if allotted else ():
                entry = whole[key].get(value) if key in whole else None
                if entry is not None and entry.of_which is not None:
                    message = f"{claim.id}: {allotted[0]} is not known of {value}, a detail of {entry.of_which}"
                    place = _place(case, claim.id, *pointer)._replace(holds=value)
                    hint = f"select {entry.of_which}: of a detail only need and available are known"
                    yield Finding(rule, message, place, hint)


def _references(claim: Claim) -> Iterator[tuple[Pointer, str]]:
    if claim.same_as is not None:
        yield ("same_as",), claim.same_as
    for name, term in claim.let.items():
        if isinstance(term, FromClaim):
            yield ("let", name), term.claim


def _unknown_claims(rule: Rule, case: Case) -> Iterator[Finding]:
    claims = case.claims.claims
    for claim in claims.values():
        for pointer, other in _references(claim):
            place = _place(case, claim.id, *pointer)
            if other not in claims:
                yield Finding(rule, f'{claim.id}: there is no claim "{other}"', place, known_as(claims, other))
            elif claims[other].printed is None:
                message = f"{claim.id}: {other} prints {len(claims[other].expect) or 'no'} values; one is needed"
                yield Finding(rule, message, place, "split that claim, one figure each")


def _circles(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find claims that are worked out from each other; each circle is told once."""
    claims = case.claims.claims
    done: set[str] = set()
    told: set[frozenset[str]] = set()
    for start in (claim.id for claim in claims.values() if claim.uses):
        trail: list[str] = []
        waiting = [(start, False)]
        while waiting:
            here, leaving = waiting.pop()
            if leaving:
                done.add(trail.pop())
            elif here in trail:
                circle = trail[trail.index(here) :]
                if frozenset(circle) not in told:
                    told.add(frozenset(circle))
                    yield _circle(rule, case, circle)
            elif here in claims and here not in done:
                trail.append(here)
                waiting.append((here, True))
                waiting += [(other, False) for other in claims[here].uses]


def _circle(rule: Rule, case: Case, circle: list[str]) -> Finding:
    message = f"claims go round in a circle: {' → '.join([*circle, circle[0]])}"
    hint = "one of them must come from the files, or be `cannot`"
    return Finding(rule, message, _place(case, circle[0]), hint)


def _figure(value: Decimal, judged: Judged) -> str:
    """Write a figure in the unit that is printed, so that it can be copied into the file."""
    unit = judged.printed.unit if judged.printed is not None else Unit.NUMBER
    sign, size = "-" if value < 0 else "", abs(value)
    if unit is Unit.MONEY:
        return pounds(value)
    if unit is Unit.PERCENT:
        return f"{sign}{_plain(size * 100)}%"
    return f"{sign}{_plain(size)}"


def _plain(size: Decimal) -> str:
    cut = f"{round(size, 6):f}" if size.is_finite() else f"{size}"
    return cut.rstrip("0").rstrip(".") if "." in cut else cut


def _told(case: Case, judged: Judged) -> str:
    """Say what is printed, what it comes to, and by how much they differ."""
    printed, computed = judged.printed, judged.computed
    assert printed is not None
    assert computed is not None
    claim = case.claims.claims[judged.id]
    where = f" in {claim.same_as}" if claim.same_as is not None else ""
    told = f"{judged.what} is printed" if claim.expect else "printed"
    if where and computed.value is None:
        return f"{told} as {printed.text}, and as another range{where}"
    if computed.value is None:
        return f"{told} as {printed.text}, and comes to a range"
    told = f"{told} as {printed.text}, and {'as' if where else 'comes to'} {_figure(computed.value, judged)}{where}"
    return told if judged.difference is None else f"{told}: a difference of {_figure(judged.difference, judged)}"


def _where(case: Case, judged: Judged) -> Place:
    claim = case.claims.claims[judged.id]
    if claim.expect:
        return _place(case, judged.id, "expect", judged.what)
    return _place(case, judged.id, "prints")


def _broken(rule: Rule, case: Case) -> Iterator[Finding]:
    for judged in case.judged:
        if judged.verdict is Verdict.BROKEN and judged.known is None:
            note = f" ({judged.note})" if judged.note else ""
            by = "…" if judged.difference is None else _figure(judged.difference, judged)
            by = f'"{by}"' if "," in by else by
            hint = f"mend the figure; if the report itself is wrong, state `known: {{difference: {by}, because: …}}`"
            yield Finding(rule, f"{judged.id}: {_told(case, judged)}{note}", _where(case, judged), hint)


def _mended(rule: Rule, case: Case) -> Iterator[Finding]:
    for judged in case.judged:
        if judged.known is not None and judged.verdict.holds:
            message = f"{judged.id}: holds, and a difference of {judged.known.text} is said to be known"
            yield Finding(rule, message, _place(case, judged.id, "known"), "delete `known`")


def _other_difference(rule: Rule, case: Case) -> Iterator[Finding]:
    for judged in case.judged:
        if judged.known is not None and judged.verdict is Verdict.BROKEN:
            message = f"{judged.id}: {_told(case, judged)}; {judged.known.text} is said to be known"
            place = _place(case, judged.id, "known", "difference")
            yield Finding(rule, message, place, "look what changed, and state the difference as it is")


def _nothing_selected(rule: Rule, case: Case) -> Iterator[Finding]:
    for judged in case.judged:
        if judged.selects_nothing:
            message = f"{judged.id}: {judged.selects_nothing} is over a selection that nothing meets"
            keys = ("of",) if case.claims.claims[judged.id].of else ()
            yield Finding(rule, message, _place(case, judged.id, *keys), "mend the selection: nothing adds up to nil")


def _not_computed(rule: Rule, case: Case) -> Iterator[Finding]:
    for judged in case.judged:
        if judged.verdict is Verdict.CANNOT and judged.what:
            what = judged.what if case.claims.claims[judged.id].expect else "it"
            message = f"{judged.id}: {what} cannot be worked out: {judged.because}"
            hint = "claim what is known, or say `cannot: …`"
            yield Finding(rule, message, _where(case, judged), hint)


REFERENCES = (
    CheckOfClaims(Rule(
        "REF209", "ref.selection", _ERROR, "a selection of something that does not exist",
        "A misspelt id would select nothing, and the claim would guard nothing.", "of: {post: team-manger}"),
        _unknown_names),
    CheckOfClaims(Rule(
        "REF210", "ref.claim", _ERROR, "a claim that does not exist, or prints more than one value",
        "A claim can rest on another only if that one exists and prints a single figure.",
        "let: {saving: {claim: savings}}"), _unknown_claims),
    CheckOfClaims(Rule(
        "REF211", "ref.claim-circle", _ERROR, "claims worked out from each other",
        "A figure that proves itself proves nothing.", "a same_as b, b same_as a"), _circles),
    CheckOfClaims(Rule(
        "REF212", "ref.detail", _ERROR, "funding, or a gap, of a detail",
        "Money is set against whole needs, so what pays for a detail, and what it lacks, is not said by anybody.",
        "of: {need: training}, expect: {gap.2026-27: £1m} where training is of_which another need"), _details),
)  # fmt: skip

VERDICTS = (
    CheckOfClaims(Rule(
        "CLM601", "clm.broken", _ERROR, "a printed figure does not hold",
        "A report that prints a figure its own parts do not make misleads whoever decides on it.",
        "expect: {change.fte: 10.11} where the files make 10.12"), _broken),
    CheckOfClaims(Rule(
        "CLM602", "clm.mended", _ERROR, "a known difference that is no longer there",
        "A claim that is said to differ, and holds, has been mended or never differed: its `known` must go.",
        "known: {difference: £2, …} on a claim that holds"), _mended),
    CheckOfClaims(Rule(
        "CLM603", "clm.other-difference", _ERROR, "another difference than the one known",
        "A known difference excuses that difference only; any other is a new fault.",
        "known: {difference: £2, …} where it is £20 now"),
        _other_difference),
    CheckOfClaims(Rule(
        "CLM604", "clm.selects-nothing", _ERROR, "a selection that nothing meets",
        "A selection that nothing meets adds up to nil, so a claim of nil would hold whatever the files say.",
        "of: {team: assessment, grade: Z}"),
        _nothing_selected),
    CheckOfClaims(Rule(
        "CLM605", "clm.not-computed", Severity.WARNING, "an expectation that cannot be worked out",
        "A claim that cannot be worked out from the files guards nothing.",
        "expect: {current.fte: 12} of a team with a post of unknown FTE"), _not_computed),
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(check.rule for check in (*REFERENCES, *VERDICTS))
