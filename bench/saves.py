"""Measures the preview: how long it takes to start, and from a save to the fresh page.

    python -m bench.saves FOLDER

starts `serve` on the project in FOLDER, which `python -m bench.records` may have written, five times changes the name
in one of its records, and prints the seconds until the record's page has the new name. The record is put back.
"""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median
from urllib.error import URLError

from generator.reading.find import find_content
from generator.reading.settings import read_settings
from generator.words.urls import record_id, record_url

SAVES = 5
_PAUSE = 0.01  # seconds between two looks at the page


def until(address: str, words: str) -> float:
    """The seconds until the page at an address has some words."""
    start = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own preview
                if words in answer.read().decode():
                    return time.monotonic() - start
        except (URLError, ConnectionError):
            pass
        time.sleep(_PAUSE)


def main(root: Path) -> None:
    settings = read_settings(root.absolute())
    files, _ = find_content(settings.root, settings.content)
    centre = files.centres[len(files.centres) // 2]
    document = centre.disclosures[-1]
    number, record = document.records[0]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = f"http://127.0.0.1:{port}/{record_url(record_id(document.id, number))}"
    text = record.path.read_text("utf-8")
    words = [sys.executable, "-m", "generator", "serve", "--root", str(settings.root), "--port", str(port)]
    start = time.monotonic()
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        until(page, "")
        print(f"start: {time.monotonic() - start:.2f} s", flush=True)
        until(page, "preview-told")
        found = []
        for count in range(SAVES):
            time.sleep(1)
            name = f"保存第{count}次的项目"
            record.path.write_text(text.replace(text.partition("\n")[0], f"name: {name}", 1), "utf-8")
            found.append(until(page, name))
            print(f"save: {found[-1]:.2f} s", flush=True)
        print(f"median of {SAVES} saves: {median(found):.2f} s")
    finally:
        record.path.write_text(text, "utf-8")
        process.send_signal(signal.SIGINT)
        process.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
