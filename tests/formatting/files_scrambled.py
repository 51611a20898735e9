"""Files as people might write them: the same entries in any order and layout, with comments that say what they are by.

Every comment is different and names what it belongs to: `above KEY` stands on the line over a key, `beside KEY` at the
end of its line.
"""

from typing import Any

from hypothesis import strategies as st

Tree = Any
"""Text, None, or lists and mappings of such."""


class Scrambler:
    """Writes a tree in a layout that hypothesis draws."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments = 0

    def file(self, tree: dict[str, Tree]) -> str:
        """Write a file; the header stays first, as it must."""
        header = {"restructure": tree["restructure"]}
        rest = {key: value for key, value in tree.items() if key != "restructure"}
        lines = [*self._mapping(header, 0), *self._mapping(self._shuffled(rest), 0)]
        return "\n".join(lines) + self.draw(st.sampled_from(("\n", "\n\n\n")))

    def _shuffled(self, tree: dict[str, Tree]) -> dict[str, Tree]:
        return dict(self.draw(st.permutations(list(tree.items()))))

    def _sometimes(self, one_in: int = 6) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def _comment(self, what: str) -> str:
        self.comments += 1
        return f"# {self.comments} {what}"

    def _above(self, key: str, column: int) -> list[str]:
        lines = [""] * self.draw(st.sampled_from((0, 0, 0, 1, 3)))
        if self._sometimes():
            lines.append(f"{' ' * column}{self._comment(f'above {key}')}")
        return lines

    def _beside(self, key: str) -> str:
        if not self._sometimes():
            return ""
        return " " * self.draw(st.integers(1, 4)) + self._comment(f"beside {key}")

    def _mapping(self, tree: dict[str, Tree], column: int) -> list[str]:
        lines: list[str] = []
        for key, value in tree.items():
            lines += self._above(key, column)
            lines += self._entry(f"{' ' * column}{key}:", key, value, column)
        return lines

    def _entry(self, start: str, key: str, value: Tree, column: int) -> list[str]:
        deeper = column + self.draw(st.integers(1, 4))
        if isinstance(value, dict) and value and not (self._fits(value) and self._sometimes(2)):
            return [f"{start}{self._beside(key)}", *self._mapping(self._maybe_shuffled(key, value), deeper)]
        if isinstance(value, list) and value and not (self._fits(value) and self._sometimes(2)):
            at = column + self.draw(st.sampled_from((0, 2, 4)))
            return [f"{start}{self._beside(key)}", *(line for item in value for line in self._item(item, at))]
        if isinstance(value, str) and len(value.split()) > 2:
            return self._text(start, key, value, deeper)
        written = self._inline(value)
        gap = " " * self.draw(st.sampled_from((1, 1, 3))) if written else ""
        return [f"{start}{gap}{written}{self._beside(key)}"]

    def _item(self, item: Tree, column: int) -> list[str]:
        if isinstance(item, dict) and item and self._sometimes(2):
            first, *more = self._mapping(item, column + 2)
            while not first.strip() or first.lstrip().startswith("#"):
                first, *more = more
            return [f"{' ' * column}- {first.lstrip()}", *more]
        return [f"{' ' * column}- {self._inline(item)}"]

    def _maybe_shuffled(self, key: str, tree: dict[str, Tree]) -> dict[str, Tree]:
        ids = key in ("teams", "posts", "costs", "needs", "sources", "claims", "grades", "away", "funding")
        return tree if ids else self._shuffled(tree)

    def _fits(self, value: Tree) -> bool:
        return len(str(value)) < 80

    def _text(self, start: str, key: str, value: str, column: int) -> list[str]:
        """Write text of several words in one of YAML's ways."""
        words = value.split()
        half = len(words) // 2
        first, second = " ".join(words[:half]), " ".join(words[half:])
        way = self.draw(st.integers(0, 4))
        if way == 0:
            header = self.draw(st.sampled_from((">", ">-", "|-")))
            return [f"{start} {header}{self._beside(key)}", f"{' ' * column}{first}", f"{' ' * column}{second}"]
        if way == 1:
            return [f'{start} "{first}', f'{" " * column}{second}"{self._beside(key)}']
        if way == 2:
            return [f"{start} '{first}", f"{' ' * column}{second}'{self._beside(key)}"]
        if way == 3:
            return [f"{start}{self._beside(key)}", f'{" " * column}"{value}"']
        return [f'{start} "{value}"{self._beside(key)}']

    def _inline(self, value: Tree) -> str:
        if value is None:
            return ""
        if isinstance(value, dict):
            gap = self.draw(st.sampled_from(("", " ")))
            pairs = [f"{key}: {self._inline(inner)}" for key, inner in self._shuffled(value).items()]
            return f"{{{gap}{', '.join(pairs)}{gap}}}" if pairs else "{}"
        if isinstance(value, list):
            return f"[{self.draw(st.sampled_from((', ', ',  '))).join(self._inline(item) for item in value)}]"
        plain = value and value.replace(" ", "").replace("-", "").replace(".", "").isalnum() and value[0] != "-"
        return value if plain and self._sometimes(2) else self._quoted(value)

    def _quoted(self, value: str) -> str:
        return self.draw(st.sampled_from((f'"{value}"', f"'{value}'")))


@st.composite
def scrambled(draw: st.DrawFn, trees: st.SearchStrategy[dict[str, Tree]]) -> str:
    """Make a file of a tree."""
    return Scrambler(draw).file(draw(trees))
