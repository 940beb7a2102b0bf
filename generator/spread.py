"""Where the characters of a value stand in the text of its file."""

from bisect import bisect_right

from generator.tree import Word


class Spread:
    """Where the characters of a value stand in its file.

    The value's lines are sought in the file one behind the other; of a folded or escaped one only the
    beginning of the value is known.
    """

    def __init__(self, file: str, word: Word) -> None:
        self.beginning = word.offset
        self.starts: list[int] = []  # of each line, in the value
        self.shifts: list[int] = []  # from there to the file
        at, start = word.offset, 0
        for line in word.text.split("\n"):
            found = file.find(line.strip(), at)
            if found < 0:
                break
            self.starts.append(start)
            self.shifts.append(found - start - (len(line) - len(line.lstrip())))
            at, start = found + len(line.strip()), start + len(line) + 1
        self.end = start

    def offset(self, offset: int) -> int:
        if offset >= self.end:
            return self.beginning
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]
