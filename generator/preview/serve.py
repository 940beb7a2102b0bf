"""Preview: save a record, see the page. A small server of our own; the browser waits for the next state."""

import json
import threading
from collections.abc import Callable, Sequence
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from watchfiles import watch

from generator.pages.environment import TEMPLATES
from generator.preview.next_view import Preview
from generator.preview.remarks import ASSETS, CHANGES, SCRIPT, STYLE
from generator.preview.view import View
from generator.reading.settings import Settings, read_settings
from generator.site.policy import POLICY
from generator.words.problems import ChangedStop, EngineStop, Problem, SettingsStop

_PATIENCE = 20.0  # seconds for which a waiting browser is kept, so that one that is gone is noticed
_TICK = 250  # milliseconds after which the watcher comes back when nothing was saved


class _State:
    """The view that is shown now, and a bell for those who wait for the next."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.bell = threading.Condition()

    def show(self, view: View) -> None:
        with self.bell:
            self.view = view
            self.bell.notify_all()

    def after(self, number: int) -> int:
        """The number of a view that is not `number`; or `number` when none came for a while."""
        with self.bell:
            self.bell.wait_for(lambda: self.view.number != number, _PATIENCE)
            return self.view.number


class _Handler(SimpleHTTPRequestHandler):
    """Pages and files of the view, else what the engine rendered; the preview's own script and style."""

    protocol_version = "HTTP/1.1"
    state: _State

    def do_GET(self) -> None:
        view = self.state.view
        parts = urlsplit(self.path)
        url = unquote(parts.path).lstrip("/").removesuffix("index.html")
        if url == CHANGES:
            self._send(json.dumps(self.state.after(int(parts.query or 0))).encode(), "application/json")
        elif url in (SCRIPT, STYLE):
            kind = "text/javascript" if url == SCRIPT else "text/css"
            self._send((ASSETS / url.rpartition("/")[2]).read_bytes(), kind)
        elif (html := view.html(url)) is not None:
            self._send(html.encode(), "text/html")
        elif view.has(f"{url}/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"/{url}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif (data := view.file(url)) is not None:
            self._send(data, self.guess_type(url))
        elif url and Path(self.translate_path(self.path)).is_file():
            super().do_GET()
        else:
            self._send(view.missing(url).encode(), "text/html", HTTPStatus.NOT_FOUND)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are not told: the terminal is for findings."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A browser that goes away in the middle of an answer is no news."""


def serve(settings: Settings, port: int, tell: Callable[[Sequence[Problem]], None], talk: Callable[[str], None]) -> int:
    """Serve a preview until interrupted; what cannot be read keeps its last good page.

    Args:
        settings: The project.
        port: Port on 127.0.0.1.
        tell: Shows errors.
        talk: Says one line.

    Raises:
        ContentStop: the content cannot be shown to begin with.
        EngineStop: the engine cannot render shells to begin with.
        SettingsStop: the port is taken.
    """
    try:
        server = _Server(("127.0.0.1", port), SimpleHTTPRequestHandler)
    except OSError:
        raise SettingsStop(f"端口 {port} 已被占用，换一个：--port {port + 1}（the port is taken）") from None
    theme = (settings.root / "theme_overrides", settings.root / "mkdocs.yml")
    watched = (settings.content, *theme, TEMPLATES)
    changes = watch(*watched, raise_interrupt=True, yield_on_timeout=True, rust_timeout=_TICK)
    with server:
        next(changes)  # from here on no save is missed
        preview = Preview(settings)
        view = preview.refresh(settings, theme=True)
        tell(view.errors)
        state = _State(view)
        handler = type("Handler", (_Handler,), {"state": state})
        server.RequestHandlerClass = partial(handler, directory=str(view.site))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        talk(f"预览：http://127.0.0.1:{port}/ （按 Ctrl+C 结束）")
        try:
            for found in changes:
                paths = [Path(path) for _, path in found]
                if paths:
                    dressed = any(path.is_relative_to(part) for path in paths for part in theme)
                    _again(preview, state, settings.root, paths, dressed, tell, talk)
        except KeyboardInterrupt:
            return 0
        finally:
            server.shutdown()
    return 0


def _again(
    preview: Preview,
    state: _State,
    root: Path,
    saved: Sequence[Path],
    theme: bool,
    tell: Callable[[Sequence[Problem]], None],
    talk: Callable[[str], None],
) -> None:
    """Show the files that were saved; `theme` says whether some are of theme or settings."""
    try:
        view = preview.refresh(read_settings(root), saved, theme=theme)
    except ChangedStop:  # saved once more while it was being read: that is the next save
        return
    except (EngineStop, SettingsStop) as stop:
        talk(str(stop))
        return
    except OSError as error:  # a file went while it was being read: its going is the next save
        talk(f"读文件没有成功（cannot read）：{error}")
        return
    state.show(view)
    tell(view.errors)
    talk("记录有错，读不出来的保留上一次正确的页面。" if view.errors else "已更新。")
