"""How figures came about as restructure.explain/1: each with the parts it was made of."""

from collections.abc import Callable, Iterable, Mapping

from restructure_cli.model.derivations import Derivation, Source
from restructure_cli.render.json.document import Json, decimal, document


def render_explanation(
    name: str,
    figures: Iterable[Derivation],
    notes: Iterable[str],
    place: Callable[[Source], str],
    inputs: Mapping[str, str],
) -> str:
    """Write how figures came about as restructure.explain/1: each with the parts it was made of."""
    body: Json = {"of": name, "figures": [_derived(figure, place) for figure in figures], "notes": list(notes)}
    return document("explain", inputs, body)


def _derived(figure: Derivation, place: Callable[[Source], str]) -> Json:
    source = figure.source
    return {
        "name": figure.name,
        "value": decimal(figure.value),
        "unit": figure.unit,
        "step": figure.step.value,
        "basis": figure.basis.value,
        "because": figure.because,
        "source": {"place": place(source), "at": list(source.at)} if source is not None else None,
        "parts": [_derived(part, place) for part in figure.parts],
    }
