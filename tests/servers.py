"""Real web servers under the configurations of docs/serving, their names and folders set as an operator would."""

import json
import os
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from tests.conftest import ROOT
from tests.test_serve import free_port

SERVING = ROOT / "docs" / "serving"


@dataclass(frozen=True)
class Answer:
    """What a server sent, as it came over the wire."""

    status: int
    headers: "Message[str, str]"
    body: bytes


def get(url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    request = urllib.request.Request(url, headers=dict(headers or {}), method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


def _with(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def nginx_words(folder: Path, port: int, root: Path, prefix: str) -> list[str]:
    changes = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "root /srv/disclosure/current;": f"root {root};",
        "=404 /404.html;": f"=404 {prefix}404.html;",
        "location = /404.html": f"location = {prefix}404.html",
    }
    (folder / "site.conf").write_text(_with((SERVING / "nginx.conf").read_text("utf-8"), changes), "utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{'user root; ' if os.geteuid() == 0 else ''}daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ }}\nhttp {{ access_log off; {temporary} include {folder}/site.conf; }}\n",
        "utf-8",
    )
    return ["nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def caddy_words(folder: Path, port: int, root: Path, prefix: str) -> list[str]:
    changes = {
        "disclosure.example.org {": f"http://127.0.0.1:{port} {{",
        "root * /srv/disclosure/current": f"root * {root}",
        "rewrite * /404.html": f"rewrite * {prefix}404.html",
    }
    own = "{\n\tadmin off\n}\n"
    (folder / "Caddyfile").write_text(own + _with((SERVING / "Caddyfile").read_text("utf-8"), changes), "utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]


WORDS: dict[str, Callable[[Path, int, Path, str], list[str]]] = {"nginx": nginx_words, "caddy": caddy_words}


@contextmanager
def server(program: str, folder: Path, root: Path, prefix: str = "/") -> Iterator[str]:
    """Run a server over `root`; gives its address with the prefix under which the site stands.

    Args:
        program: `nginx` or `caddy`.
        folder: Where it may write.
        root: The folder that it serves.
        prefix: Where in it the site stands: `/` or `/open/`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    words = WORDS[program](folder, port, root, prefix)
    own = {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with (folder / "said.txt").open("wb") as said:
        running = subprocess.Popen(words, env=os.environ | own, stdout=said, stderr=said)
    address = f"http://127.0.0.1:{port}{prefix}"
    try:
        deadline = time.monotonic() + 30
        while not _answers(address):
            told = json.dumps((folder / "said.txt").read_text("utf-8"), ensure_ascii=False)
            assert running.poll() is None, told
            assert time.monotonic() < deadline, told
            time.sleep(0.05)
        yield address
    finally:
        running.terminate()
        running.wait(timeout=20)


def _answers(address: str) -> bool:
    try:
        return get(address).status > 0
    except urllib.error.URLError:
        return False
