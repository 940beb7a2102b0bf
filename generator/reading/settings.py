"""A project's folders, and the name and address of its site."""

import re
from dataclasses import dataclass
from pathlib import Path

from generator.reading.load import load_file
from generator.words.problems import SettingsStop, visible

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~/-]*)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a project's parts lie.

    `site_url` ends in a slash, and is None while the site has no known address.
    """

    root: Path
    site_name: str
    site_url: str | None

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def docs(self) -> Path:
        """The finished docs tree; mkdocs.yml names it as `docs_dir`."""
        return self.build / "docs"

    @property
    def engine_docs(self) -> Path:
        """What the engine renders when pages are stamped: hand-written pages and shells."""
        return self.build / "engine"

    @property
    def site(self) -> Path:
        return self.build / "site"

    @property
    def tokens(self) -> str:
        """The style sheet of the look's tokens."""
        return (self.root / "theme_overrides" / "assets" / "css" / "tokens.css").read_text("utf-8")


def read_settings(root: Path) -> Settings:
    """Read the settings of the project in `root`.

    Raises:
        SettingsStop: the folder is no project, or its mkdocs.yml cannot be read.
    """
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise SettingsStop(f"这个文件夹里没有 mkdocs.yml，不是本站的项目：{root}（not a project: no mkdocs.yml）")
    loaded = load_file(path, "mkdocs.yml")
    values = loaded.tree.plain if loaded.tree else {}
    name, url = values.get("site_name"), values.get("site_url")
    if loaded.problems or not isinstance(name, str) or not name:
        places = "、".join(str(problem.place) for problem in loaded.problems)
        raise SettingsStop(f"mkdocs.yml 读不出 site_name（cannot read site_name from mkdocs.yml） {places}".rstrip())
    if url and not (isinstance(url, str) and _ADDRESS.fullmatch(url)):
        raise SettingsStop(f"mkdocs.yml 的 site_url 应是网址，现为 {visible(str(url))}（site_url is no address）")
    address = url.rstrip("/") + "/" if isinstance(url, str) and url else None
    return Settings(root, name, address)
