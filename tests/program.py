"""The program as `python -m generator` runs it, but by a process that has read its code already (`tests/forked.py`).

Reading the code takes longer than most commands do. Each run is a process of its own all the same, with its own
folder, environment, streams and exit status. What happens before the code is read (the seed of hashes, the encoding
of a terminal, a pipe that closes) needs a real start: `tests/test_cli.py` has those.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile

from tests.conftest import ROOT

Done = subprocess.CompletedProcess[str]
_LIMIT = 60  # seconds that a command may take


def run_program(*words: str, folder: Path = ROOT, environment: Mapping[str, str] = os.environ) -> Done:
    """Run one command; nothing is on its standard input.

    Args:
        words: The command and its words.
        folder: Where it runs.
        environment: All of its environment.
    """
    line = _line()
    with (
        TemporaryFile() as asked,
        Path(os.devnull).open("rb") as nothing,
        TemporaryFile() as out,
        TemporaryFile() as err,
    ):
        asked.write(json.dumps([str(folder), words, dict(environment)]).encode())
        asked.seek(0)
        socket.send_fds(line, [b"!"], [stream.fileno() for stream in (asked, nothing, out, err)])
        status = int(line.recv(16))
        said, talk = (_text_of(stream.fileno()) for stream in (out, err))
    return subprocess.CompletedProcess(words, status, said, talk)


def _text_of(stream: int) -> str:
    os.lseek(stream, 0, os.SEEK_SET)
    with open(stream, encoding="utf-8", closefd=False) as text:
        return text.read()


@cache
def _line() -> socket.socket:
    """The line to the process that has read the code; it ends with ours."""
    ours, theirs = socket.socketpair()
    ours.settimeout(_LIMIT)
    with theirs:
        words = [sys.executable, "-m", "tests.forked", str(theirs.fileno())]
        process = subprocess.Popen(words, cwd=ROOT, pass_fds=[theirs.fileno()])

    def end() -> None:
        ours.close()
        process.wait(_LIMIT)

    atexit.register(end)
    return ours
