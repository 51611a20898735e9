"""Writes structure charts as Mermaid flowcharts, for wikis and pages that draw them.

Every mark that Mermaid, or HTML in it, could take for more than a letter is written as its number.
"""

import re

from restructure_cli.model.report import Legend, Report, Tree, TreeLine
from restructure_cli.render.legend import COLOURS
from restructure_cli.render.printable import printable

_SAFE = re.compile(r"[^\w .,'+–—−£→()-]|_")


def render_mermaid(report: Report) -> str:
    """Write the structure charts of a report as one flowchart, each in a frame of its own."""
    lines = ["flowchart LR"]
    for number, section in enumerate(report.sections):
        for tree in section.trees:
            lines += _tree(tree, section.title, f"s{number}")
    lines += [
        f"classDef {_class(legend)} fill:#ffffff,stroke:{colour},color:{colour},stroke-width:2px"
        for legend, colour in COLOURS.items()
    ]
    return "\n".join(lines) + "\n"


def _tree(tree: Tree, title: str, name: str) -> list[str]:
    lines = [f'subgraph {name}["{_inert(title)}"]']
    above: list[str] = []
    for number, line in enumerate(tree.lines):
        node = f"{name}n{number}"
        del above[line.depth :]
        ends = ("[", "]") if line.is_team else ("(", ")")
        lines.append(f'{node}{ends[0]}"{_label(line)}"{ends[1]}')
        if above:
            lines.append(f"{above[-1]} --- {node}")
        if line.legend is not None:
            lines.append(f"class {node} {_class(line.legend)}")
        above.append(node)
    return [*lines, "end"]


def _label(line: TreeLine) -> str:
    told = [_inert(line.title), _inert(line.words) if line.words else ""]
    told.append(f"({line.legend.value})" if line.legend is not None else "")
    return "<br/>".join(part for part in told if part)


def _class(legend: Legend) -> str:
    return legend.value.replace(" ", "")


def _inert(text: str) -> str:
    return _SAFE.sub(lambda found: f"#{ord(found.group())};", printable(text)) or "#32;"
