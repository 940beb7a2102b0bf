"""Preview: save a record, see the page. The engine's own server watches the docs tree; we watch the rest."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

from watchfiles import watch

from generator.components import with_components
from generator.engine import engine_environment
from generator.pipeline import Checked, check_content, write_docs
from generator.plan import make_plan
from generator.problems import ContentStop, EngineStop, SettingsStop
from generator.settings import Settings


def serve(settings: Settings, port: int, tell: Callable[[Checked], None], talk: Callable[[str], None]) -> int:
    """Serve a preview until interrupted; a broken record leaves the last good pages.

    Args:
        settings: The project.
        port: Port on 127.0.0.1.
        tell: Shows what a check found.
        talk: Says one line.

    Raises:
        ContentStop: the content cannot be shown to begin with.
        EngineStop: the engine's server ended by itself.
        SettingsStop: the port is taken.
    """
    _refuse_taken(port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended from outside, the engine's server ends too
    _write(check_content(settings), settings)
    address = f"127.0.0.1:{port}"
    words = ("serve", "--quiet", "--livereload", "--config-file", "mkdocs.yml", "--dev-addr", address)
    command = [sys.executable, "-m", "mkdocs", *words]
    with subprocess.Popen(command, cwd=settings.root, env=engine_environment()) as engine:
        talk(f"预览：http://{address}/ （按 Ctrl+C 结束）")
        try:
            for _ in _changes(settings, engine):
                _again(settings, tell, talk)
        except KeyboardInterrupt:
            return 0
        finally:
            engine.terminate()
        raise EngineStop(f"预览服务器停了（the preview ended, exit {engine.wait()}）")


def _write(checked: Checked, settings: Settings) -> None:
    """The docs tree without the files that gather many forms: they would be made anew on every save."""
    plan = make_plan(checked.or_raise(), settings.site_url, checked.problems)
    write_docs(with_components(plan, settings.tokens), settings, gathered=False)


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SettingsStop(f"端口 {port} 已被占用，换一个：--port {port + 1}（the port is taken）") from None


def _changes(settings: Settings, engine: "subprocess.Popen[bytes]") -> Iterator[None]:
    """One item for each burst of saved files, until the engine ends."""
    for changes in watch(settings.content, rust_timeout=500, yield_on_timeout=True, raise_interrupt=True):
        if engine.poll() is not None:
            return
        if changes:
            yield None


def _again(settings: Settings, tell: Callable[[Checked], None], talk: Callable[[str], None]) -> None:
    checked = check_content(settings)
    tell(checked)
    try:
        _write(checked, settings)
    except ContentStop:
        talk("记录有错，预览保留上一次正确的页面。")
    else:
        talk("已更新。")
