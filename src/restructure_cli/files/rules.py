"""The rules that a file must keep to be read at all: YAML (SYN), shape (SCH) and the files it names (REF1)."""

from restructure_cli.model.findings import Rule, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

UNREADABLE = Rule(
    "SYN101", "syn.unreadable", _ERROR, "the file cannot be read, or there is nothing to check",
    "A file that is missing or cannot be opened, or a folder with nothing to check, leaves its figures out of every "
    "total.",
    "restructure diff current.yaml no-such-file.yaml",
)  # fmt: skip
NOT_UTF8 = Rule(
    "SYN102", "syn.not-utf-8", _ERROR, "the file is not UTF-8 text",
    "Other encodings turn £ and – into other characters without saying so. The two files look alike here: the first is "
    "saved as Windows-1252, the second as UTF-8.",
    "a file saved by Excel as Windows-1252",
)  # fmt: skip
CONTROL_CHARACTER = Rule(
    "SYN103", "syn.control-character", _ERROR, "a control character stands in the text",
    "A NUL byte or an escape sequence is damage, or meant to deceive whoever reads the file in a terminal.",
    "title: Post\\0",
)  # fmt: skip
NOT_YAML = Rule(
    "SYN104", "syn.yaml", _ERROR, "the text is not well-formed YAML",
    "A parser that guessed what was meant would guess a figure.",
    "posts: {clerk: {title: Clerk",
)  # fmt: skip
DUPLICATE_KEY = Rule(
    "SYN105", "syn.duplicate-key", _ERROR, "a key stands twice in one mapping",
    "Most parsers keep the last and drop the first silently: a post would vanish from the total.",
    "fte: 2 … fte: 3 in one post",
)  # fmt: skip
TOO_LARGE = Rule(
    "SYN106", "syn.limits", _ERROR, "the file goes beyond what a structure can need",
    "Limits on size, depth and aliases keep a damaged or hostile file from using up the machine.",
    "an alias that stands for a million copies",
)  # fmt: skip
NOT_PLAIN = Rule(
    "SYN107", "syn.not-plain", _ERROR, "a feature of YAML that these files do not use",
    "Tags, several documents and keys that are not text make a file mean different things to different readers.",
    "fte: !!float 2",
)  # fmt: skip
EMPTY = Rule(
    "SYN108", "syn.empty", _ERROR, "the file is empty",
    "An empty file read as a structure without posts would show every post as deleted.",
    "a file of nothing but comments",
)  # fmt: skip
CUT_BY_COMMENT = Rule(
    "SYN109", "syn.cut-by-comment", _WARNING, "a # cuts a title short",
    "In YAML a # after a space begins a comment, so `Post #12` is read as `Post`.",
    "title: Post #12",
)  # fmt: skip
CUT_BY_ANCHOR = Rule(
    "SYN110", "syn.cut-by-anchor", _WARNING, "a & cuts a text short",
    "In YAML a & names what follows for use elsewhere, so `&Lead Officer` is read as `Officer`.",
    "title: &Lead Officer",
)  # fmt: skip
HEADER = Rule(
    "SCH101", "sch.header", _ERROR, "the header does not say what the file is",
    "The first key says what a file is, so that a misspelt file is refused instead of passed over.",
    "restucture: structure/1",
)  # fmt: skip
UNKNOWN_KEY = Rule(
    "SCH102", "sch.unknown-key", _ERROR, "a key that the format does not have",
    "A misspelt key would otherwise be a figure left out.",
    "filed: 3",
)  # fmt: skip
WRONG_VALUE = Rule(
    "SCH103", "sch.value", _ERROR, "a value that its key cannot hold",
    "A number that is not read exactly as it is written is a wrong total.",
    "fte: about 3",
)  # fmt: skip
MISSING_KEY = Rule(
    "SCH104", "sch.missing-key", _ERROR, "a key that the format needs is missing",
    "Without it the entry cannot be shown or counted.",
    "a post without a title",
)  # fmt: skip
CONTRADICTION = Rule(
    "SCH105", "sch.contradiction", _ERROR, "two keys that cannot both hold",
    "Where an entry says one thing twice, one of the two would be ignored.",
    "amount: £5,000 beside rate: £30",
)  # fmt: skip
BASED_ON = Rule(
    "REF101", "ref.based-on", _ERROR, "the structure that an overlay is based on cannot be used",
    "An overlay says only what differs; without its base there is no structure.",
    "based_on: curent.yaml",
)  # fmt: skip
DELETES_NOTHING = Rule(
    "REF102", "ref.deletes-nothing", _ERROR, "an overlay deletes what is not there",
    "A misspelt id would leave the post in the structure, and in the total.",
    "clerk-1: {deleted: true} where the base has clerk",
)  # fmt: skip

RULES = (
    UNREADABLE, NOT_UTF8, CONTROL_CHARACTER, NOT_YAML, DUPLICATE_KEY, TOO_LARGE, NOT_PLAIN, EMPTY, CUT_BY_COMMENT,
    CUT_BY_ANCHOR, HEADER, UNKNOWN_KEY, WRONG_VALUE, MISSING_KEY, CONTRADICTION, BASED_ON, DELETES_NOTHING,
)  # fmt: skip
