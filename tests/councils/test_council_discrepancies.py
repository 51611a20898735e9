"""What the README says was found in the five reports is what their claims know not to hold, no more and no less."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from restructure_cli.files.printed import printed
from running import Restructure

ROOT = Path(__file__).parents[2]
COUNCILS = ("sefton", "bury", "monmouthshire", "lancashire", "west-sussex")
_ROW = re.compile(
    r"\| (?P<where>[^|]+) \| (?P<claim>[a-z0-9-]+) \| (?P<printed>[^|]+) \| (?P<computed>[^|]+) \| [^|]+ \|"
)


def _known(restructure: Restructure) -> dict[str, dict[str, Any]]:
    told = [json.loads(restructure("claims", f"structures/{council}", "--format", "json").out) for council in COUNCILS]
    return {claim["id"]: claim for one in told for claim in one["claims"] if claim["known"] is not None}


def _value(cell: str) -> Decimal | None:
    return printed(cell.split()[0]).value


def test_the_readme_lists_every_known_discrepancy(restructure: Restructure) -> None:
    found = {match["claim"]: match for match in _ROW.finditer((ROOT / "README.md").read_text("utf-8"))}
    known = _known(restructure)
    assert list(found) == list(known)
    for id_, claim in known.items():
        row = found[id_]
        assert any(place in row["where"] for place in claim["at"]), id_
        assert row["printed"].split()[0] == claim["printed"], id_
        computed = claim["computed"]["value"] if isinstance(claim["computed"], dict) else claim["computed"]
        assert _value(row["computed"]) == Decimal(computed), id_


def test_every_known_discrepancy_is_the_one_between_what_is_printed_and_what_it_comes_to(
    restructure: Restructure,
) -> None:
    known = _known(restructure).values()
    assert known
    for claim in known:
        assert claim["verdict"] == "known not to hold"
        assert Decimal(claim["difference"]) == Decimal(claim["known"])
