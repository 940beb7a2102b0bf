"""The preview follows the records; a broken one keeps the last good page."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def fetched(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def wait_for(what: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.2)
    return False


def test_serve_shows_a_saved_record_and_survives_a_broken_one(project: Path) -> None:
    port = free_port()
    page = f"http://127.0.0.1:{port}/sspec/2026/targets/02/"
    record = project / "content/sspec/2026/targets/02.yml"
    good = record.read_text("utf-8")
    words = [sys.executable, "-m", "generator", "serve", "--root", str(project), "--port", str(port)]
    talk = project / "talk.txt"
    with talk.open("wb") as stderr:
        preview = subprocess.Popen(words, cwd=ROOT, stderr=stderr, start_new_session=True)
    try:
        assert wait_for(lambda: "国际科技人文交流与合作" in fetched(page)), talk.read_text("utf-8")
        record.write_text(good.replace("特定目标类", "改过的类别"), "utf-8")
        assert wait_for(lambda: "改过的类别" in fetched(page))
        record.write_text(good.replace('total: "400,000.00"', 'total: "400,001.00"'), "utf-8")
        assert wait_for(lambda: "预览保留上一次正确的页面" in talk.read_text("utf-8"))
        assert "funding-sum" in talk.read_text("utf-8")
        assert wait_for(lambda: "改过的类别" in fetched(page))
        record.write_text(good, "utf-8")
        assert wait_for(lambda: "特定目标类" in fetched(page))
    finally:
        os.killpg(preview.pid, signal.SIGINT)
        preview.wait(timeout=20)
