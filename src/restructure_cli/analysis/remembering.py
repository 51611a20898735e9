"""What several rules and claims ask of the same files, worked out for the first of them only.

A result is kept under the very values that it was worked out from, which nobody changes once they are made. Only the
last few results are kept: a check of many folders goes from one to the next.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Result = TypeVar("Result")
_MOST = 8


class Remembered(Generic[Result]):
    """The last few results of one function."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[tuple[object, ...], Result]] = {}

    def of(self, given: tuple[object, ...], work: Callable[[], Result], *told: Hashable) -> Result:
        """Return the result for these very objects (`given`) and equal values (`told`); `work` makes it once."""
        key = (*map(id, given), *told)
        if key not in self._kept:
            result = work()
            while len(self._kept) >= _MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = (given, result)  # the values are kept as well, so that their ids stay theirs
        return self._kept[key][1]
