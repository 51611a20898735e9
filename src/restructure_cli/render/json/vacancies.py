"""Vacancies as restructure.vacancies/1: now, and with a proposal both sides and the pools."""

from collections.abc import Mapping
from decimal import Decimal

from restructure_cli.model.results import Diff, Vacancies, VacancyRow
from restructure_cli.render.json.diff import compared, missing
from restructure_cli.render.json.document import Json, decimal, document, head, row_head, summed


def render_vacancies(now: Vacancies, moves: Diff | None, inputs: Mapping[str, str]) -> str:
    """Write vacancies as restructure.vacancies/1; with a proposal, both sides and the pools."""
    return document("vacancies", inputs, vacant(now, moves))


def vacant(now: Vacancies, moves: Diff | None) -> Json:
    """Write who is in post and what is vacant, the inputs left aside."""
    body: Json = {"organisation": now.organisation, "service": now.service or None}
    if moves is not None:
        body.update(compared(moves))
    else:
        body["complete"] = not now.missing
        body["missing"] = [missing(gap) for gap in now.missing]
        sums = now.totals
        body["totals"] = {
            measure: {"current": summed(figure), "proposed": None, "change": None}
            for measure, figure in (("fte", sums.fte), ("filled", sums.filled), ("vacant", sums.vacant))
        }
        body["posts"] = [_vacancy_row(row) for row in now.rows]
        body["outside"] = [_vacancy_row(row) for row in now.outside]
        body["pools"] = []
    body["now"] = {
        "structure": head(now.head),
        "totals": {
            "fte": summed(now.totals.fte),
            "filled": summed(now.totals.filled),
            "agency": summed(now.totals.agency),
            "vacant": summed(now.totals.vacant),
            "rate": decimal(now.totals.rate),
        },
        "posts": [_now_row(row) for row in now.rows],
    }
    return body


def _vacancy_row(row: VacancyRow) -> Json:
    def now(figure: Decimal | None) -> Json:
        return {"current": decimal(figure), "proposed": None, "change": None}

    return {
        **row_head(row),
        "changes": [],
        "fte": now(row.fte),
        "filled": now(row.filled),
        "vacant": now(row.vacant),
        "at": list(row.at),
    }


def _now_row(row: VacancyRow) -> Json:
    return {
        **row_head(row),
        "fte": decimal(row.fte),
        "filled": decimal(row.filled),
        "agency": decimal(row.agency),
        "vacant": decimal(row.vacant),
        "cover": decimal(row.cover),
        "rate": decimal(row.rate),
    }
