"""Things that are there when they are asked for: a sequence that holds only how to get each."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class Asked(Sequence[T]):
    """Things by name, in order, one at a time; each is got anew each time, and forgotten."""

    def __init__(self, names: Sequence[str], get: Callable[[str], T]) -> None:
        self.names = names
        self.get = get

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, place: Any) -> Any:
        return self.get(self.names[place])
