"""Reads the program's code once, and forks into the program for every request of `tests/program.py`."""

import json
import os
import socket
import sys

from generator.cli import main

_STREAMS = 4  # the request, and the standard streams


def become_what_is_asked(line: socket.socket) -> list[str]:
    """Fork at every request; returns in each forked process, which is as was asked for, the words of its command."""
    while True:
        said, streams, _, _ = socket.recv_fds(line, 1, _STREAMS)
        if not said:
            sys.exit()
        child = os.fork()
        if child == 0:
            line.close()
            with os.fdopen(streams[0], "rb") as asked:
                folder, words, environment = json.loads(asked.read())
            for place, stream in enumerate(streams[1:]):
                os.dup2(stream, place)
                os.close(stream)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            return list(words)
        for stream in streams:
            os.close(stream)
        line.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


if __name__ == "__main__":
    sys.exit(main(become_what_is_asked(socket.socket(fileno=int(sys.argv[1])))))
