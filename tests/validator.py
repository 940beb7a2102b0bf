"""The reference validator of Data Packages, run over a folder."""

import json
import subprocess
import sys
from pathlib import Path


def validated(folder: Path) -> dict[str, int]:
    """What the reference validator counts in each resource. Its own warnings are its own affair, so it runs apart."""
    words = [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    problems = [(task["name"], error["message"]) for task in report["tasks"] for error in task["errors"]]
    problems += [("datapackage.json", str(found)) for found in (*report["errors"], *report["warnings"])]
    assert not problems, problems
    assert report["valid"]
    return {task["name"]: task["stats"].get("rows", 0) for task in report["tasks"]}
