"""Stamped pages are what the engine would have made of them, and a faulty shell is found out."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bench.records import write_project
from generator.commands.by_engine import build_by_engine
from generator.facts.shell import CONTENT, TITLE, Shell, shell_for, token
from generator.pipeline import build_site
from generator.reading.settings import read_settings
from generator.site.engine import run_engine
from generator.site.lasting import give_lasting_names
from generator.site.stamp import cut, html_of
from generator.words.problems import EngineStop
from tests import dom
from tests.conftest import ROOT, copy_project


def same_pages(one: Path, other: Path) -> int:
    """Compare every page of two sites, white space folded (the only difference allowed); how many there are."""
    pages = sorted(path.relative_to(one) for path in one.rglob("*.html"))
    assert pages == sorted(path.relative_to(other) for path in other.rglob("*.html"))
    for page in pages:
        assert dom.shape(dom.parse(one / page)) == dom.shape(dom.parse(other / page)), page
    return len(pages)


def with_address(project: Path) -> Path:
    """The project with a known address, so that canonical links and the sitemap are compared too."""
    settings = project / "mkdocs.yml"
    settings.write_text("site_url: https://example.org/open\n" + settings.read_text("utf-8"), "utf-8")
    return project


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_address(copy_project(tmp_path_factory.mktemp("stamped")))


@pytest.fixture(scope="module")
def stamped_site(stamped: Path) -> Path:
    return build_site(read_settings(stamped)).folder


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_address(copy_project(tmp_path_factory.mktemp("alone")))


@pytest.fixture(scope="module")
def engine_site(alone: Path) -> Path:
    return build_by_engine(read_settings(alone)).folder


def test_stamped_pages_are_those_of_the_engine(stamped_site: Path, engine_site: Path) -> None:
    assert same_pages(stamped_site, engine_site) == 80


def test_generated_pages_are_those_of_the_engine(tmp_path: Path) -> None:
    ours = build_site(read_settings(write_project(tmp_path / "stamped", ROOT, 150)))
    alone = build_by_engine(read_settings(write_project(tmp_path / "alone", ROOT, 150)))
    assert same_pages(ours.folder, alone.folder) > 150


def test_stamped_site_holds_the_same_files(stamped_site: Path, engine_site: Path) -> None:
    def files(site: Path) -> set[str]:
        return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}

    assert files(stamped_site) == files(engine_site)


def test_other_engine_renders_the_same_pages(
    alone: Path, engine_site: Path, stamped_site: Path, tmp_path: Path
) -> None:
    assert engine_site.is_dir()
    settings = read_settings(alone)
    run_engine(settings.root, settings.docs, tmp_path / "site", program="properdocs")
    give_lasting_names(tmp_path / "site")
    assert same_pages(stamped_site, tmp_path / "site") == 80


def test_shells_do_not_stay_in_the_site(stamped_site: Path) -> None:
    assert not list(stamped_site.glob("_shell*"))
    for page in stamped_site.rglob("*.html"):
        assert "shell0" not in page.read_text("utf-8"), page


def test_index_of_the_engine_is_not_built(stamped_site: Path, engine_site: Path) -> None:
    for site in (stamped_site, engine_site):
        assert (site / "search/index.json").exists()
        assert not (site / "search/search_index.json").exists()


def test_canonical_address_and_sitemap_follow_the_site_url(stamped_site: Path, site: Path) -> None:
    page = "sstec/2024/targets/01/"
    address = f"https://example.org/open/{page}"
    assert f'<link rel="canonical" href="{address}">' in (stamped_site / page / "index.html").read_text("utf-8")
    assert f"<loc>{address}</loc>" in (stamped_site / "sitemap.xml").read_text("utf-8")
    assert "canonical" not in (site / page / "index.html").read_text("utf-8")
    assert not (site / "sitemap.xml").exists()


def test_shell_is_one_for_each_kind_depth_and_set_of_metadata() -> None:
    one = shell_for("declaration", "a/2024/targets/01/", ["ArticleTitle"])
    assert one == shell_for("declaration", "b/2023/targets/99/", ["ArticleTitle"])
    assert one != shell_for("declaration", "a/2024/targets/01/", ["ArticleTitle", "PubDate"])
    assert one.url.count("/") == 4
    assert shell_for("home", "", []).url == ""


SHELL = Shell("_shell-x/", "declaration", ("PubDate",))
WHOLE = (
    f"<title>{token(TITLE)} – x</title><meta name='description' content='{token('description')}'>"
    f"<meta property='og:title' content='{token(TITLE)}'>"
    f"<meta property='og:description' content='{token('description')}'>"
    f"<meta name='PubDate' content='{token('PubDate')}'><main><p>{token(CONTENT)}</p></main>"
)


def test_shell_whole_is_filled_in_every_place() -> None:
    facts = {"title": "题 &amp; 目", "description": "述", "PubDate": "2024-02-01", "content": "<h1>x</h1>"}
    assert cut(SHELL, WHOLE).filled(facts) == (
        "<title>题 &amp; 目 – x</title><meta name='description' content='述'>"
        "<meta property='og:title' content='题 &amp; 目'><meta property='og:description' content='述'>"
        "<meta name='PubDate' content='2024-02-01'><main><h1>x</h1></main>"
    )


def test_shell_filled_with_a_token_is_not_filled_again() -> None:
    facts = {"title": token(CONTENT), "description": "", "PubDate": "", "content": token(TITLE)}
    filled = cut(SHELL, WHOLE).filled(facts)
    assert filled.count(token(CONTENT)) == 2
    assert filled.count(token(TITLE)) == 1


PARSER = MarkdownIt("commonmark", {"html": True})


@pytest.mark.parametrize(
    "body",
    [
        "<div>\n*a*\n</div>\n",
        "<div>\n\n*a*\n</div>\n",
        "<div>\n \t\n*a*\n</div>\n",
        "<div>\r\n\r\n*a*\n</div>\n",
        "<div>\r\r*a*\n</div>\n",
        "<div>\0</div>\n",
        "<div>*a*",
        "<div>a\n\n",
        "<divan>\n*a*\n",
        "<span>\n*a*\n",
        " <nav>\n",
        "a\n<nav>*a*\n",
    ],
)
def test_body_becomes_what_a_parser_makes_of_it(body: str) -> None:
    assert html_of(body) == PARSER.render(body)


def test_generated_body_is_the_html_that_a_parser_makes_of_it(alone: Path, engine_site: Path) -> None:
    assert engine_site.is_dir()
    bodies = [
        path.read_text("utf-8").split("---\n", 2)[2].lstrip("\n") for path in (alone / "build/docs").rglob("*.md")
    ]
    assert len([body for body in bodies if html_of(body) is body]) > 60
    assert all(html_of(body) == PARSER.render(body) for body in bodies)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (WHOLE.replace(token(TITLE), ""), "页面外壳 _shell-x/ 里“title”应出现 2 次，实有 0 次"),
        (WHOLE + token(TITLE), "页面外壳 _shell-x/ 里“title”应出现 2 次，实有 3 次"),
        (WHOLE.replace("<p>", "<div>"), "页面外壳 _shell-x/ 里“content”应出现 1 次，实有 0 次"),
        (WHOLE.replace(token("PubDate"), ""), "页面外壳 _shell-x/ 里“PubDate”应出现 1 次，实有 0 次"),
    ],
)
def test_shell_with_a_missing_or_surplus_placeholder_is_refused(html: str, said: str) -> None:
    with pytest.raises(EngineStop, match=said):
        cut(SHELL, html)


def test_theme_that_drops_the_title_stops_the_build(project: Path) -> None:
    title = project / "theme_overrides/partials/title.html"
    title.write_text("<title>{{ config.site_name }}</title>\n", "utf-8")
    with pytest.raises(EngineStop, match="“title”应出现 2 次，实有 1 次"):
        build_site(read_settings(project))
