"""Prose: paragraphs, and the markup of notes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.words.prose import note_html, paragraphs

steady = settings(derandomize=True, deadline=None, max_examples=100)


def test_paragraphs_are_the_lines_that_are_not_blank() -> None:
    assert paragraphs("一、甲\n\n  二、乙  \n\n\n三\n") == ("一、甲", "二、乙", "三")
    assert paragraphs(" \n\n") == ()


@pytest.mark.parametrize(
    ("note", "html"),
    [
        ("照录。", "<p>照录。</p>"),
        ("**重**要、*强*调、`代码`", "<p><strong>重</strong>要、<em>强</em>调、<code>代码</code></p>"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("1. 甲\n2. 乙", "<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>"),
        ("[指南](../reading/)", '<p><a href="../reading/">指南</a></p>'),
        ("一\n\n二", "<p>一</p>\n<p>二</p>"),
        (r"2\*3", "<p>2*3</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ('<img src=x onerror="a">', "<p>&lt;img src=x onerror=&quot;a&quot;&gt;</p>"),
        ("<!-- 注 -->", "<p>&lt;!-- 注 --&gt;</p>"),
        ("a & b &lt; c", "<p>a &amp; b &amp;lt; c</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>"),
        ("[x](vbscript:a)", "<p>[x](vbscript:a)</p>"),
        ("[x](file:///etc/passwd)", "<p>[x](file:///etc/passwd)</p>"),
        ("[x](data:text/html,a)", "<p>[x](data:text/html,a)</p>"),
        ('[x](a "y\\"><b>")', '<p><a href="a" title="y&quot;&gt;&lt;b&gt;">x</a></p>'),
        ("<https://example.org>", "<p>&lt;https://example.org&gt;</p>"),
        ("# 标题\n> 引文\n\n---", "<p># 标题\n&gt; 引文</p>\n<p>---</p>"),
        ("    缩进", "<p>缩进</p>"),
        ("```\n\n甲\n```", "<p>```</p>\n<p>甲\n```</p>"),
    ],
)
def test_note_gives_safe_html(note: str, html: str) -> None:
    assert note_html(note) == html


def test_note_image_is_no_image() -> None:
    assert "<img" not in note_html("![图](https://example.org/a.png)")


markup = st.text(alphabet="ab[](){}<>!*_`#-+1. \n\\&\"':/=|~", max_size=60)


@steady
@given(st.one_of(markup, st.text(max_size=60)))
def test_note_html_holds_no_blank_line_and_only_the_tags_of_notes(note: str) -> None:
    html = note_html(note)
    assert all(line.strip() for line in html.split("\n")) or html == ""
    opened = {piece.split(">")[0].split(" ")[0].strip("/") for piece in html.split("<")[1:]}
    assert opened <= {"p", "ul", "ol", "li", "strong", "em", "code", "a", "br"}
