"""What a table of the open data is: its columns, each with its words and where its value comes from.

One definition serves every format: headings and cells of CSV and XLSX, the columns of the database, the
schemas of the data package, the page that explains them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, TypeVar, get_args

from generator.figures.amounts import YUAN_PER, Amount, Figure, MoneyUnit
from generator.figures.targets import Comparison, Target
from generator.reading.content import Centre, Disclosure

S = TypeVar("S")
Value = str | int | Decimal | None
Row = tuple[Value, ...]
Type = Literal["string", "integer", "number", "date"]


@dataclass(frozen=True, slots=True)
class Share:
    """A centre and some of its documents: what rows are made of. `base` goes before the site's URLs."""

    centre: Centre
    disclosures: tuple[Disclosure, ...]
    base: str


@dataclass(frozen=True, slots=True)
class Column(Generic[S]):
    """One column: its key for programs, its heading, what it means, and its value for a subject of the table.

    Every cell of a `required` column has a value; the values of a column with `choices` are among them.
    """

    key: str
    title: str
    description: str
    value: Callable[[S], Value]
    type: Type = "string"
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table(Generic[S]):
    """A table: its subjects, one a row, and its columns.

    `identity` are the keys of the columns that tell the rows apart, `refers` the columns that name a row
    of another table, by that table's key.
    """

    key: str
    title: str
    description: str
    subjects: Callable[[Share], Iterable[S]]
    columns: tuple[Column[S], ...]
    identity: tuple[str, ...]
    refers: tuple[tuple[str, str], ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)

    def rows(self, share: Share) -> Iterator[Row]:
        """A row for each subject, in the site's order."""
        values = [column.value for column in self.columns]
        for subject in self.subjects(share):
            yield tuple([value(subject) for value in values])


def _part(of: Callable[[S], Amount | Figure | Target | None], part: str) -> Callable[[S], Value]:
    """An attribute of what a subject has; None where it has none."""
    return lambda subject: getattr(of(subject), part, None)


def money_unit(unit: Callable[[S], MoneyUnit]) -> Column[S]:
    """The unit of all printed amounts of a row."""
    return Column("unit", "金额单位", "原表的金额以什么为单位", unit, required=True, choices=tuple(YUAN_PER))


def printed_amount(
    key: str, title: str, amount: Callable[[S], Amount | None], unit: Callable[[S], MoneyUnit], *, required: bool
) -> tuple[Column[S], ...]:
    """An amount as printed, and in yuan."""

    def yuan(subject: S) -> Value:
        found = amount(subject)
        return found.in_yuan(unit(subject)) if found else None

    words = _part(amount, "printed")
    return (
        Column(key, title, "原表所印的数，单位见“金额单位”", words, required=required),
        Column(f"{key}_yuan", f"{title}（元）", "换算成元的数", yuan, "number", "元", required=required),
    )


def printed_figure(key: str, title: str, figure: Callable[[S], Figure | None], unit: str) -> tuple[Column[S], ...]:
    """A figure as printed, and its number; `-` has none."""
    words, number = _part(figure, "printed"), _part(figure, "number")
    return (
        Column(key, title, "原表所印的文字；“-”表示原表没有给出数", words),
        Column(f"{key}_number", f"{title}（数值）", "数值；原表没有给出数的为空", number, "number", unit),
    )


def printed_target(key: str, title: str, target: Callable[[S], Target | None]) -> tuple[Column[S], ...]:
    """A target as printed, and its comparison, number and unit where it is a quantity."""
    words, comparison = _part(target, "printed"), _part(target, "comparison")
    number, unit = _part(target, "value"), _part(target, "unit")
    signs = get_args(Comparison)
    return (
        Column(key, title, "原表所印的文字", words),
        Column(f"{key}_comparison", f"{title}（比较）", "比较符号；没有或是文字描述的为空", comparison, choices=signs),
        Column(f"{key}_number", f"{title}（数值）", "数值；文字描述的为空", number, "number"),
        Column(f"{key}_unit", f"{title}（单位）", "计量单位，照原表；没有的为空", unit),
    )
