"""Small sites with the marks of real ones: pages, the script that they ask for by its lasting name, packed files."""

import hashlib
from pathlib import Path

from generator.exports.compress import SUFFIX, compressed
from generator.publication.folder import Folder
from generator.publication.publish import Verdict, prune, publish, rollback, tidy
from generator.publication.releases import Release, standing_at
from generator.site.seal import seal
from generator.words.urls import lasting_assets

VERDICT = Verdict("https://disclosure.example.org/", None)
PAGES = 2
_FILLING = "<p>绩效目标申报表</p>\n" * 400


def script_of(number: int) -> tuple[str, bytes]:
    """The path and bytes of the script of site `number`."""
    data = f"// {number}\n".encode()
    return f"{lasting_assets(hashlib.sha256(data).hexdigest())}own.js", data


def page_of(number: int, page: int) -> bytes:
    script, _ = script_of(number)
    return (
        f'<!doctype html><title>{page}</title><script src="/{script}"></script>\n<p>{number}</p>\n{_FILLING}'.encode()
    )


def small_site(folder: Path, number: int, pages: int = PAGES) -> Path:
    """A site in which every page says `number`, and one page that is the same in all."""
    script, data = script_of(number)
    files = {script: data, "same/index.html": page_of(0, 0)}
    files |= {f"p{page}/index.html": page_of(number, page) for page in range(pages)}
    files |= {f"{name}{SUFFIX}": compressed(data) for name, data in files.items() if name.endswith(".html")}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    seal(folder)
    return folder


def published(site: Path, destination: Path, keep: int = 5) -> Release:
    to = Folder(destination)
    with to.alone("bench"):
        tidy(to)
        return publish(site, to, VERDICT, keep, None)


def rolled_back(destination: Path, keep: int = 5) -> Release:
    to = Folder(destination)
    with to.alone("bench"):
        tidy(to)
        return rollback(to, None, keep, None)


def pruned(destination: Path, keep: int) -> list[str]:
    to = Folder(destination)
    with to.alone("bench"):
        tidy(to)
        return prune(to, keep)


def current_serial(destination: Path) -> int:
    return standing_at(Folder(destination)).serial
