"""National parameters as restructure.national/1; rates are fractions, and 13.8% is "0.138"."""

from collections.abc import Mapping

from restructure_cli.model.national import InForce, Parameter, Shown, SpineInForce, Value
from restructure_cli.render.json.document import Json, decimal, document


def render_national(shown: Shown, inputs: Mapping[str, str]) -> str:
    """Write national parameters as restructure.national/1; rates are fractions, and 13.8% is "0.138"."""
    body: Json = {
        "year": str(shown.year) if shown.year is not None else None,
        "complete": not shown.missing,
        "missing": [
            {"parameter": gap.parameter, "year": str(gap.year), "known": gap.known, "hint": gap.hint or None}
            for gap in shown.missing
        ],
        "parameters": [_parameter(parameter, shown) for parameter in shown.parameters],
    }
    return document("national", inputs, body)


def _parameter(parameter: Parameter, shown: Shown) -> Json:
    body: Json = {
        "name": parameter.name,
        "title": parameter.title,
        "unit": parameter.unit.value,
        "first_year": str(parameter.first_year),
        "last_year": str(parameter.complete_to),
        "note": parameter.note or None,
        "beyond": parameter.beyond or None,
        "values": [_national_value(value) for value in parameter.values],
    }
    if parameter.follows is not None:
        body["follows"] = {
            "parameter": parameter.follows.spine,
            "points": {str(old): new for old, new in parameter.follows.points.items()},
            "source": list(parameter.follows.source),
            "basis": parameter.follows.basis.value,
            "because": parameter.follows.because,
        }
    if shown.year is not None:
        answer = shown.in_force.get(parameter.name)
        body["in_force"] = None if answer is None else _in_force(answer)
    return body


def _national_value(value: Value) -> Json:
    body: Json = {"from": value.start.isoformat()}
    if value.value is not None:
        body["value"] = decimal(value.value)
    else:
        body["points"] = {str(point): decimal(pay) for point, pay in value.points.items()}
        body["except"] = [
            {"points": sorted(group.points), "basis": group.basis.value, "because": group.because}
            for group in value.exceptions
        ]
    body.update(title=value.title, source=list(value.source), basis=value.basis.value, because=value.because)
    return body


def _in_force(answer: InForce | SpineInForce) -> Json:
    """Write what a year has: of a spine the parameter that numbers its points; of a rate that changes, its parts."""
    if isinstance(answer, SpineInForce):
        return {"parameter": answer.parameter.name, **_national_value(answer.value)}
    return {
        "parameter": answer.parameter.name,
        "value": decimal(answer.value),
        "basis": answer.derivation.basis.value,
        "because": answer.derivation.because,
        "parts": [{"months": share.months, **_national_value(share.value)} for share in answer.shares],
    }
