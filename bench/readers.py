"""Readers who fetch through a web server all the while releases are swapped: does one ever get nothing, or two at once?

    python -m bench.readers http://127.0.0.1:8080 DESTINATION [REQUESTS] [SWAPS]

The server serves DESTINATION/current, which the program fills with small sites. A reader takes a page, packed or not,
and at once the script that the page asks for by its name. Every answer must be, byte for byte, a file of one release,
and the script that of its page. A page whose script is asked for after two more swaps is counted apart: only the set
of the last release is kept.
"""

import gzip
import http.client
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from bench.small_sites import PAGES, page_of, published, rolled_back, script_of, small_site

_READERS = 4
_SITES = 6
_PAUSE, _AHEAD = 0.2, 50  # seconds


@dataclass
class Told:
    """What readers met: requests, those that failed or were of two releases, those that came too late to count."""

    requests: int = 0
    swaps: int = 0
    late: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, requests: int, late: int, faults: list[str]) -> None:
        with self.lock:
            self.requests += requests
            self.late += late
            self.faults += faults


_KNOWN = {page_of(number, page): number for number in range(_SITES) for page in range(PAGES)}


def _read(address: str, told: Told, done: threading.Event, first: int) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    turn = first
    while not done.is_set():
        turn += 1
        path, packed = f"/p{turn % PAGES}/", turn % 3 == 0
        swaps = told.swaps
        try:
            page = _get(connection, path, packed=packed)
            number = _KNOWN.get(page)
            if number is None:
                told.add(1, 0, [f"{path}: not a page of one release: {page[:80]!r}"])
                continue
            name, expected = script_of(number)
            script = _get(connection, f"/{name}", packed=False)
        except (OSError, http.client.HTTPException) as error:
            late = told.swaps - swaps > 1
            told.add(2, int(late), [] if late else [f"{path}: {error}"])
            connection.close()
            continue
        told.add(2, 0, [] if script == expected else [f"{name}: not the script of its page"])
    connection.close()


def _get(connection: http.client.HTTPConnection, path: str, *, packed: bool) -> bytes:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"} if packed else {})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise OSError(f"{answer.status} for {path}")
    return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


def read_all_the_while(address: str, destination: Path, work: Path, requests: int, swaps: int) -> Told:
    """Publish and roll back until readers have asked often enough.

    Args:
        address: Where a server serves `destination/current`, without a slash at the end.
        destination: The destination; something is published there.
        work: An empty folder for the sites.
        requests: The least number of requests.
        swaps: The least number of swaps.
    """
    sites = [small_site(work / str(number), number) for number in range(_SITES)]
    told, done = Told(), threading.Event()
    readers = [threading.Thread(target=_read, args=(address, told, done, each)) for each in range(_READERS)]
    for reader in readers:
        reader.start()
    try:
        while told.requests < requests or told.swaps < swaps:
            if told.swaps % 3 == 2:
                release = rolled_back(destination, keep=3)
            else:
                release = published(sites[(told.swaps * 5 + 1) % _SITES], destination, keep=3)
            told.swaps += 1
            # each release takes a second of its own: too far ahead of the clock, the next one would be refused
            ahead = datetime.fromisoformat(release.at).timestamp() - time.time()
            time.sleep(max(_PAUSE, ahead - _AHEAD))
    finally:
        done.set()
        for reader in readers:
            reader.join()
    return told


def main(words: list[str]) -> int:
    """Read; the exit status is 1 when a request failed."""
    address, destination = words[0].rstrip("/"), Path(words[1])
    requests, swaps = int(words[2]) if words[2:] else 20_000, int(words[3]) if words[3:] else 50
    told = read_all_the_while(address, destination, destination / ".sites", requests, swaps)
    print(f"{told.requests} requests, {told.swaps} swaps, {len(told.faults)} failed or mixed, {told.late} too late")
    print("".join(f"  {fault}\n" for fault in told.faults[:20]), end="")
    return int(bool(told.faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
