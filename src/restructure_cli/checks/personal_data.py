"""PRV: what a file that is meant for publication may not tell about a person. Settings say `publication: true`."""

import re
from collections.abc import Iterator

from restructure_cli.analysis.pay_of_few import held_by, in_post
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.files.tree import place_at
from restructure_cli.model.findings import Finding, Rule, Severity
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.structures import Post, Structure

_ERROR = Severity.ERROR
E_MAIL = Rule(
    "PRV801", "prv.e-mail", _ERROR, "an e-mail address in a file for publication",
    "An address often names a person, and invites mail to whoever it belongs to; a shared mailbox can be excused. "
    "It is looked for in the whole file, comments included, where settings say `publication: true`.",
    "note: ask j.smith@ashdale.gov.uk",
)  # fmt: skip
NI_NUMBER = Rule(
    "PRV802", "prv.ni-number", _ERROR, "a National Insurance number in a file for publication",
    "It identifies one person for life. It is looked for in the whole file, comments included, where settings say "
    "`publication: true`.", "note: ZZ 12 34 56 C is on leave",
)  # fmt: skip
NAME = Rule(
    "PRV803", "prv.name", _ERROR, "a person's name in a file for publication",
    "An establishment is about posts, whoever is in them. A name is recognised by the Mr, Mrs, Ms, Miss, Mx, Dr, Prof, "
    "Rev, Sir or Dame before it, so this finds some and not all: somebody still has to read the file before it is "
    "published. "
    "Without a name, leave or retirement in a small team still tells who is meant.",
    "note: Mrs Smith retires in March",
)  # fmt: skip
_IN_TEXT = (
    (E_MAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "an e-mail address"),
    (NI_NUMBER, re.compile(r"(?i)\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d\d){3}[ -]?[A-D]\b"), "an NI number"),
    (
        NAME,
        re.compile(
            r"\b(?:(?i:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Sir|Dame)\b\.? +)"
            r"(?!and\b)(?:[A-Z]\.? ?)?(?:(?:de|van|von|der|la|le) )*[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
        ),
        "a name",
    ),
)


def findings_in_text(path: str, text: str) -> Iterator[Finding]:
    """Find what tells of a person anywhere in the text of a file. What was found is not repeated in the message."""
    from restructure_cli.files.text import lines

    for number_, line in enumerate(lines(text)):
        for rule, pattern, what in _IN_TEXT:
            for found in pattern.finditer(line):
                where = place_at(path, text, number_, found.start())._replace(width=len(found.group()))
                yield Finding(rule, f"{what} stands in a file for publication", where, "delete it, or write the post")


def _salaries(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find lines of so few people that what the line is paid is what they are paid."""
    if not subject.settings.publication:
        return
    for post in subject.structure.posts.values():
        if _holders_may_be(post, subject.structure, subject.settings.occupants):
            for key in _pay_of_one(post):
                few = "one person" if subject.settings.occupants == 1 else f"{subject.settings.occupants} or fewer"
                message = f"{post.id}: {key} of a line that {few} may hold tells what they are paid"
                hint = "publish the grade instead; for senior posts the law asks for more, and settings can say so"
                yield Finding(rule, message, place(post, key), hint)


def _pay_of_one(post: Post) -> list[str]:
    """List the keys of a line that say what is paid; of salaries one sum, as a range may be the post's."""
    stated = [key for key in ("scp", "cost", "supplement") if known(getattr(post, key)) is not None]
    return [*stated, "salary"] if post.salary is not None and post.salary.low == post.salary.high else stated


def _holders_may_be(post: Post, structure: Structure, most: int) -> bool:
    """Whether a line has somebody in it, as far as is known, and may have no more people; unknown, it may have one."""
    held = held_by(post, structure)
    if ZERO in (held, in_post(post, structure)):
        return False
    return held is None or held <= most


SALARY = Rule(
    "PRV804", "prv.salary", _ERROR, "the actual pay of one person in a file for publication",
    "A range belongs to a post, a point and a cost to whoever is in it. Where one person holds the line, everybody who "
    "knows the team can read what they earn. People are counted where they are stated, else the FTE in post, else the "
    "line's positions or FTE; a line that states none of them may have one person. With `thresholds: {occupants: 5}` a "
    "line must have six people or more to show a point or a cost.",
    "fte: 1, scp: 27 with publication: true",
)  # fmt: skip
CHECKS = (Check(SALARY, _salaries),)
IN_TEXT = (E_MAIL, NI_NUMBER, NAME)
"""The rules about the text of a file, whatever is in it."""
