"""The last sheet: the files with their SHA-256, the documents, and where every rate that is used stands."""

from restructure_cli.model.derivations import Derivation
from restructure_cli.render.workbook.contents import Contents
from restructure_cli.render.workbook.pay import Pay, leaves, where
from restructure_cli.render.workbook.sheets import Book, Column, Look

_COLUMNS = (Column("What", width=54), Column("Where it stands", width=90), Column("How it is known", width=14),
            Column("Because", width=60))  # fmt: skip


def sources(book: Book, contents: Contents, pay: Pay | None) -> None:
    """Write the sheet of sources."""
    sheet = book.sheet("Sources", "Sources", _COLUMNS)

    def line(*words: str, look: Look = Look.PLAIN) -> None:
        for column, text in enumerate(words):
            sheet.text(sheet.row, column, text, look)
        sheet.row += 1

    for structure in contents.structures:
        line(structure.title, "; ".join(part for part in (structure.document or "", structure.path) if part))
    for path, digest in sorted(contents.inputs.items()):
        line(path, f"SHA-256 {digest}")
    for figure in _rates(pay) if pay is not None else ():
        line(figure.name, where(figure), figure.basis.value, figure.because or "")


def _rates(pay: Pay) -> list[Derivation]:
    """Return every stated figure that the rates and awards of the years rest on, points left to their own sheet."""
    found: dict[Derivation, None] = {}
    for own in pay.of.values():
        rates = [own.insurance.rate, own.insurance.threshold] if own.insurance is not None else []
        every = [*rates, own.levy, own.pension, *own.flat.values(), own.vacancy_factor, *own.awards]
        for figure in every:
            found |= dict.fromkeys(leaves(figure) if figure is not None else ())
        pays = list(own.points.values())
        found |= dict.fromkeys(leaf for pay_ in pays[:1] for leaf in leaves(pay_))
    return list(found)
