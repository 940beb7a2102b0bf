"""The files of centres as they could be read last: what stands in for one that is being edited and has a mistake.

Centres that nobody looks at are not read, so it is the bytes that are kept, compressed: 1 KB or two for each record.
"""

import hashlib
import pickle
import shutil
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.reading.find import CentreFiles, SourceFile
from generator.words.problems import Problem


class LastGood:
    """The last good files; those that stand in for others are written into `folder`, named by their content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packed: dict[str, bytes] = {}
        shutil.rmtree(folder, ignore_errors=True)

    def note(self, files: CentreFiles, unread: Iterable[Problem] = ()) -> CentreFiles:
        """Note a centre's files as they are now; gives them, with the last good one in the place of each unread one.

        Args:
            files: The files.
            unread: What was found in reading them: a file of which something was found could not be read.
        """
        bad = {problem.place.file for problem in unread}
        bad |= {source.file for source in files.sources() if not source.is_there}
        last = self._last(files.id) if bad else {}
        now = {each.file: each.path.read_bytes() for each in files.sources() if each.file not in bad}
        stand_ins = {file: last[file] for file in bad if file in last}
        self.packed[files.id] = zlib.compress(pickle.dumps(now | stand_ins), 1)
        return _with(files, {file: self._written(data) for file, data in stand_ins.items()})

    def _last(self, centre: str) -> dict[str, bytes]:
        packed = self.packed.get(centre)
        return pickle.loads(zlib.decompress(packed)) if packed else {}  # noqa: S301 - our own, of this process

    def _written(self, data: bytes) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / hashlib.sha256(data).hexdigest()
        path.write_bytes(data)
        return str(path)


def _with(files: CentreFiles, places: dict[str, str]) -> CentreFiles:
    """The files, some of which lie elsewhere."""

    def lies(source: SourceFile) -> SourceFile:
        return replace(source, place=places.get(source.file, source.place))

    if not places:
        return files
    disclosures = (
        replace(
            each,
            meta=lies(each.meta),
            source=lies(each.source),
            records=tuple((number, lies(record)) for number, record in each.records),
        )
        for each in files.disclosures
    )
    return replace(files, meta=lies(files.meta), disclosures=tuple(disclosures))
