"""The gap as restructure.gap/1: every figure a string where it is exact, else its value, low and high."""

from collections.abc import Mapping

from restructure_cli.model.funding import Need, Source
from restructure_cli.model.gaps import Cliff, Gap, NeedYear, Part, PostUnder, Scope, SourceYear, YearGap
from restructure_cli.model.intervals import Interval
from restructure_cli.render.json.document import Json, decimal, document, money

_SCOPES = {Scope.COUNTED: "gap", Scope.APPROVED: "gap_approved", Scope.ALL: "gap_all"}


def render_gap(result: Gap, inputs: Mapping[str, str]) -> str:
    """Write a gap: `known_part` of a figure leaves out the entries that `missing` names."""
    return document("gap", inputs, funded(result))


def funded(result: Gap) -> Json:
    """Write every year and cliff, the inputs left aside."""
    return {
        "organisation": result.organisation or None,
        "service": result.service or None,
        "complete": result.complete,
        "missing": [_missing(year, entry) for year in result.years for entry in year.missing],
        "years": [_year(year) for year in result.years],
        "cliffs": [_cliff(cliff) for cliff in result.cliffs],
    }


def figure(told: Interval) -> str | Json:
    """Write a figure as one string where nothing is in doubt; an open bound, or no value, is null."""
    if told.exact:
        return str(money(told.value))
    low, high = (None if end.is_infinite() else money(end) for end in (told.low, told.high))
    return {"value": money(told.value), "low": low, "high": high}


def _year(year: YearGap) -> Json:
    sums = {"need": year.need, "funding": year.funding, **{key: year.gaps[scope] for scope, key in _SCOPES.items()}}
    return {
        "year": str(year.year),
        **{key: figure(each.whole) for key, each in sums.items()},
        "complete": not year.missing,
        "known_part": {key: figure(each.known) for key, each in sums.items()},
        "by_status": {status.value: figure(each.whole) for status, each in year.by_status.items()},
        "lasting": {each.value: _part(part) for each, part in year.lasting.items()},
        "needs": [_need(need) for need in year.needs],
        "sources": [_source(source) for source in year.sources],
        "details": [_need(each) if isinstance(each, NeedYear) else _source(each) for each in year.details],
    }


def _part(part: Part) -> Json:
    return {name: figure(getattr(part, name).whole) for name in ("need", "funding", "difference")}


def _entry(entry: Need | Source) -> Json:
    return {
        "id": entry.id,
        "title": entry.title,
        "call": entry.call,
        "recurrent": entry.recurrent,
        "status": entry.status.value if entry.status is not None else None,
        "of_which": entry.of_which,
        "at": list(entry.at),
    }


def _need(need: NeedYear) -> Json:
    return {
        **_entry(need.need),
        "amount": figure(need.year.amount.whole),
        "known_part": figure(need.year.amount.known),
        "why_not_known": need.year.why_not or None,
        "funding": figure(need.funding.whole),
        "gap": figure(need.gap.whole),
        "draws": [{"source": draw.source, "amount": figure(draw.amount.whole)} for draw in need.draws],
    }


def _source(source: SourceYear) -> Json:
    stated = source.source
    return {
        **_entry(stated),
        "kind": stated.kind.value if stated.kind is not None else None,
        "cashable": stated.cashable,
        "for": list(stated.pays_for) if stated.pays_for is not None else None,
        "counted": source.counted,
        "amount": "rest" if source.rest else figure(source.year.amount.whole),
        "known_part": None if source.rest else figure(source.year.amount.known),
        "why_not_known": source.year.why_not or None,
        "drawn": figure(source.drawn.whole),
        "left": figure(source.left.whole),
    }


def _missing(year: YearGap, entry: NeedYear | SourceYear) -> Json:
    kind, id_ = ("need", entry.need.id) if isinstance(entry, NeedYear) else ("source", entry.source.id)
    return {"year": str(year.year), "kind": kind, "id": id_, "why": entry.year.why_not}


def _cliff(cliff: Cliff) -> Json:
    return {
        "year": str(cliff.year),
        "source": cliff.source.id,
        "title": cliff.source.title,
        "stop": cliff.stop.value,
        "amount": figure(cliff.amount.whole),
        "known_part": figure(cliff.amount.known),
        "needs": [_under(need) for need in cliff.needs],
        "posts": [_post(post) for post in cliff.posts],
        "at": list(cliff.source.at),
    }


def _under(need: NeedYear) -> Json:
    return {"id": need.need.id, "need": figure(need.year.amount.whole), "gap": figure(need.gap.whole)}


def _post(post: PostUnder) -> Json:
    return {"id": post.id, "title": post.title, "fte": decimal(post.fte), "permanent": post.permanent}
