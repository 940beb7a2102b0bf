"""Ids → paths and links; the only speller of URLs.

A URL is the site path of a page, relative to the site's root, without a leading slash: "" is the
home page, "sstec/2024/targets/01/" a record's page. A file's URL has no trailing slash.
"""

import hashlib
import re
from typing import Literal

Kind = Literal["targets", "evaluations"]
KINDS: tuple[Kind, ...] = ("targets", "evaluations")

# Folders that the site has or will have beside the centres, and names that Windows cannot check out.
RESERVED = frozenset(
    {"about", "assets", "search", "data", "help", "feed", "projects", "years", "con", "nul", "aux", "prn"}
)
CENTRE_ID = re.compile(r"[a-z][a-z0-9-]{1,30}")
YEAR = re.compile(r"20[0-9]{2}")
PAGE_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
RECORD_FILE = re.compile(r"([0-9]{1,4})\.yml")

HOME = ""
SEARCH = "search/"
DATA = "data/"
REGISTER = "data/catalogue/"
REGISTER_CSV = "data/catalogue.csv"
DATAPACKAGE = "data/datapackage.json"
DATABASE = "data/performance.sqlite"
RECORD_SCHEMA = "data/record.schema.json"
PROJECTS = "projects/"
YEARS = "years/"
CHECKS = "help/checks/"
HANDBOOK = "help/editing/"
GLOSSARY = "help/glossary/"
CONTACT = "help/contact/"
SITE_MAP = "help/map/"
COMPONENTS = "help/components/"
# Pages that the menu and the foot of every page lead to; `about/` is for pages written by hand, whose names are free.
LED_TO = (HOME, YEARS, PROJECTS, DATA, CHECKS, GLOSSARY, CONTACT, SITE_MAP)
FEED = "feed.xml"
ASSETS = "assets/"
SEARCH_INDEX = "search/index.json"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
ERROR_PAGE = "404.html"
PACKED = ".gz"

_PROJECT_DIGITS = 10  # of a digest; a centre has some hundred projects, and two alike would stop the build
_OWN = (SEARCH_INDEX, MANIFEST, SUMS, ERROR_PAGE)
_SEARCH_TEXT = re.compile(r"[^/]+/texts/[0-9a-f]{14}\.bin")
# Releases of old named the search's index by its content too, and had its texts below `search/t/`.
_LASTING = re.compile(
    rf"assets/[0-9a-f]{{12}}/.+|search/(?:[a-z]+-|[pt]/)[0-9a-f]{{14}}\.(?:bin|json)|{_SEARCH_TEXT.pattern}"
)


def centre_url(centre: str) -> str:
    return f"{centre}/"


def centre_feed_url(centre: str) -> str:
    return f"{centre}/{FEED}"


def year_url(centre: str, year: int) -> str:
    return f"{centre}/{year}/"


def yearbook_url(year: int) -> str:
    """The page that compares the centres of a year."""
    return f"{YEARS}{year}/"


def centre_projects_url(centre: str) -> str:
    """The page that lists a centre's projects through the years; no year is called so."""
    return f"{centre}/{PROJECTS}"


def project_url(centre: str, name: str) -> str:
    """A project's page, told by a name of it: whatever years are added before or after, it does not change."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"{centre_projects_url(centre)}{digest[:_PROJECT_DIGITS]}/"


def document_id(centre: str, year: int, kind: Kind) -> str:
    """A document's id is its folder below content/: `sstec/2024/targets`."""
    return f"{centre}/{year}/{kind}"


def disclosure_url(identity: str) -> str:
    return f"{identity}/"


def record_id(document: str, number: str) -> str:
    """A record's id is its path below content/ without suffix: `sstec/2024/targets/01`."""
    return f"{document}/{number}"


def record_url(identity: str) -> str:
    return f"{identity}/"


def record_json_url(identity: str) -> str:
    return f"{identity}/record.json"


def record_csv_url(identity: str) -> str:
    return f"{identity}/indicators.csv"


def record_markdown_url(identity: str) -> str:
    """A form as Markdown for reading; the engine would make a page of a name that ends in `.md`."""
    return f"{identity}/record.md.txt"


def table_url(table: str) -> str:
    """A table of the open data for the whole site."""
    return f"{DATA}{table}.csv"


def lines_url(what: str) -> str:
    """Every document or form of the site as JSON Lines: each as the file beside its page has it."""
    return f"{DATA}{what}.jsonl"


def year_table_url(centre: str, year: int, table: str) -> str:
    """A table of what one centre disclosed of one year."""
    return f"{year_url(centre, year)}{table}.csv"


def year_workbook_url(centre: str, year: int) -> str:
    """All tables of what one centre disclosed of one year."""
    return f"{year_url(centre, year)}{centre}-{year}.xlsx"


def disclosure_json_url(identity: str) -> str:
    return f"{identity}/disclosure.json"


def source_url(identity: str) -> str:
    """The text of a document."""
    return f"{identity}/source.txt"


def indicator_anchor(number: int) -> str:
    """The id of an indicator's row on its record's page; `number` counts from 1."""
    return f"i{number:02}"


def alteration_anchor(number: int) -> str:
    """The id on a page of what it says of its form's alteration; `number` counts from 1."""
    return f"a{number:02}"


def is_project_url(url: str) -> bool:
    return re.fullmatch(f"[^/]+/{PROJECTS}[0-9a-f]+/", url) is not None


def draws_on(url: str, identity: str) -> bool:
    """Whether a page is made of many forms, among them perhaps the form or document of this id."""
    centre, year = identity.split("/")[:2]
    return url.startswith(centre_projects_url(centre)) or url in (YEARS, yearbook_url(int(year)))


def check_url(code: str) -> str:
    """Where the page of checks says what a check looks at."""
    return f"{CHECKS}#{code}"


def term_anchor(key: str) -> str:
    """The id of a term on the page of terms."""
    return key.replace(".", "-").replace("_", "-")


def form_term_anchor(key: str) -> str:
    """The id of a term on the page of a form that prints it."""
    return f"term-{term_anchor(key)}"


def hand_page_url(name: str) -> str:
    """A hand-written page's URL; `index` is the first of them."""
    return "about/" if name == "index" else f"about/{name}/"


def hand_page_file(url: str) -> str | None:
    """The file of the hand-written page at a URL, below the project: `about/data/` → `content/pages/data.md`."""
    folder, _, name = url.rstrip("/").partition("/")
    return f"content/pages/{name or 'index'}.md" if folder == "about" and "/" not in name else None


def lasting_assets(digest: str) -> str:
    """The folder of the site's own scripts, styles and images, named by the digest of all of them."""
    return f"{ASSETS}{digest[:12]}/"


def search_text_file(centre: str, name: str) -> str:
    """A file of printed cells of a centre, by what it holds; no year is called so."""
    return f"{centre}/texts/{name}.bin"


def search_shard_file(name: str) -> str:
    return f"{SEARCH}p/{name}.bin"


def search_column_file(column: str, name: str) -> str:
    return f"{SEARCH}{column}-{name}.bin"


def is_of_search(file: str) -> bool:
    """Whether a file of a built site is one that the search reads; its page is none."""
    if file.startswith(SEARCH):
        return page_url(file.removesuffix(PACKED)) is None
    return _SEARCH_TEXT.fullmatch(file) is not None


def is_lasting(file: str) -> bool:
    """Whether a file of a built site has a name that changes with what it holds: caches may keep it for ever."""
    return _LASTING.fullmatch(file) is not None


def citable(file: str) -> str | None:
    """The URL under which people may cite a file of a built site; None for what only the site's own pages ask for."""
    if is_lasting(file) or file.startswith(ASSETS) or file.endswith(PACKED) or file in _OWN:
        return None
    url = page_url(file)
    return file if url is None else url


def page_file(url: str) -> str:
    """Where a page's Markdown stands in the docs tree."""
    return f"{url}index.md"


def page_url(file: str) -> str | None:
    """The URL of a page of the built site by its file: `about/index.html` → `about/`; None for other files."""
    folder, _, name = file.rpartition("/")
    return None if name != "index.html" else f"{folder}/" if folder else HOME


def relative(target: str, page: str) -> str:
    """The link from the page at URL `page` to the URL `target` (which may end in `#anchor`)."""
    path, hash_mark, anchor = target.partition("#")
    if path == page and hash_mark:
        return f"#{anchor}"
    folder, up = page[: page.rfind("/") + 1], ""
    while not path.startswith(folder):
        folder, up = folder[: folder.rfind("/", 0, -1) + 1], f"{up}../"
    return f"{up}{path[len(folder) :]}{hash_mark}{anchor}" if up or path != folder else f"./{hash_mark}{anchor}"
