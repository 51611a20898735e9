"""REF: what a funding file names is there: the needs that sources may pay, wholes of details, and funds of posts."""

from collections.abc import Iterator, Mapping

from restructure_cli.analysis.amounts import entries
from restructure_cli.checks.rule import Check, Subject, known_as, place
from restructure_cli.model.findings import Finding, Place, Rule, Severity
from restructure_cli.model.funding import Funding, Need, Source

_ERROR = Severity.ERROR


def of_kind(funding: Funding, entry: Need | Source) -> tuple[str, Mapping[str, Need] | Mapping[str, Source]]:
    """Return the key that an entry stands under, and all that stand there."""
    return ("needs", funding.needs) if isinstance(entry, Need) else ("sources", funding.sources)


def funding_place(funding: Funding, entry: Need | Source, *keys: str) -> Place:
    """Point at an entry of a funding file, or at one of its keys."""
    return Place(funding.path, (of_kind(funding, entry)[0], entry.id, *keys), on_key=not keys)


def _needs(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.funding is None:
        return
    needs = subject.funding.needs
    for source in subject.funding.sources.values():
        for number, name in enumerate(source.pays_for or ()):
            if name not in needs:
                message = f'{source.id}: for names "{name}", and there is no such need'
                hint = known_as(needs, name, f"the needs are: {', '.join(needs)}" if needs else "there are no needs")
                yield Finding(rule, message, _in_list(subject.funding, source, number), hint)


def _in_list(funding: Funding, source: Source, number: int) -> Place:
    """Point at a name in a list; a name that stands alone is found by its key."""
    return funding_place(funding, source, "for", str(number))


def _details(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.funding is None:
        return
    for entry in entries(subject.funding):
        kind, there = of_kind(subject.funding, entry)
        if entry.of_which is not None and entry.of_which not in there:
            message = f'{entry.id}: of_which names "{entry.of_which}", and there is none such among the {kind}'
            yield Finding(
                rule, message, funding_place(subject.funding, entry, "of_which"), known_as(there, entry.of_which)
            )


def _circles(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find details of a detail, which would leave each other out, or go round in a circle."""
    if subject.funding is None:
        return
    for entry in entries(subject.funding):
        whole = of_kind(subject.funding, entry)[1].get(entry.of_which or "")
        if whole is not None and whole.of_which is not None:
            message = f"{entry.id} details {whole.id}, which is a detail itself"
            hint = f"name what {whole.id} details: {whole.of_which}"
            if whole.of_which == entry.id or whole.id == entry.id:
                hint = "one of them must be counted"
            yield Finding(rule, message, funding_place(subject.funding, entry, "of_which"), hint)


def _funds(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.funding is None:
        return
    sources = subject.funding.sources
    for post in subject.structure.posts.values():
        for fund in post.funding:
            if fund not in sources:
                message = f'{post.id}: funding names "{fund}", and {subject.funding.path} has no such source'
                also = (Place(subject.funding.path, ("sources",), on_key=True),)
                hint = known_as(sources, fund, "add it to the sources; base budget is one too")
                yield Finding(rule, message, place(post, "funding", fund, on_key=True), hint, also)


CHECKS = (
    Check(Rule(
        "REF301", "ref.for", _ERROR, "a source pays for a need that does not exist",
        "The money would pay for nothing, and the need would seem to lack it.", "for: [structre]"), _needs),
    Check(Rule(
        "REF302", "ref.funding-of-which", _ERROR, "a detail of a need or source that does not exist",
        "A detail is left out of the sums because what it details is in them.", "of_which: growht"), _details),
    Check(Rule(
        "REF303", "ref.fund", _ERROR, "a fund that the funding file does not have",
        "Whether the money lasts as long as the post can only be seen where its source is listed.",
        "funding: {family-grnat: 1} beside sources: {family-grant: …}"), _funds),
    Check(Rule(
        "REF304", "ref.funding-detail-circle", _ERROR, "a detail of a detail",
        "Details that detail each other leave each other out of the sums.", "a of_which b, b of_which a"), _circles),
)  # fmt: skip
