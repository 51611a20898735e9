"""What every JSON document is: its format, the inputs with their SHA-256, figures as plain strings."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from restructure_cli.model.costs import CostRow
from restructure_cli.model.intervals import Interval
from restructure_cli.model.quantities import Sum, TwoSided
from restructure_cli.model.results import SideHead, VacancyRow
from restructure_cli.render.printable import escaped

Json = dict[str, Any]


def document(kind: str, inputs: Mapping[str, str], body: Json) -> str:
    """Write a document of one kind: its format and its inputs first."""
    files = [{"path": path, "sha256": sha256} for path, sha256 in sorted(inputs.items())]
    whole = {"format": f"restructure.{kind}/1", "inputs": files, **body}
    return escaped(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


def decimal(figure: Decimal | None) -> str | None:
    """Write a figure exactly, without exponent or trailing noughts."""
    if figure is None:
        return None
    plain = f"{figure:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def interval(figure: Interval) -> str | Json | None:
    """Write a figure; one that rounding leaves open with the bounds of it."""
    if figure.exact:
        return decimal(figure.value)
    return {"value": decimal(figure.value), "low": _bound(figure.low), "high": _bound(figure.high)}


def _bound(figure: Decimal) -> str | None:
    return None if figure.is_infinite() else decimal(figure)


def money(figure: Decimal | None) -> str | None:
    """Write money to the penny."""
    return None if figure is None else f"{figure:.2f}" if figure else "0.00"


def summed(figure: Sum) -> str | None:
    """Write a total; one of which no part is known is unknown."""
    return decimal(figure.value) if figure.complete or figure.value else None


def both(figure: TwoSided) -> Json:
    """Write a figure on both sides and its change."""
    return {
        "current": decimal(figure.current),
        "proposed": decimal(figure.proposed),
        "change": decimal(figure.change),
    }


def both_in_money(figure: TwoSided | None) -> Json | None:
    """Write money on both sides and its change; null where nothing is priced."""
    if figure is None:
        return None
    return {
        "current": money(figure.current),
        "proposed": money(figure.proposed),
        "change": money(figure.change),
    }


def row_head(row: VacancyRow | CostRow) -> Json:
    """Write what a line is and where it stands."""
    return {
        "id": row.id,
        "title": row.title,
        "team": row.team,
        "grade": row.grade or None,
        "kind": row.kind.value,
    }


def head(side: SideHead) -> Json:
    """Write what a structure says of itself."""
    return {
        "path": side.path,
        "title": side.title,
        "counts": side.counts.value,
        "as_at": side.as_at or None,
        "document": side.document or None,
    }
