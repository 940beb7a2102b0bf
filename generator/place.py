"""Where a word stands: file, line, column."""

from dataclasses import dataclass
from functools import total_ordering


@total_ordering
@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file.

    `file` is the path below the project's root with `/` between its parts. `line` and `column`
    count characters from 1; `line` 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __lt__(self, other: "Place") -> bool:
        return (self.file, self.line, self.column) < (other.file, other.line, other.column)


def place_at(text: str, offset: int, file: str) -> Place:
    """The place of the character at `offset` of a file's `text`."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Place(file, text.count("\n", 0, offset) + 1, offset - line_start + 1)
