"""How many records there are to work on, and a bar of those that are done."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from tqdm import tqdm

from generator.reading.find import CentreFiles

T = TypeVar("T")


def records_in(centres: Iterable[CentreFiles]) -> int:
    """How many records some centres have."""
    return sum(len(each.records) for files in centres for each in files.disclosures)


def progress(steps: Iterable[T], what: str, centres: Sequence[CentreFiles]) -> Iterator[T]:
    """A step for each centre; on a terminal a bar of the records, with the rate and the time left."""
    with tqdm(desc=what, total=records_in(centres), unit="张", disable=None, leave=False, delay=1) as bar:
        for step, files in zip(steps, centres, strict=True):
            yield step
            bar.update(records_in([files]))
