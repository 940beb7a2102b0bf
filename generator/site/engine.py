"""Run the site engine: MkDocs as a program, never imported."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from generator.words.problems import EngineStop, visible

# Everything a build may depend on is pinned; see the settings' reproducibility in docs/architecture.md.
_ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "315532800",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "NO_MKDOCS_2_WARNING": "1",
}


def engine_environment() -> dict[str, str]:
    """The process's environment, with what a build may depend on pinned."""
    return os.environ | _ENVIRONMENT


def run_engine(root: Path, docs: Path, site: Path, program: str = "mkdocs") -> None:
    """Render a docs tree with the settings of the project in `root` into the folder `site`.

    Args:
        root: The project; its mkdocs.yml is the engine's settings but for `docs_dir`.
        docs: The docs tree.
        site: The folder to write; what it held goes.
        program: The engine's Python module, `mkdocs` or another that takes its words.

    Raises:
        EngineStop: the engine failed or warned; its own words are in the message.
    """
    text = (root / "mkdocs.yml").read_text("utf-8")
    line = f"docs_dir: {json.dumps(str(docs), ensure_ascii=False)}"
    settings, found = re.subn(r"(?m)^docs_dir:.*$", lambda _: line, text)
    if found != 1:
        raise EngineStop("mkdocs.yml 里应有一行 docs_dir（one line docs_dir is expected in mkdocs.yml）")
    words = ("build", "--strict", "--clean", "--config-file", "-", "--site-dir", str(site))
    done = subprocess.run(
        [sys.executable, "-m", program, *words],
        cwd=root,
        env=engine_environment(),
        input=settings,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = "\n".join(map(visible, (done.stdout + done.stderr).strip().splitlines()[-20:]))
        raise EngineStop(f"站点引擎没有成功（{program}, exit {done.returncode}）：\n{said}")
