"""The rules of extracts: what makes one unreadable (SYN11, SCH11), and what is left out of it and named."""

from restructure_cli.model.findings import Rule, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

WORKBOOK = Rule(
    "SYN113", "syn.workbook", _ERROR, "a workbook that cannot be read",
    "A damaged or locked workbook, or one without anything to read it with, would leave its posts out.",
    "staff.xlsx that is a web page",
)  # fmt: skip
OPEN_QUOTE = Rule(
    "SYN111", "syn.open-quote", _ERROR, "a quotation mark that is not closed swallows the rest of the file",
    "Every row after it would be read as one cell, and its post would be lost.",
    '0412,"Clerk,1.0',
)  # fmt: skip
CELL_CHARACTER = Rule(
    "SYN112", "syn.cell-character", _WARNING, "a character in a cell that is not text",
    "A NUL byte, an escape sequence or a mark that turns the direction of writing is damage, or meant to deceive.",
    "Clerk\\0",
)  # fmt: skip
CELL = Rule(
    "SCH110", "sch.cell", _ERROR, "a cell that its column cannot hold",
    "The figure stays unknown: read as nil, or as something near it, it would be a wrong total.",
    "about 3 under FTE", left_out=True,
)  # fmt: skip
NO_COLUMN = Rule(
    "SCH111", "sch.no-column", _ERROR, "no column says what the posts are",
    "Without a column of titles no row is a post.",
    "a list of car parks",
)  # fmt: skip
NO_POST = Rule(
    "SCH112", "sch.no-post", _WARNING, "a row that is not a post",
    "A row of totals would count every post twice, and a repeated header is no post.",
    "Total,,412.6",
)  # fmt: skip
ROW = Rule(
    "SCH114", "sch.row", _ERROR, "a row that cannot be used",
    "A post without a title, or in the wrong columns, would be shown as what it is not; so it is in no total.",
    "a row with a cell too many", left_out=True,
)  # fmt: skip
TWO_COLUMNS = Rule(
    "SCH113", "sch.two-columns", _WARNING, "two columns that may hold the same",
    "Only one of the two can be read; the other may be the one that was meant.",
    "Post Title and Job Title",
)  # fmt: skip
PERSON = Rule(
    "SCH115", "sch.person", _WARNING, "one person of more than 1 FTE",
    "Nobody works more than the whole week: the column may hold hours, or the row stand for several people. The figure "
    "is taken as it stands, because the extract says so.",
    "Clerk, employee 77, FTE 37",
)  # fmt: skip
OVER_FILLED = Rule(
    "SCH116", "sch.over-filled", _WARNING, "more FTE in a post than it is established for",
    "Somebody on leave and whoever covers for them are both in post. Counted together, they can hide a vacancy in "
    "another post of the same line. The figures are taken as they stand, because the extract says so.",
    "post 0412 of 1 FTE with two people of 1 FTE",
)  # fmt: skip
REPEAT = Rule(
    "REF110", "ref.repeat", _WARNING, "a row that repeats another",
    "The same person in the same post, or the same post, would count twice.",
    "post 0412 with employee 77 on two rows",
)  # fmt: skip
NUMBER = Rule(
    "REF111", "ref.number", _WARNING, "a post number that stands for several posts",
    "Numbers join what an extract says of one post; where they do not, one of the rows is wrong.",
    "0412 a Clerk, and 0412 a Driver",
)  # fmt: skip
ORPHAN = Rule(
    "REF112", "ref.orphan", _WARNING, "a post that reports to one that is not there",
    "Its reporting line ends in nothing: the extract lacks a post, or the number is mistyped.",
    "reports to 77 where no post is 77",
)  # fmt: skip
LOOP = Rule(
    "REF113", "ref.loop", _WARNING, "posts that report to each other in a circle",
    "Nobody is above them, so no chart can show them; the line that closes the circle is left out.",
    "4 reports to 5, and 5 to 4",
)  # fmt: skip
TOP = Rule(
    "REF114", "ref.top", _WARNING, "an organogram with no top, or with several",
    "Its most senior post reports to XX, and there is one such post.",
    "two posts that report to XX",
)  # fmt: skip

NO_REFERENCE = Rule(
    "REF115", "ref.no-reference", _WARNING, "a senior post without a reference",
    "Nothing can be said to report to it, and the next snapshot cannot be matched with it.",
    "a blank Post Unique Reference",
)  # fmt: skip

RULES = (
    WORKBOOK, OPEN_QUOTE, CELL_CHARACTER, CELL, NO_COLUMN, NO_POST, TWO_COLUMNS, ROW, PERSON, OVER_FILLED, REPEAT,
    NUMBER, ORPHAN, LOOP, TOP, NO_REFERENCE,
)  # fmt: skip
