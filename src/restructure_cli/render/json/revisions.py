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
        "structures": [_structure(revised) for revised in result.structures],
    }
    return document("diff-against", inputs, body)


def _structure(revised: Revised) -> Json:
    return {
        "path": revised.path,
        "status": revised.status.value,
        "because": revised.because or None,
        "years": list(revised.years) if revised.years is not None else None,
        "other_details": {id_: list(keys) for id_, keys in revised.also.items()},
        **(compared(revised.diff) if revised.diff is not None else {}),
    }
