"""How figures came about as restructure.explain/1: each with the parts it was made of, and what is not in it."""

from collections.abc import Callable, Iterable, Mapping

from restructure_cli.model.derivations import Derivation, Explanation, Source
from restructure_cli.render.json.document import Json, decimal, document, interval


def render_explanation(
    name: str,
    found: tuple[Explanation, ...],
    notes: Iterable[str],
    place: Callable[[Source], str],
    inputs: Mapping[str, str],
    filled: bool,
) -> str:
    """Write how figures came about as restructure.explain/1; a figure of which nothing is known is null."""
    missing = dict.fromkeys(line for explanation in found for line in explanation.left_out)
    body: Json = {
        "explains": name,
        "of": "filled" if filled else "established",
        "complete": not missing,
        "missing": [{"measure": "cost", "title": line.title, "because": line.why} for line in missing],
        "figures": [_year(explanation, place) for explanation in found],
        "notes": list(notes),
    }
    return document("explain", inputs, body)


def _year(explanation: Explanation, place: Callable[[Source], str]) -> Json:
    if explanation.figure is not None:
        return _derived(explanation.figure, place)
    unknown = dict.fromkeys(("value", "unit", "step", "basis", "because", "source"))
    return {"name": explanation.name, **unknown, "parts": []}


def _derived(figure: Derivation, place: Callable[[Source], str]) -> Json:
    source = figure.source
    return {
        "name": figure.name,
        "value": decimal(figure.value) if figure.between is None else interval(figure.between),
        "unit": figure.unit,
        "step": figure.step.value,
        "basis": figure.basis.value,
        "because": figure.because,
        "source": {"place": place(source), "at": list(source.at)} if source is not None else None,
        "parts": [_derived(part, place) for part in figure.parts],
    }
