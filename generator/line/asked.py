"""Things that are there when they are asked for: a sequence that holds only how to get each."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Asked(Sequence[T], Generic[T]):
    """Things by name, in order; each is got anew each time, and forgotten."""

    def __init__(self, names: Sequence[str], get: Callable[[str], T]) -> None:
        self.names = names
        self.get = get

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Asked(self.names[place], self.get)
        return self.get(self.names[place])
