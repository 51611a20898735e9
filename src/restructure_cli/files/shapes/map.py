"""map/1: which headers of an extract stand for what, key by key."""

from restructure_cli.files.values import Text, Texts, from_text, mapping_of, one_of, shape, word_of
from restructure_cli.model.extracts import Rows

FIELDS = (
    "number", "reference", "title", "directorate", "service", "team", "department", "organisation", "unit", "grade",
    "tenure", "reports_to", "code", "fund", "fte", "filled", "agency", "positions", "people", "hours", "weeks", "scp",
    "starts", "ends", "status", "employee", "name", "cost_of_reports", "pay_floor", "pay_ceiling",
    "pay_minimum", "pay_maximum",
)  # fmt: skip
"""What a column may be read as."""

_FIELD = from_text(word_of(*FIELDS), "what a column is read as")

SHAPE = shape(
    "MapShape",
    {
        "restructure": Text, "rows": from_text(one_of(Rows, "a kind of row"), "text"), "vacant": Texts,
        "columns": mapping_of(_FIELD, Texts) | None, "personal": Texts, "note": Text,
    },
)  # fmt: skip


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    return list(SHAPE.__annotations__) if not loc else list(FIELDS)
