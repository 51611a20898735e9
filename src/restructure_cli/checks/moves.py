"""MOV: who moves where: nobody in two pools, no more people moving than there are, and who is not named."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from restructure_cli.analysis import pools, sides
from restructure_cli.checks.rule import Check, Subject, place
from restructure_cli.checks.wording import number
from restructure_cli.model.findings import Finding, Rule, Severity
from restructure_cli.model.quantities import ZERO, known
from restructure_cli.model.results import Pool
from restructure_cli.model.structures import Structure


def _two_pools(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.current is None:
        yield from _at_home_and_away(rule, subject.structure)
        return
    current, proposed = subject.current, subject.structure
    in_pool = {id_: pool for pool in placed(current, proposed) for id_ in pool.current}
    for post in current.posts.values():
        for whole in sides.wholes(current, post):
            if post.id in in_pool and whole in in_pool and in_pool[whole] is not in_pool[post.id]:
                message = f"the holders of {post.id} are counted in {whole} as well, and both move, to different pools"
                hint = (
                    f"let both posts take from {whole} and say how many FTE each takes; join the pools only if that is "
                    "what is proposed"
                )
                yield Finding(rule, message, place(post, "of_which"), hint)
                break


def placed(current: Structure, proposed: Structure) -> tuple[Pool, ...]:
    """Join the posts of a proposal and of the structure it is against into pools."""
    before = sides.figures(current)
    fte = sides.proposed_ftes(proposed, current, before)
    return pools.pools(current, proposed, before, fte)


def _at_home_and_away(rule: Rule, structure: Structure) -> Iterator[Finding]:
    """Find hosts that count the people who are away to them as their own."""
    hosts = sides.covers(structure)
    for id_, cover in hosts.items():
        post = structure.posts.get(id_)
        if post is None:
            continue
        fte, filled = sides.established(post, structure), known(post.filled)
        away = sum((known(figure) or ZERO for figure in post.away.values()), ZERO)
        here = max((filled or ZERO) - away, ZERO)  # nobody of its own where it says nothing
        if fte is None or here + cover <= (fte if here else fte.to_integral_value(ROUND_CEILING)):
            continue  # somebody full-time may act up into a post of 0.81 FTE that nobody holds
        told = (
            f"{number(here)} filled and {number(cover)} from elsewhere" if here else f"{number(cover)} from elsewhere"
        )
        hint = "people who are away to it count at home, under `away`, only"
        if not here:
            hint = "mend the `away` of those who are there, or the FTE"
        where = place(post, "filled" if here else "fte")
        also = tuple(place(home, "away", id_) for home in structure.posts.values() if id_ in home.away)
        yield Finding(rule, f"{id_}: {told} are more than {number(fte)} FTE", where, hint, also)


def _too_many(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.current is None:
        return
    moving: dict[str, Decimal] = {}
    for post in subject.structure.posts.values():
        for move in post.moves_in or ():
            moving[move.post] = moving.get(move.post, ZERO) + (move.fte or ZERO)
    before = sides.figures(subject.current)
    for id_, fte in moving.items():
        if id_ not in subject.current.posts:
            continue
        there = sides.supply(subject.current.posts[id_], subject.current, before)
        if there is not None and fte > there:
            message = f"{number(fte)} FTE move out of {id_}, which has {number(there)}"
            entry = next(p for p in subject.structure.posts.values() if any(m.post == id_ for m in p.moves_in or ()))
            yield Finding(rule, message, place(entry, "from"), "state how many move to each post")


def _nobody(rule: Rule, subject: Subject) -> Iterator[Finding]:
    if subject.current is None:
        return
    for post in subject.structure.posts.values():
        if post.moves_in is None and post.in_totals and post.title and post.id not in subject.current.posts:
            message = f"{post.id}: nothing says who may move in, so all of it counts as vacant"
            yield Finding(rule, message, place(post), "`from: []` says that it is to be recruited")


def _vacant(rule: Rule, subject: Subject) -> Iterator[Finding]:
    """Find vacancies stated of a proposal that its pools do not leave."""
    if subject.current is None or all(post.vacant is None for post in subject.structure.posts.values()):
        return
    for pool in placed(subject.current, subject.structure):
        posts = [subject.structure.posts[id_] for id_ in pool.proposed]
        stated = [post for post in posts if known(post.vacant) is not None]
        if not stated or pool.filled is None or pool.fte is None:
            continue
        left = max(pool.fte - pool.filled, ZERO)
        told = sum((known(post.vacant) or ZERO for post in stated), ZERO)
        within = max(post.vacant.half_digit for post in stated if post.vacant is not None)
        if told - left > within or (len(stated) == len(posts) and left - told > within):
            ids = ", ".join(post.id for post in stated)
            made = f"{number(pool.fte)} FTE of posts less {number(pool.filled)} of people"
            message = f"{ids}: vacant {number(told)}, and {made} leave {number(left)}"
            also = tuple(place(post, "vacant") for post in stated[1:])
            yield Finding(
                rule, message, place(stated[0], "vacant"), "mend `from` or the vacancy, or leave it out", also
            )


CHECKS = (
    Check(Rule(
        "MOV301", "mov.two-pools", Severity.ERROR, "people counted in two places",
        "Somebody counted twice fills two posts, and a vacancy disappears from the report.",
        "a detail moves to one pool and its whole to another"), _two_pools),
    Check(Rule(
        "MOV302", "mov.too-many", Severity.ERROR, "more FTE moves out of a post than is in it",
        "The pools they move to would seem to be filled.", "from: [{post: clerk, fte: 3}] of 2"), _too_many),
    Check(Rule(
        "MOV303", "mov.nobody-named", Severity.NOTE, "a new post that does not say who may move in",
        "Vacant because it is to be recruited, or because somebody forgot: a reader should know which.",
        "a new id without `from`"), _nobody),
    Check(Rule(
        "MOV304", "mov.vacant", Severity.ERROR, "a stated vacancy that does not agree with who moves in",
        "The report states one vacancy, and the people who move in leave another.",
        "vacant: 3 on 8 FTE for the holders of 6"), _vacant),
)  # fmt: skip
