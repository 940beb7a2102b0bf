"""A destination on another machine, over ssh. What runs there is `far.sh`, and rsync."""

import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from os import environ
from pathlib import Path

from generator.publication.destination import RELEASE, Look
from generator.publication.turns import busy
from generator.words.problems import BusyStop, PublishStop, Stop, visible

_SCRIPT = Path(__file__).with_name("far.sh")
# The variable that rsync itself reads: another program, or ssh with words of one's own.
_SHELL = "RSYNC_RSH"
# Never asks, never hangs: a dead connection is known within a minute.
_OPTIONS = ("-oBatchMode=yes", "-oConnectTimeout=15", "-oServerAliveInterval=15", "-oServerAliveCountMax=3")
_LISTED = re.compile(r"(.)\S* +([0-9,]+) \S+ \S+ (.+)")
_FAILED = re.compile(r"(.+): FAILED(?: open or read)?")
_BUSY, _NO_FILE = 75, 66


class Far:
    """See `destination.Destination`."""

    def __init__(self, host: str, path: str) -> None:
        self.host = host
        self.path = path
        self._turn = "-"
        self._line: str | None = None

    @contextmanager
    def alone(self, who: str) -> Iterator[None]:
        pipe = subprocess.PIPE
        with (
            tempfile.TemporaryDirectory(prefix="far-") as folder,
            self._sharing(f"{folder}/line"),
            subprocess.Popen(
                self._command("hold", who, share="yes"), stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0
            ) as holder,
        ):
            said = holder.stdout.readline().decode() if holder.stdout else ""
            if not said.strip().isdigit():
                rest, error = holder.communicate()
                raise self._refused(holder.returncode, said + rest.decode(), error)
            self._turn = said.strip()
            try:
                yield
            finally:
                self._turn = "-"
                holder.communicate()  # the far side gives the turn back when nobody speaks any more

    @contextmanager
    def _sharing(self, line: str) -> Iterator[None]:
        """All that is said goes over one connection, that of the turn: a handshake costs more than most operations."""
        self._line = line
        try:
            yield
        finally:
            self._line = None

    def _refused(self, status: int, said: str, error: bytes) -> Stop:
        if status == _BUSY:
            return BusyStop(busy(said))
        return self._failed("hold", error)

    def look(self) -> Look:
        facts: dict[str, list[str]] = {"now": [], "free": [], "current": [], "entry": [], "live": []}
        for line in self._run("look").decode().splitlines():
            key, _, value = line.partition(" ")
            facts[key].append(value)
        whole = tuple(sorted(name for name in facts["entry"] if RELEASE.fullmatch(name)))
        target = facts["current"][0].split("/") if facts["current"] else []
        free, files = facts["free"][0].split()
        return Look(
            current=target[1] if target[1:2] and target[1] in whole else None,
            releases=whole,
            live=frozenset(facts["live"]),
            unfinished=tuple(sorted(name for name in facts["entry"] if name.startswith("."))),
            free=int(free),
            free_files=int(files) if files.isdigit() and files != "0" else 1 << 40,  # some file systems do not count
            # What is received has the far side's time, and some of it may be of this very second. A release begins
            # behind it: a changed page of the same size has to get another ETag, which servers make of time and size.
            now=int(facts["now"][0]) + 1,
        )

    def read(self, path: str) -> bytes | None:
        done = self._done("read", path)
        if done.returncode == _NO_FILE:
            return None
        if done.returncode:
            raise self._failed("read", done.stderr)
        return done.stdout

    def listing(self, folder: str) -> dict[str, int | None]:
        listed = self._rsync("-r", "--links", "--list-only", "--no-h", self._there(f"{folder}/"))
        found: dict[str, int | None] = {}
        for line in listed.decode().splitlines():
            match = _LISTED.fullmatch(line)
            if match and match[1] != "d":
                name = match[3].partition(" -> ")[0] if match[1] == "l" else match[3]
                found[name] = int(match[2].replace(",", "")) if match[1] == "-" else None
        return found

    def differing(self, folder: str, sums: Mapping[str, str]) -> set[str]:
        asked = "".join(f"{sha256}  {name}\n" for name, sha256 in sums.items()).encode()
        said = self._run("differing", folder, data=asked).decode().splitlines() if sums else []
        return {match[1] for line in said if (match := _FAILED.fullmatch(line))}

    def fetch(self, folder: str, names: Iterable[str], into: Path) -> None:
        self._rsync("-r", "--files-from=-", self._there(f"{folder}/"), f"{into}/", data=_lines(names))

    def stage(self, source: Path, names: Iterable[str], folder: str, like: str | None, at: int) -> None:
        self._run("folder", folder)
        self._run("wait", str(at))
        link = [f"--link-dest={self.path}/{like}"] if like else []
        words = ("-r", "-p", "--chmod=D755,F644", "--checksum", "--files-from=-", *link)
        self._rsync(*words, f"{source}/", self._there(f"{folder}/"), data=_lines(names))

    def copy(self, source: str, names: Iterable[str], folder: str, like: str | None, at: int) -> None:
        self._run("wait", str(at))
        self._run("copy", source, folder, like or source, data=_lines(names))

    def write(self, path: str, data: bytes) -> None:
        self._run("write", path, data=data)

    def move(self, old: str, new: str) -> None:
        self._run("move", old, new)

    def remove(self, path: str) -> None:
        self._run("remove", path)

    def point(self, release: str) -> None:
        self._run("point", release)

    def flush(self, path: str) -> None:
        self._run("flush", path)

    def _ssh(self, share: str = "no") -> list[str]:
        shared = [f"-oControlPath={self._line}", f"-oControlMaster={share}"] if self._line else []
        return [*shlex.split(environ.get(_SHELL, "ssh")), *_OPTIONS, *shared]

    def _there(self, path: str) -> str:
        return f"{self.host}:{self.path}/{path}"

    def _command(self, operation: str, *words: str, share: str = "no") -> list[str]:
        far = shlex.join(["sh", "-c", _SCRIPT.read_text("utf-8"), "far", self.path, self._turn, operation, *words])
        return [*self._ssh(share), "--", self.host, far]

    def _done(self, operation: str, *words: str, data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(self._command(operation, *words), input=data, capture_output=True, check=False)

    def _run(self, operation: str, *words: str, data: bytes = b"") -> bytes:
        done = self._done(operation, *words, data=data)
        if done.returncode:
            raise self._failed(operation, done.stderr)
        return done.stdout

    def _rsync(self, *words: str, data: bytes = b"") -> bytes:
        command = ["rsync", "--secluded-args", "-e", shlex.join(self._ssh()), *words]
        try:
            done = subprocess.run(command, input=data, capture_output=True, check=False)
        except FileNotFoundError:
            raise PublishStop("发布到别的机器要用 rsync，先安装它。（rsync is missing）") from None
        if done.returncode:
            raise self._failed("rsync", done.stderr)
        return done.stdout

    def _failed(self, operation: str, error: bytes) -> PublishStop:
        said = "\n".join(visible(line) for line in error.decode(errors="replace").strip().splitlines()[-5:])
        return PublishStop(
            f"{visible(self.host)} 那边没有做成（{operation}）：{said or '连接断了 (the connection broke)'}"
        )


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()
