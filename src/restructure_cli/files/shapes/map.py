"""map/1: which headers of an extract stand for what, key by key."""

from typing import Annotated, Any

from restructure_cli.files import seen
from restructure_cli.files.seen import Schema, Seen
from restructure_cli.files.values import Text, Texts, from_text, mapping_of, of_words, shape, word_of
from restructure_cli.model.extracts import Rows

COLUMNS = {
    "number": "The number of the post; rows with one number are one post.",
    "reference": "The reference of a senior post of an organogram, which others report to.",
    "title": "The job title; every extract needs it.",
    "directorate": "The outermost team that the row stands in.",
    "service": "The team within the directorate.",
    "team": "The innermost team, within the service.",
    "department": "The parent department of an organogram.",
    "organisation": "The organisation within the department of an organogram.",
    "unit": "The unit within the organisation of an organogram; it becomes the team.",
    "grade": "The grade, or several of a career grade.",
    "tenure": "Permanent, temporary, fixed-term and so on.",
    "reports_to": "The number, or reference, of the post that manages this one.",
    "code": "The ledger code that pays for the post.",
    "fund": "The fund that pays for the post.",
    "fte": "Established full-time equivalent, whoever is in the post.",
    "filled": "FTE of the employees in post; people, never posts.",
    "agency": "FTE covered by agency workers.",
    "positions": "How many separate jobs the row holds; a headcount, never FTE.",
    "people": "How many employees hold them; a headcount, never FTE.",
    "hours": "Weekly hours of one position.",
    "weeks": "Weeks paid a year.",
    "scp": "The spinal column point.",
    "starts": "When the post begins.",
    "ends": "When the post ends.",
    "status": "Whether the post is filled or vacant, in words or as yes and no.",
    "employee": "What identifies the employee: read to tell a vacancy or a repeat, then dropped.",
    "name": "The name of the employee: read to tell a vacancy, then dropped.",
    "cost_of_reports": "The published salary cost of a senior post's reports, in £ a year.",
    "pay_floor": "The least that a senior post is paid, in £ a year.",
    "pay_ceiling": "The most that a senior post is paid, in £ a year.",
    "pay_minimum": "The bottom of a junior post's pay scale, in £ a year.",
    "pay_maximum": "The top of a junior post's pay scale, in £ a year.",
}
"""What a column may be read as, each with one sentence for an editor.

Their order in a file is their author's: where two have a spelling in common, the first takes the column.
"""


def _explained(columns: Schema) -> Schema:
    """Let an editor complete and explain what a column may be read as."""
    named, nothing = columns["anyOf"]
    fields = {field: {**named["additionalProperties"], "description": told} for field, told in COLUMNS.items()}
    return {"anyOf": [{"type": "object", "properties": fields, "additionalProperties": False}, nothing]}


_FIELD = from_text(word_of(*COLUMNS), "what a column is read as", Seen(seen.words(COLUMNS)))
_COLUMNS: Any = Annotated[mapping_of(_FIELD, Texts) | None, Seen(_explained)]

SHAPE = shape(
    "MapShape",
    {
        "restructure": (Text, "What the file is and the version of its format: map/1. The first key."),
        "note": (Text, "What else a reader should know of the file; a remark, read by nobody but people."),
        "rows": (
            of_words(Rows, "a kind of row"),
            "What a row is: one occupancy or post of an HR system, or a senior or junior post of an organogram.",
        ),
        "vacant": (
            Texts,
            "What says that nobody is in a post, as its status or in place of a name; `blank` for no name.",
        ),
        "columns": (_COLUMNS, "The headers of each field, as the extract spells them: one, or a list."),
        "personal": (Texts, "Headers of other columns about people, which are dropped."),
    },
)


def keys_at(loc: tuple[str | int, ...]) -> list[str]:
    """List the keys that an entry may have, for a did-you-mean."""
    return list(SHAPE.__annotations__) if not loc else list(COLUMNS)
