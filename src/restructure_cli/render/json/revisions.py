"""A comparison with a revision as restructure.diff-against/1: each structure as in restructure.diff/1.

`current` is the revision, `proposed` what stands here.
"""

from collections.abc import Mapping

from restructure_cli.model.revisions import Against, Revised
from restructure_cli.render.json.diff import compared
from restructure_cli.render.json.document import Json, document


def render_against(result: Against, inputs: Mapping[str, str]) -> str:
    """Write a comparison as restructure.diff-against/1."""
    body: Json = {
        "against": {"ref": result.ref, "commit": result.commit},
        "structures": [_structure(one) for one in result.structures],
    }
    return document("diff-against", inputs, body)


def _structure(one: Revised) -> Json:
    return {
        "path": one.path,
        "status": one.status.value,
        "because": one.because or None,
        "years": list(one.years) if one.years is not None else None,
        "other_details": {id_: list(keys) for id_, keys in one.also.items()},
        **(compared(one.diff) if one.diff is not None else {}),
    }
