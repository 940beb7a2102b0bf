"""What Lighthouse says of the built site: performance, accessibility, best practices, SEO, on a desktop and on a phone.

Advice, no test: the figures of performance depend on the machine. `python -m bench.lighthouse` installs what
bench/node/package-lock.json names below build/, and serves build/site compressed, as a server does. Each figure is
the middle of several runs.
"""

import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from statistics import median

from bench.install import install_node

ROOT = Path(__file__).parent.parent
LOCKED = Path(__file__).parent / "node"
FOLDER = ROOT / "build" / "lighthouse"
SITE = ROOT / "build" / "site"
PAGES = ("", "sstec/2024/", "sstec/2024/targets/", "sstec/2024/targets/01/", "sstec/2023/evaluations/05/", "search/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
_FLAGS = "--headless=new --no-sandbox --disable-gpu --host-resolver-rules=MAP\\ *\\ ~NOTFOUND,EXCLUDE\\ 127.0.0.1"
_COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt")


class _Server(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, compressed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        body = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(file)}; charset=utf-8")
        self.send_header("Cache-Control", "max-age=31536000")
        if file.suffix in _COMPRESSED:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def scores(program: Path, address: str, phone: bool) -> dict[str, float]:
    """The score of each category, 0-100, and the time of the largest paint in seconds."""
    words = ["node", str(program), address, "--output=json", "--quiet", f"--chrome-flags={_FLAGS}"]
    words += [f"--only-categories={','.join(CATEGORIES)}"] + ([] if phone else ["--preset=desktop"])
    env = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(words, capture_output=True, encoding="utf-8", check=True, env=env)
    report = json.loads(done.stdout)
    found = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    return found | {"paint": report["audits"]["largest-contentful-paint"]["numericValue"] / 1000}


def main() -> None:
    if not (SITE / "index.html").is_file():
        sys.exit("build/site is not there: make build")
    program = install_node(LOCKED, FOLDER) / "lighthouse" / "cli" / "index.js"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("| page | profile | performance | accessibility | best practices | SEO | largest paint, s |")
    print("|---|---|--:|--:|--:|--:|--:|")
    for page in PAGES:
        for phone in (False, True):
            address = f"http://127.0.0.1:{server.server_address[1]}/{page}"
            runs = [scores(program, address, phone) for _ in range(RUNS)]
            middle = {name: median(run[name] for run in runs) for name in runs[0]}
            figures = " | ".join(f"{middle[name]:.0f}" for name in CATEGORIES)
            print(f"| `/{page}` | {'mobile' if phone else 'desktop'} | {figures} | {middle['paint']:.1f} |", flush=True)
    server.shutdown()


if __name__ == "__main__":
    main()
