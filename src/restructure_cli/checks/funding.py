"""FND: money spent twice, money that is no cash, posts that outlast their money, and needs that nobody pays."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from restructure_cli.analysis.amounts import a_year, entries
from restructure_cli.analysis.cost import structure_cost
from restructure_cli.analysis.gap_year import may_pay
from restructure_cli.analysis.rates import rates
from restructure_cli.checks.funding_references import funding_place, of_kind
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.checks.wording import number
from restructure_cli.model.findings import Finding, Rule, Severity
from restructure_cli.model.funding import Formula, Funding, Need, Source
from restructure_cli.model.periods import Moment
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.structures import Post, Structure

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
Entry = Need | Source


def _pounds(amount: Decimal) -> str:
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"


def _asked_too_much(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find sources that cannot hold what posts ask of them, even at the bottom of every grade."""
    funding = subject.funding
    if funding is None or subject.superseded:
        return
    asked: dict[str, dict[str, Decimal]] = {}
    for post, fund, pounds in _asked(subject):
        source = funding.sources.get(fund)
        if source is not None:
            asked.setdefault(source.of_which or fund, {})[post] = pounds
            if source.of_which is not None:
                asked.setdefault(fund, {})[post] = pounds
    for id_, posts in asked.items():
        holds = a_year(funding.sources[id_])
        total = sum(posts.values(), ZERO)
        if holds is not None and total > holds.high:
            told = ", ".join(f"{post} {_pounds(pounds)}" for post, pounds in posts.items())
            message = f"{id_} holds {_pounds(holds.high)} a year, and posts need {_pounds(total)} of it ({told})"
            also = tuple(place(subject.structure.posts[post], "funding") for post in posts)
            hint = "let another source pay some of them, or mend the amount: it is so even at the bottom of every grade"
            yield Finding(rule, message, funding_place(funding, funding.sources[id_]), hint, also)


def _asked(subject: Subject) -> Iterator[tuple[str, str, Decimal]]:
    """Price what each post asks of each fund, £ a year, where it has a price: a share of its cost by FTE."""
    posts = subject.structure.posts
    grades = subject.grades
    if grades is None or not any(post.funding for post in posts.values()) or rates(grades, grades.year).absent:
        return
    for row in structure_cost(subject.structure, grades, None, subject.current).years[0].rows:
        post = posts.get(row.id)
        price = row.full_year or row.price
        if post is None or price is None or not row.fte:
            continue
        for fund, fte in row.funding.items():
            yield post.id, fund, price.bottom * fte / row.fte


def _details(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find details that come to more than what they detail."""
    funding = subject.funding
    if funding is None:
        return
    of_whole: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries(funding):
        if entry.of_which is not None:
            of_whole.setdefault((of_kind(funding, entry)[0], entry.of_which), []).append(entry)
    for (_, id_), details in of_whole.items():
        whole = of_kind(funding, details[0])[1][id_]
        limit = a_year(whole)
        told = sum((amount.low for amount in map(a_year, details) if amount is not None), ZERO)
        if limit is not None and told > limit.high:
            most = "" if limit.exact else " at most"
            message = f"{id_} is {_pounds(limit.high)}{most}, of which its details make {_pounds(told)}"
            also = tuple(funding_place(funding, entry, "of_which") for entry in details[1:])
            hint = "details are parts of what they detail: the same money twice, or a figure to mend"
            yield Finding(rule, message, funding_place(funding, details[0], "of_which"), hint, also)


def _not_cashable(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.funding is None:
        return
    for source in subject.funding.sources.values():
        if source.cashable is False and source.pays_for and source.of_which is None:
            message = f"{source.id} is not cashable, and pays for {', '.join(source.pays_for)}"
            hint = "`for: []` shows it and sets it against nothing; if it is cash, say `cashable: true`"
            yield Finding(rule, message, funding_place(subject.funding, source, "for"), hint)


def _outlasting(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find permanent posts on money that ends."""
    funding = subject.funding
    if funding is None or subject.superseded:
        return
    for post in subject.structure.posts.values():
        ends = _ends(post, subject.structure)
        for fund in post.funding if post.is_permanent and post.lasts is None else ():
            source = funding.sources.get(fund)
            if source is None or (source.until is None and source.recurrent is not False):
                continue
            if ends is not None and (source.until is None or ends.last_day() <= source.until.last_day()):
                continue
            fte = known(post.funding[fund])
            size = f"{number(fte)} FTE of it" if fte is not None else "some of it"
            end = f"ends with {source.until}" if source.until is not None else "is for one year"
            lasts = f"{post.id} is permanent" if ends is None else f"{post.id} is there until {ends}"
            message = f"{lasts}, and {fund}, which pays for {size}, {end}"
            also = (funding_place(funding, source, "until" if source.until is not None else "recurrent"),)
            hint = (
                "find money that lasts; give an end date only if the post was agreed as temporary; "
                "`restructure gap` shows what it will lack"
            )
            yield Finding(rule, message, place(post, "funding", fund, on_key=True), hint, also)


def _ends(post: Post, structure: Structure) -> Moment | None:
    """Return when a post ends: as it says itself, else as its team does."""
    team = structure.teams.get(post.team or "")
    return post.ends or (team.ends if team is not None else None)


def _dates(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for entry in entries(subject.funding) if subject.funding is not None else ():
        begins, until = entry.starts, entry.until
        if subject.funding and begins is not None and until is not None and until.last_day() < begins.first_day():
            message = f"{entry.id}: until {until}, before it begins {begins}"
            yield Finding(rule, message, funding_place(subject.funding, entry, "until"), "mend one of the two dates")


def _unpaid(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.funding is None:
        return
    needs = [need for need in subject.funding.needs.values() if need.of_which is None]
    sources = [source for source in subject.funding.sources.values() if source.of_which is None]
    paid = frozenset[str]().union(*(may_pay(source, needs) for source in sources))
    for need in needs:
        if need.id not in paid:
            message = f"no source pays for {need.id}: all of it is a gap"
            hint = "name it under `for` of a source that does, or let it stand: the gap says so"
            yield Finding(rule, message, funding_place(subject.funding, need), hint)


def _change_twice(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.funding is None:
        return
    of_change = [need for need in subject.funding.needs.values() if need.amount is Formula.CHANGE_COST]
    counted = [need for need in of_change if need.of_which is None]
    if len(counted) > 1:
        message = f"{', '.join(need.id for need in counted)} are each the cost of the change, which is there once"
        also = tuple(funding_place(subject.funding, need, "amount") for need in counted[2:])
        first, second = (funding_place(subject.funding, need, "amount") for need in counted[:2])
        yield Finding(rule, message, second, "keep one; the others state amounts of their own", (first, *also))


def _paid_details(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find details that are to be paid, or to pay, by themselves, besides what they detail."""
    funding = subject.funding
    if funding is None:
        return
    for source in funding.sources.values():
        if source.of_which is not None and source.pays_for:
            message = f"{source.id} is a detail of {source.of_which}, and is to pay by itself"
            hint = f"state `for` at {source.of_which}, or leave out `of_which`"
            yield Finding(rule, message, funding_place(funding, source, "for"), hint)
        for need in _named(funding, source.pays_for or ()):
            if need.of_which is not None:
                message = f"{source.id} pays for {need.id}, a detail of {need.of_which}"
                hint = f"name {need.of_which}, which the detail is a part of"
                yield Finding(rule, message, funding_place(funding, source, "for"), hint)


def _named(funding: Funding, ids: Iterable[str]) -> list[Need]:
    return [funding.needs[id_] for id_ in ids if id_ in funding.needs]


CHECKS = (
    Check(Rule(
        "FND501", "fnd.spent-twice", _ERROR, "posts ask more of a source than it holds",
        "The same pound would pay two people.", "a grant of £86,000 under three posts of £43,000"), _asked_too_much),
    Check(Rule(
        "FND502", "fnd.details", _ERROR, "details of a need or source come to more than it",
        "Either money is counted twice, or a figure is wrong.", "a grant of £1m, of_which two parts of £0.6m"),
        _details),
    Check(Rule(
        "FND503", "fnd.not-cashable", _WARNING, "a non-cashable benefit is set against a need",
        "Time saved pays nobody's salary.", "cashable: false with for: [structure]"), _not_cashable),
    Check(Rule(
        "FND504", "fnd.ending-money", _WARNING, "a permanent post on money that ends",
        "When the money stops, the post is a cost without a budget.",
        "funding: {two-year-grant: 1} of a permanent post"), _outlasting),
    Check(Rule(
        "FND505", "fnd.dates", _ERROR, "a need or source that ends before it begins",
        "It would count in no year, and nobody would be told.", "from: 2026-27, until: 2025-26"), _dates),
    Check(Rule(
        "FND506", "fnd.nobody-pays", _NOTE, "a need that no source pays for",
        "A reader should know whether nothing is found yet, or something is left out.",
        "a need that no `for` names"), _unpaid),
    Check(Rule(
        "FND507", "fnd.change-twice", _ERROR, "two needs that are both the cost of the change",
        "The gap would count it twice.", "amount: change.cost at two needs"), _change_twice),
    Check(Rule(
        "FND508", "fnd.detail-pays", _ERROR, "an `of_which` line that pays, or is paid for, on its own",
        "It is counted in what it details already, and would count twice.", "of_which: growth with for: [structure]"),
        _paid_details),
)  # fmt: skip
