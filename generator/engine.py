"""Run the site engine: MkDocs as a program, never imported."""

import os
import subprocess
import sys
from pathlib import Path

from generator.problems import EngineStop

# Everything a build may depend on is pinned; see the settings' reproducibility in docs/architecture.md.
_ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": "315532800",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "NO_MKDOCS_2_WARNING": "1",
}


def engine_command(*words: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *words]


def engine_environment() -> dict[str, str]:
    return os.environ | _ENVIRONMENT


def run_engine(root: Path, site: Path) -> None:
    """Render the finished docs tree of the project in `root` into the folder `site`.

    Raises:
        EngineStop: the engine failed or warned; its own words are in the message.
    """
    words = ("build", "--strict", "--clean", "--config-file", "mkdocs.yml", "--site-dir", str(site))
    done = subprocess.run(
        engine_command(*words), cwd=root, env=engine_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        raise EngineStop(f"站点引擎没有成功（MkDocs, exit {done.returncode}）：\n{said}")
