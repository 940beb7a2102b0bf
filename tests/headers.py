"""The headers of a table's cells as browsers and screen readers assign them.

Source: HTML Standard, 4.9.12.2 Forming relationships between data cells and header cells, for the explicit
scopes `col`, `row` and `rowgroup` and the attribute `headers`, which are all that our tables have.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from tests import dom


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its place in the grid, its size, and the number of the row group that it is in."""

    node: LexborNode
    x: int
    y: int
    width: int
    height: int
    group: int

    @property
    def scope(self) -> str:
        return (self.node.attributes.get("scope") or "") if self.node.tag == "th" else ""

    @property
    def words(self) -> str:
        return dom.text(self.node)


def cells_of(table: LexborNode) -> list[Cell]:
    """The cells of a table; rows that are hidden from readers are left out."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    y = 0
    for number, group in enumerate(table.css("thead, tbody, tfoot")):
        for row in group.css("tr"):
            if row.attributes.get("aria-hidden"):
                continue
            x = 0
            for node in row.iter():
                if node.tag not in ("th", "td"):
                    continue
                while (x, y) in taken:
                    x += 1
                width, height = (int(node.attributes.get(key) or 1) for key in ("colspan", "rowspan"))
                cells.append(Cell(node, x, y, width, height, number))
                taken |= {(x + right, y + down) for right in range(width) for down in range(height)}
            y += 1
    return cells


def headers_of(cell: Cell, cells: list[Cell]) -> list[str]:
    """The headers of a data cell, those of its row before those of its column."""
    named = (cell.node.attributes.get("headers") or "").split()
    if named:
        by_id = {other.node.attributes.get("id"): other.words for other in cells}
        return [by_id[name] for name in named]
    return [other.words for other in (*_of_group(cell, cells), *_of_row(cell, cells), *_of_column(cell, cells))]


def _of_group(cell: Cell, cells: list[Cell]) -> Iterator[Cell]:
    for other in cells:
        if other.scope == "rowgroup" and other.group == cell.group and other.x < cell.x and other.y <= cell.y:
            yield other


def _of_row(cell: Cell, cells: list[Cell]) -> Iterator[Cell]:
    for other in cells:
        if (
            other.scope == "row"
            and other.x < cell.x
            and other.y < cell.y + cell.height
            and cell.y < other.y + other.height
        ):
            yield other


def _of_column(cell: Cell, cells: list[Cell]) -> Iterator[Cell]:
    for other in cells:
        if (
            other.scope == "col"
            and other.y < cell.y
            and other.x < cell.x + cell.width
            and cell.x < other.x + other.width
        ):
            yield other
