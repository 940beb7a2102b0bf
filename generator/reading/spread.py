"""Where the characters of a value stand in its file: a value may run over many lines."""

from bisect import bisect_right

from generator.reading.content import Origin
from generator.reading.validate import label
from generator.words.problems import Entry, Problem


class Spread:
    """The places inside the values of one file, for problems that lie within a text."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._values: dict[tuple[str | int, ...], _Value] = {}  # a value may hold many problems

    def problem(self, entry: Entry, path: tuple[str | int, ...], text: str, offset: int, /, **facts: str) -> Problem:
        """A problem at the character `offset` of the value `text`, which stands at `path`."""
        value = self._values.get(path)
        if value is None:
            value = self._values[path] = _Value(self._origin, path, text)
        place = self._origin.tree.place_at(value.in_file(offset))
        return Problem(entry, place, path, label(self._origin.model, path), facts)


class _Value:
    """The value's lines are sought in the file one behind the other.

    Of a folded or escaped value only the beginning is known.
    """

    def __init__(self, origin: Origin, path: tuple[str | int, ...], text: str) -> None:
        self.beginning = origin.tree.offset(path)
        self.starts: list[int] = []  # of each line, in the value
        self.shifts: list[int] = []  # from there to the file
        at, start = self.beginning, 0
        for line in text.split("\n"):
            found = origin.text.find(line.strip(), at)
            if found < 0:
                break
            self.starts.append(start)
            self.shifts.append(found - start - (len(line) - len(line.lstrip())))
            at, start = found + len(line.strip()), start + len(line) + 1
        self.end = start

    def in_file(self, offset: int) -> int:
        if offset >= self.end:
            return self.beginning
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]
