"""Verification names what is missing, what leads nowhere and what calls outside."""

from pathlib import Path

import pytest

from generator.site import page_facts
from generator.site.file_names import file_names
from generator.site.page_facts import PageFacts
from generator.site.parts import Together, part_of
from generator.site.policy import PAGE_POLICY
from generator.site.seal import blocks_of, sealed
from generator.site.start_tags import start_tags
from generator.site.verify import prove
from generator.words.problems import VerifyStop
from tests.conftest import Built

META = f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">'
GOOD = (
    f'<!doctype html><html lang="zh-CN"><head>{META}<link rel="stylesheet" href="a.css"></head>'
    '<body id="top">{}</body></html>'
)


def verify(site: Path) -> int:
    """Prove a folder as a site of one part for each entry of it; the number of pages."""
    names = sorted(file_names(site))
    texts = {name: (site / name).read_text("utf-8") for name in names}
    parts = [
        part_of(blocks_of(own), prove(((name, texts[name]) for name in own), own))
        for entry in sorted({name.partition("/")[0] for name in names})
        for own in ({name: sealed(b"") for name in names if name.partition("/")[0] == entry},)
    ]
    together = Together(parts)
    assert sum(block.count for block in together.blocks()) == len(names)
    return together.pages


def made(folder: Path, body: str = "", css: str = "p { color: red }") -> Path:
    (folder / "index.html").write_text(GOOD.replace("{}", body), "utf-8")
    (folder / "a.css").write_text(css, "utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "index.html").write_text(META + '<p id="here">x</p><a href="../#top">home</a>', "utf-8")
    return folder


def test_verify_whole_site_passes(tmp_path: Path) -> None:
    body = '<a href="sub/">1</a><a href="./">2</a><a href="sub/#here">3</a><a href="#top">4</a><a href="https://x.example/">5</a>'
    assert verify(made(tmp_path, body)) == 2


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<a href="gone/">x</a>', "链接 gone/ 没有去处"),
        ('<a href="sub">x</a>', "链接 sub 没有去处"),
        ('<a href="sub/#gone">x</a>', "链接 sub/#gone 指的位置不存在"),
        ('<a href="../outside/">x</a>', "链接 ../outside/ 没有去处"),
        ('<a href="/sub/">x</a>', "链接 /sub/ 没有去处"),
        ('<img src="https://x.example/a.png">', "会向外部请求 https://x.example/a.png"),
        ('<img src="//x.example/a.png">', "会向外部请求 //x.example/a.png"),
        ('<script src="gone.js"></script>', "找不到 gone.js"),
        ('<link rel="preconnect" href="https://x.example">', "会向外部请求 https://x.example"),
        ("<script>alert(1)</script>", "有内嵌的 <script>"),
        ("<style>p{}</style>", "有内嵌的 <style>"),
        ('<p style="color:red">x</p>', "<p> 有内嵌样式"),
        ('<p onclick="x()">x</p>', "<p onclick> 会执行代码"),
        ('<a href=" JavaScript:x()">x</a>', "<a href> 会执行代码"),
        ('<svg><a xlink:href="javascript:x()"></a></svg>', "<a xlink:href> 会执行代码"),
        ('<svg><set attributeName="href" to="javascript:x()"/></svg>', "<set to> 会执行代码"),
        ('<p id="a"></p><p id="a"></p>', "id “a” 出现 2 次"),
        ('<a href="http://[x">x</a>', "链接 http://[x 没有去处"),
        ('<meta http-equiv="Refresh" content="9;url=https://x.example">', "有会转走读者的 <meta>"),
        ('<img src="a.css" srcset="a.css 1x, https://x.example/b.png 2x">', "会向外部请求 https://x.example/b.png"),
        ('<p ping="x">x</p>', "<p> 不应有 ping"),
        ('<p class="x" hidden title="x" onclick="x()">x</p>', "<p onclick> 会执行代码"),
        ('<a href="sub/#gone">1</a><a href="sub/#gone">2</a>', "链接 sub/#gone 指的位置不存在"),
        ('<a href="sub/../../">x</a>', "链接 sub/../../ 没有去处"),
        ('<base href="/x/">', "有会转走读者的 <base>"),
        ('<meta http-equiv="Content-Security-Policy" content="default-src *">', "没有带上内容安全策略"),
    ],
)
def test_verify_faulty_page_is_refused(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(VerifyStop) as stop:
        verify(made(tmp_path, body))
    assert f"index.html: {said}" in str(stop.value)


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("@import 'https://x.example/a.css';", "会向外部请求 https://x.example/a.css"),
        ("p { background: url(https://x.example/a.png) }", "会向外部请求 https://x.example/a.png"),
        ("p { background: url('gone.png') }", "找不到 gone.png"),
    ],
)
def test_verify_faulty_style_is_refused(tmp_path: Path, css: str, said: str) -> None:
    with pytest.raises(VerifyStop) as stop:
        verify(made(tmp_path, css=css))
    assert f"a.css: {said}" in str(stop.value)


def test_verify_words_that_only_look_like_code_pass(tmp_path: Path) -> None:
    body = '<p title="javascript: 入门培训" data-nature="JavaScript:x">JavaScript: 入门培训</p>'
    assert verify(made(tmp_path, body)) == 2


def test_verify_ways_up_and_down_land(tmp_path: Path) -> None:
    links = '<a href=".">1</a><a href="sub/..">2</a><a href="./sub/./index.html#here">3</a><a href="?a=1#top">4</a>'
    made(tmp_path, links)
    deep = tmp_path / "sub/deep"
    deep.mkdir()
    links = '<a href="../..">1</a><a href="..">2</a><a href="../../index.html#top">3</a><a href="../#here">4</a>'
    (deep / "index.html").write_text(META + links, "utf-8")
    assert verify(tmp_path) == 3


@pytest.mark.parametrize(("page", "address"), [("sub/deep/", "../a.css"), ("sub/deep/", "here/"), ("deep/", "here/")])
def test_verify_address_that_lands_from_one_page_is_looked_at_again_from_others(
    tmp_path: Path, page: str, address: str
) -> None:
    made(tmp_path)
    for folder in ("sub/here/here", "deep", page):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    links = META + '<a href="../a.css">1</a><a href="here/">2</a>'
    for folder in ("sub/", "sub/here/"):  # of both depths
        (tmp_path / folder / "here" / "index.html").write_text(META, "utf-8")
        (tmp_path / folder / "index.html").write_text(links.replace("../a.css", "../" * folder.count("/") + "a.css"))
    assert verify(tmp_path) == 4
    (tmp_path / page / "index.html").write_text(f'{META}<a href="{address}">x</a>', "utf-8")
    with pytest.raises(VerifyStop, match=f"{page}index.html: 链接 {address} 没有去处"):
        verify(tmp_path)


def test_verify_place_missing_on_a_page_of_another_folder_is_named_once(tmp_path: Path) -> None:
    body = '<a href="sub/#gone">x</a>'
    (made(tmp_path, body) / "other").mkdir()
    (tmp_path / "other/index.html").write_text(META + '<a href="../sub/#gone">x</a>', "utf-8")
    with pytest.raises(VerifyStop) as stop:
        verify(tmp_path)
    assert str(stop.value).count("指的位置不存在") == 1


def facts_by_parser(html: str, monkeypatch: pytest.MonkeyPatch) -> PageFacts:
    """What a parser finds in a page."""
    with monkeypatch.context() as patch:
        patch.setattr(page_facts, "start_tags", lambda _: None)
        return page_facts.page_facts(html)


def test_verify_reads_the_pages_of_the_site_without_a_parser_as_one_reads_them(
    altered: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [page.read_text("utf-8") for page in altered.folder.glob("**/*.html")]
    assert sum(start_tags(html) is not None for html in pages) > 0.9 * len(pages) > 50
    for html in pages:
        found, expected = page_facts.page_facts(html), facts_by_parser(html, monkeypatch)
        assert (found.ids, found.faults) == (expected.ids, expected.faults)
        assert list(dict.fromkeys(expected.links)) == list(dict.fromkeys(found.links))
        assert set(expected.fetched) == set(found.fetched)


@pytest.mark.parametrize(
    "words",
    [
        '<p onclick="x()">x</p>',
        "<p onclick='x()'>x</p>",
        "<P ONCLICK=x>x</P>",
        "<img/src=https://x.example/a.png>",
        '<img alt="a>b" src="https://x.example/a.png">',
        '<p title="&quot;" id="a&amp;b" title="x">x</p>',
        '"><p onclick="x()">x</p>',
        "<!--><p onclick=x>--><p onclick=y>",
        "<!-- <p onclick=x> -->",
        "</p title='<'><p onclick=x>",
        "<p",
        "</",
        "<>",
        "<textarea><p onclick='x'></p></textarea>",
        '<script></script><p onclick="x()">x</p>',
        '<script>"<!--<script>"</script><p onclick="x()">x</p>',
        '<title><p onclick="x()">x</p></title>',
        '<svg><style><p onclick="x()">x</p></style></svg>',
        "<noscript><p onclick='x'></noscript>",
        '<a href="java&#115;cript:x()">x</a>',
        '<a href="javascript&colon;x()">x</a>',
        "<![CDATA[<p onclick=x>]]>",
        "<plaintext>",
        "\0<p\0 onclick='x'>",
    ],
)
def test_verify_misses_nothing_wherever_words_come_into_a_page(
    site: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    html = (site / "help/map/index.html").read_text("utf-8")
    assert start_tags(html)
    places = range(0, len(html), len(html) // 150)
    for place in places:
        broken = html[:place] + words + html[place:]
        found, expected = page_facts.page_facts(broken), facts_by_parser(broken, monkeypatch)
        assert set(expected.faults) <= set(found.faults)
        assert set(expected.fetched) <= set(found.fetched)
        assert set(expected.links) <= set(found.links)
        assert not +(expected.ids - found.ids)


def test_verify_what_stands_in_a_comment_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(VerifyStop, match="指的位置不存在"):
        verify(made(tmp_path, '<a href="#x">x</a><!-- <p id="x"></p> -->'))


def test_verify_what_stands_in_words_of_a_field_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(VerifyStop, match="指的位置不存在"):
        verify(made(tmp_path, '<a href="#x">x</a><textarea><p id="x"></p></textarea>'))


def test_verify_page_without_the_policy_is_refused(tmp_path: Path) -> None:
    (made(tmp_path) / "sub/index.html").write_text("<p>x</p>", "utf-8")
    with pytest.raises(VerifyStop, match=r"sub/index\.html: 没有带上内容安全策略"):
        verify(tmp_path)


@pytest.mark.parametrize("script", ["import { a } from './gone.js';", 'import("./gone.js");', 'import "./gone.js";'])
def test_verify_module_that_is_not_there_is_refused(tmp_path: Path, script: str) -> None:
    (made(tmp_path) / "sub/a.js").write_text(script, "utf-8")
    with pytest.raises(VerifyStop, match=r"sub/a\.js: 找不到 \./gone\.js"):
        verify(tmp_path)


def test_verify_empty_site_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(VerifyStop, match="站点里一页也没有"):
        verify(tmp_path)
