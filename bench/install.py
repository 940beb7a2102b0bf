"""Installs what the benches measure by: programs locked with hashes, below build/; nothing of the site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from generator.site.engine import engine_environment


def install_python(locked: Path, folder: Path) -> dict[str, str]:
    """Install locked Python packages, once; returns the environment in which they run.

    Args:
        locked: A requirements file with hashes.
        folder: The folder to hold them, and nothing else.
    """
    mark = folder / locked.name
    if not mark.is_file() or mark.read_bytes() != locked.read_bytes():
        shutil.rmtree(folder, ignore_errors=True)
        words = ("--disable-pip-version-check", "--quiet", "--require-hashes", "--target", str(folder))
        subprocess.run([sys.executable, "-m", "pip", "install", *words, "-r", str(locked)], check=True)
        shutil.copy(locked, mark)
    return engine_environment() | {"PYTHONPATH": os.pathsep.join((str(folder), os.environ.get("PYTHONPATH", "")))}


def install_node(locked: Path, folder: Path) -> Path:
    """Install locked npm packages, once; returns the folder of the packages.

    Args:
        locked: A folder with package.json and package-lock.json.
        folder: The folder to hold them, and nothing else.
    """
    lock = folder / "package-lock.json"
    if not lock.is_file() or lock.read_bytes() != (locked / "package-lock.json").read_bytes():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(locked / name, folder)
        words = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
        try:
            subprocess.run(words, cwd=folder, check=True)
        except BaseException:  # the lock says that all is there
            shutil.rmtree(folder)
            raise
    return folder / "node_modules"
