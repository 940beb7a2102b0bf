"""The command `cms`: records as forms in a browser (Decap CMS), apart from the public site.

The form's programs are not in the repository: the server is installed from the package registry as the lock file names
it, the page's script is taken from its package and held to its digest. Both lie below build/cms.
"""

import argparse
import base64
import hashlib
import json
import os
import shutil
import signal
import subprocess
import tarfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from generator.commands.regaining import Keeper
from generator.commands.telling import talk
from generator.editing.cms_config import cms_config
from generator.reading.find import find_content
from generator.reading.load import load_file
from generator.reading.settings import Settings
from generator.words.problems import ContentStop, SettingsStop

ASSETS = Path(__file__).parent / "cms_assets"
_TICK = 250  # milliseconds after which the watcher looks whether the form's server still runs
_PACKAGE = "decap-cms@3.16.3"
_DIGEST = "hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw=="  # SHA-512
_SCRIPT = "package/dist/decap-cms.js"
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self' blob: http://127.0.0.1:{api}; frame-ancestors 'none'; base-uri 'none'"
)


def add_words(parser: argparse.ArgumentParser) -> None:
    """The words that the command takes."""
    parser.add_argument("--port", type=as_port, default=8010, help="端口（默认 8010；下一个端口也要用）")
    parser.add_argument("--write", type=Path, metavar="文件夹", help="不启动，只写出网页和设置，供放到别处")
    parser.add_argument(
        "--backend", type=Path, metavar="文件", help="设置里的 backend（YAML），如 GitLab、Gitea；与 --write 一起用"
    )
    parser.set_defaults(run=_cms)


def as_port(word: str) -> int:
    """A port as a word of the command line."""
    if not (word.isdecimal() and 0 < int(word) < 1 << 16):
        raise argparse.ArgumentTypeError(f"端口应为 1 到 65535，现为 {word}")
    return int(word)


def _cms(settings: Settings, options: argparse.Namespace) -> int:
    if options.write:
        _write_page(settings, options.write, _backend(options.backend))
        print(options.write)
        return 0
    api = options.port + 1
    folder = settings.build / "cms"
    _install_server(folder / "server")
    _write_page(settings, folder / "page", {"name": "proxy", "proxy_url": f"http://127.0.0.1:{api}/api/v1"})
    return _serve(settings, folder, options.port, api)


def _backend(file: Path | None) -> dict[str, Any]:
    if file is None:
        raise SettingsStop("还要写明 --backend：设置里 backend 一段（a backend is needed）")
    loaded = load_file(file, file.name)
    if loaded.tree is None or loaded.problems:
        raise ContentStop(loaded.problems)
    return dict(loaded.tree.plain)


def _write_page(settings: Settings, folder: Path, backend: dict[str, Any]) -> None:
    """The page, its configuration for the content as it is, and Decap's script."""
    files, _ = find_content(settings.root, settings.content)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ASSETS / "index.html", folder)
    config = json.dumps(cms_config(files, backend), ensure_ascii=False, indent=1)
    (folder / "config.yml").write_text(f"{config}\n", "utf-8")  # JSON is YAML
    script = settings.build / "cms" / f"{_PACKAGE}.js"
    if not script.is_file():
        _take_script(script)
    shutil.copy(script, folder / "decap-cms.js")


def _take_script(script: Path) -> None:
    """Decap's script out of its package; the package is believed by its digest only."""
    script.parent.mkdir(parents=True, exist_ok=True)
    _npm("pack", "--silent", _PACKAGE, folder=script.parent)
    package = script.parent / f"{_PACKAGE.replace('@', '-')}.tgz"
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if digest != _DIGEST:
        package.unlink()
        raise SettingsStop(f"{_PACKAGE} 与登记的校验值不符，没有使用（its digest differs）")
    with tarfile.open(package) as packed:
        found = packed.extractfile(_SCRIPT)
        if found is None:
            raise SettingsStop(f"{_PACKAGE} 里没有 {_SCRIPT}（no such file in the package）")
        new = script.with_suffix(".new")
        new.write_bytes(found.read())
    new.replace(script)
    package.unlink()


def _install_server(folder: Path) -> None:
    """What the lock file names, once."""
    lock = ASSETS / "package-lock.json"
    if (folder / "installed").is_file() and (folder / "package-lock.json").read_bytes() == lock.read_bytes():
        return
    talk("安装表单用的程序（只在第一次）……")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ASSETS / name, folder)
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", folder=folder)
    (folder / "installed").touch()


def _npm(*words: str, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SettingsStop("浏览器表单要用 npm（Node.js 18 或更新），没有找到（npm is needed）")
    if subprocess.run([npm, *words], cwd=folder, stdout=subprocess.DEVNULL, check=False).returncode:
        raise SettingsStop(f"npm {words[0]} 没有成功（it failed）")


class _Page(SimpleHTTPRequestHandler):
    """The form's page under a policy of its own: nothing of it comes from elsewhere."""

    policy: str

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are not told."""


def _serve(settings: Settings, folder: Path, port: int, api: int) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside, the form's server ends too
    handler = type("Page", (_Page,), {"policy": _POLICY.format(api=api)})
    try:
        page = ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=str(folder / "page")))
    except OSError:
        raise SettingsStop(f"端口 {port} 已被占用，换一个：--port {port + 10}（the port is taken）") from None
    # No other page of the browser may speak to what writes the records.
    words = {"PORT": str(api), "BIND_HOST": "127.0.0.1", "ORIGIN": f"http://127.0.0.1:{port}", "MODE": "fs"}
    program = folder / "server" / "node_modules" / "decap-server" / "dist" / "index.js"
    env = os.environ | words | {"GIT_REPO_DIRECTORY": str(settings.root), "LOG_LEVEL": "error"}
    with page, subprocess.Popen(["node", str(program)], cwd=folder, env=env, stdout=subprocess.DEVNULL) as server:
        threading.Thread(target=page.serve_forever, daemon=True).start()
        talk(f"表单：http://127.0.0.1:{port}/ （按 Ctrl+C 结束；存好以后运行 make check）")
        try:
            keeper = Keeper(settings)
            for changes in watch(settings.content, raise_interrupt=True, yield_on_timeout=True, rust_timeout=_TICK):
                for _, path in changes:
                    keeper.settle(Path(path))
                if server.poll() is not None:
                    break
        except KeyboardInterrupt:
            return 0
        finally:
            server.terminate()
            page.shutdown()
    raise SettingsStop(f"表单的服务程序停了，端口 {api} 可能已被占用（it ended, exit {server.returncode}）")
