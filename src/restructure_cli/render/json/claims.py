"""Claims as restructure.claims/1: what is printed, what it comes to, and the verdict."""

from collections.abc import Iterable, Mapping

from restructure_cli.model.verdicts import Judged
from restructure_cli.render.json.document import Json, decimal, document, interval


def render_claims(judged: Iterable[Judged], inputs: Mapping[str, str]) -> str:
    """Write the verdicts on a claims file as restructure.claims/1."""
    return document("claims", inputs, {"claims": [claim(one) for one in judged]})


def claim(judged: Judged) -> Json:
    """Write one printed figure with its verdict."""
    return {
        "id": judged.id,
        "at": list(judged.at),
        "says": judged.says,
        "measure": judged.what or None,
        "verdict": judged.verdict.value,
        "printed": judged.printed.text if judged.printed is not None else None,
        "printed_value": decimal(judged.printed.value) if judged.printed is not None else None,
        "computed": interval(judged.computed) if judged.computed is not None else None,
        "difference": decimal(judged.difference),
        "known": decimal(judged.known.value) if judged.known is not None else None,
        "because": judged.because or None,
        "note": judged.note or None,
    }
