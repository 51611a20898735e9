"""Things joined two by two, and the connected groups that they make."""

from collections.abc import Hashable
from typing import Generic, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Connected(Generic[Node]):
    """Connected groups (union-find): each thing leads to another of its group, up to the one that stands for it."""

    def __init__(self) -> None:
        self._above: dict[Node, Node] = {}

    def add(self, node: Node) -> None:
        """Take a thing in; until it is joined with another it is a group by itself."""
        self._above.setdefault(node, node)

    def join(self, first: Node, second: Node) -> None:
        """Make one group of the groups of two things."""
        self.add(first)
        self.add(second)
        self._above[self.find(first)] = self.find(second)

    def find(self, node: Node) -> Node:
        """Return the thing that stands for the group."""
        while self._above[node] != node:
            self._above[node] = self._above[self._above[node]]
            node = self._above[node]
        return node

    def members(self) -> dict[Node, list[Node]]:
        """Return the members of each group, under the thing that stands for it."""
        groups: dict[Node, list[Node]] = {}
        for node in self._above:
            groups.setdefault(self.find(node), []).append(node)
        return groups
