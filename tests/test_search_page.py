"""The search page as a reader uses it, in real Chromium under the strict policy."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from generator.facts.summary import funds_of
from generator.reading.content import Content
from generator.search.cells import searchables
from generator.search.hits import Request, search_records
from tests.conftest import ROOT, outside
from tests.searching import ask, asked, count, ids

pytestmark = pytest.mark.needs("chromium")

DESK = ViewportSize(width=1280, height=900)
HOSTILE = (
    "<img src=x onerror=document.title='ran'>",
    "\"><script>document.title='ran'</script>",
    "'; document.title='ran'; '",
    "${document.title='ran'}{{7*7}}",
    '"一个没有合上的引号',
    '\\" -"" - ""',
    "-",
    "孵" * 500,
    "[object Object] __proto__ constructor",
    "%00%E4%B8 +&=#?/\\",
    "👩‍🔬 ﷽ İ ß ſ",
)


@pytest.fixture(scope="module")
def heard() -> list[str]:
    """Console messages, errors and requests elsewhere."""
    return []


@pytest.fixture(scope="module")
def reader(browser: Browser, heard: list[str]) -> Iterator[Page]:
    """One page for the module: its files stay in the browser's cache."""
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.extend(outside(request.url)))
    yield page
    context.close()


@pytest.fixture
def page(reader: Page, heard: list[str]) -> Iterator[Page]:
    """A page that must stay quiet."""
    heard.clear()
    yield reader
    reader.set_viewport_size(DESK)
    assert heard == []


# ── its address, its facets, its list ────────────────────────


def test_keyboard_passes_over_the_facets_to_the_list(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('孵化器')}")
    page.get_by_text("怎样检索").first.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳过筛选，到结果")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("排序")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".hit a").first).to_be_focused()


def test_search_page_has_one_field(page: Page, address: str) -> None:
    ask(page, address)
    assert page.locator("input[name=q]").count() == 1


def test_nothing_asked_lists_every_form_newest_first(page: Page, address: str, content: Content) -> None:
    every = [record.id for centre in content.centres for found in centre.disclosures for record in found.records]
    ask(page, address)
    expect(count(page)).to_have_text(str(len(every)))
    seen = ids(page)
    assert sorted(seen) == sorted(every)
    years = [name.split("/")[1] for name in seen]
    assert years == sorted(years, reverse=True)
    expect(page.locator(".pages__place")).to_have_text("第 1–36 条，共 36 条")


def test_long_list_is_read_page_by_page_and_back(page: Page, address: str, content: Content) -> None:
    every = sum(len(record.form.indicators) for record in content.records)
    ask(page, address, "?list=indicators")
    expect(count(page)).to_have_text(str(every))
    seen = 0
    while page.get_by_role("link", name="下一页").count():
        seen += len(ids(page))
        page.get_by_role("link", name="下一页").click()
        expect(page.locator(".pages__place")).to_contain_text(f"第 {seen + 1}–")
    assert seen + len(ids(page)) == every
    assert asked(page)["page"] == [str(seen // 50 + 1)]
    expect(page.locator("#found")).to_be_focused()
    page.go_back()
    expect(page.locator(".pages__place")).to_contain_text(f"第 {seen - 49}–{seen} 条")


def test_address_says_all_that_is_asked(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('培训')}&year=2024&centre=stic&list=indicators&sort=number&order=asc&colour=red")
    expect(page.get_by_role("searchbox")).to_have_value("培训")
    expect(page.get_by_role("radio", name="指标")).to_be_checked()
    expect(page.get_by_label("排序")).to_have_value("number asc")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("数值")
    assert page.locator(".facet input:checked").count() == 2
    numbers = [float(cell) for cell in page.locator("td.rowlist__figure").all_inner_texts() if cell]
    assert len(numbers) > 10
    assert numbers == sorted(numbers)
    assert page.title() == "检索“培训” – 预算绩效公开"


def test_what_is_typed_is_one_step_and_choosing_walks_back(page: Page, address: str) -> None:
    page.goto(f"{address}/about/")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="检索").click()
    expect(count(page)).to_have_text("36")
    page.get_by_role("searchbox").press_sequentially("科技创新", delay=20)
    expect(count(page)).not_to_have_text("36")
    typed = str(count(page).text_content())
    assert asked(page) == {"q": ["科技创新"]}
    page.get_by_label("2023 年度").check()
    expect(count(page)).not_to_have_text(typed)
    assert asked(page) == {"q": ["科技创新"], "year": ["2023"]}
    page.get_by_label("排序").select_option(label="金额从低到高")
    page.wait_for_url("**order=asc")
    assert asked(page) == {"q": ["科技创新"], "year": ["2023"], "sort": ["amount"], "order": ["asc"]}
    page.go_back()
    expect(page.get_by_label("排序")).to_have_value("relevance desc")
    page.go_back()
    expect(count(page)).to_have_text(typed)
    expect(page.get_by_label("2023 年度")).not_to_be_checked()
    page.go_back()  # every letter typed was one step
    expect(count(page)).to_have_text("36")
    page.go_back()
    expect(page).to_have_url(f"{address}/about/")


def test_back_walks_the_questions_that_were_asked(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('党建')}")
    field = page.get_by_role("searchbox")
    for query in ("火灾报警", "长三角"):
        field.fill(query)
        field.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(f"检索“{query}”")
    for query in ("火灾报警", "党建"):
        page.go_back()
        expect(field).to_have_value(query)
        expect(page.get_by_role("heading", level=1)).to_have_text(f"检索“{query}”")


def test_what_cannot_be_searched_lists_everything_and_says_so(page: Page, address: str) -> None:
    ask(page, address, "?q=%22")
    expect(page.locator("[data-search=said]")).to_have_text("没有可检索的文字，列出全部：找到 36 张表")


def test_bounds_the_wrong_way_round_are_told(page: Page, address: str) -> None:
    ask(page, address, "?from=500&to=100")
    expect(page.get_by_text("最低金额比最高金额大，两个金额写反了吗？")).to_be_visible()


def test_count_and_records_of_the_page_are_those_of_the_forms(page: Page, address: str, content: Content) -> None:
    """Two hundred questions as a reader asks them, against the records themselves."""
    records = list(searchables(content.centres))
    queries = (ROOT / "tests/search/readers.txt").read_text("utf-8").splitlines()
    values = sorted({text for found in records for row in (found.head, *found.rows) for text in row if text})
    queries += [f'"{value[:9]}"' for value in values[::5] if '"' not in value and "\\" not in value]
    assert len(queries) > 200
    ask(page, address)
    field = page.get_by_role("searchbox")
    for query in queries[:230]:
        hits = search_records(records, Request(query))
        field.fill(query)
        field.press("Enter")
        expect(count(page)).to_have_text(str(len(hits)))
        assert ids(page) == [hit.found.record.id for hit in hits], query


def test_facets_count_what_they_would_give(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('科技')}")
    counts = {
        str(choice.locator("input").get_attribute("value")): int(choice.locator(".choice__count").inner_text())
        for choice in page.locator(".choice:has([name=centre])").all()
    }
    assert len(counts) > 1
    for centre, expected in counts.items():
        ask(page, address, f"?q={quote('科技')}&centre={centre}")
        expect(count(page)).to_have_text(str(expected))
        # the other centres stay on offer
        assert page.locator(".choice:has([name=centre])").count() == len(counts)


def test_chosen_facets_are_taken_away_by_their_chips(page: Page, address: str) -> None:
    ask(page, address, "?year=2024&year=2023&form=evaluations")
    expect(count(page)).to_have_text("6")
    chips = page.get_by_role("list", name="已选的筛选条件")
    chips.get_by_role("button", name="去掉 年度：2024 年度").click()
    expect(chips.get_by_role("button")).to_have_count(3)
    assert asked(page) == {"year": ["2023"], "form": ["evaluations"]}
    chips.get_by_role("button", name="全部去掉").click()
    expect(count(page)).to_have_text("36")
    expect(page.locator("#found")).to_be_focused()
    assert asked(page) == {}


def test_facet_value_that_nothing_has_is_shown_as_chosen(page: Page, address: str) -> None:
    ask(page, address, f"?year=1999&category={quote('<b>没有</b>')}")
    expect(count(page)).to_have_text("0")
    choice = page.locator(".choice", has_text="1999")
    expect(choice.locator("input")).to_be_checked()
    expect(choice.locator(".choice__count")).to_have_text("0")
    page.get_by_role("link", name="去掉全部筛选条件").click()
    expect(count(page)).to_have_text("36")


def test_amounts_narrow_and_sort(page: Page, address: str, content: Content) -> None:
    amounts = {
        record.id: funds_of(record.form).total
        for centre in content.centres
        for found in centre.disclosures
        for record in found.records
    }
    within = sorted((amount, name) for name, amount in amounts.items() if 500_000 <= amount <= 2_000_000)
    assert 3 <= len(within) <= 20
    ask(page, address, "?sort=amount&order=asc")
    page.get_by_label("最低金额，万元").fill("５０")
    page.get_by_label("最高金额，万元").fill("200.0")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text(str(len(within)))
    assert [amounts[name] for name in ids(page)] == [amount for amount, _ in within]
    page.get_by_label("最低金额，万元").fill("五十")
    page.keyboard.press("Tab")
    expect(page.get_by_text("“五十”不是金额，没有用上；请填数字，如 12.5。")).to_be_visible()
    expect(page.get_by_label("最低金额，万元")).to_have_attribute("aria-invalid", "true")


def test_long_facet_shows_eight_until_all_are_asked_for(page: Page, address: str) -> None:
    ask(page, address)
    level2 = page.locator(".facet", has_text="二级指标")
    everything = level2.locator(".choice").count()
    assert everything > 8
    assert level2.locator(".choice:visible").count() == 8
    level2.get_by_role("button", name=f"显示全部 {everything} 项").click()
    assert level2.locator(".choice:visible").count() == everything


def test_hit_says_where_it_matched_and_leads_to_the_row(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('孵化器政策培训到会率')}")
    expect(count(page)).to_have_text("1")
    hit = page.locator("li[data-record-id='stic/2024/targets/08']")
    expect(hit.locator(".hit__where")).to_contain_text("3,890,000.00 元")
    expect(hit.locator("mark")).to_have_text("孵化器政策培训到会率")
    hit.get_by_role("link", name="孵化器政策培训到会率").click()
    expect(page).to_have_url(f"{address}/stic/2024/targets/08/#i14")
    row = page.locator("#i14")
    expect(row).to_be_in_viewport()
    # not below the tabs and the heads of the table, which stay at the top
    top = page.evaluate("document.querySelector('.rows thead th').getBoundingClientRect().bottom")
    assert page.evaluate("document.getElementById('i14').getBoundingClientRect().top") >= top - 1
    grounds = "row => [row, row.nextElementSibling].map(r => getComputedStyle(r.querySelector('td')).backgroundColor)"
    highlighted, plain = row.evaluate(grounds)
    assert highlighted != plain


def test_indicators_are_rows_sorted_by_their_heads(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('培训')}")
    page.get_by_text("指标", exact=True).first.click()
    expect(page.locator("tr[data-record-id]").first).to_be_visible()
    rows = page.locator("tr[data-record-id][data-row]").count()
    assert str(rows) == count(page).text_content()
    assert rows > 30
    head = page.get_by_role("button", name="数值")
    head.focus()
    head.press("Enter")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("数值")
    expect(head).to_be_focused()
    head.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("数值")
    row = page.locator("tr[data-record-id]").first
    record, place = row.get_attribute("data-record-id"), int(row.get_attribute("data-row") or 0)
    row.get_by_role("link").click()
    expect(page).to_have_url(f"{address}/{record}/#i{place:02}")


def test_live_region_says_the_settled_count_once(page: Page, address: str) -> None:
    ask(page, address)
    said = page.locator("[data-search=said]")
    expect(said).to_have_attribute("aria-live", "polite")
    page.evaluate(
        """() => {
          window.heard = [];
          const region = document.querySelector("[data-search=said]");
          new MutationObserver(() => window.heard.push(region.textContent)).observe(region, { childList: true });
        }"""
    )
    page.get_by_role("searchbox").press_sequentially("孵化器", delay=20)
    expect(said).to_have_text("找到 4 张表")
    assert page.evaluate("window.heard") == ["找到 4 张表"]


def test_count_is_not_shown_as_counted_while_the_answer_is_another(page: Page, address: str) -> None:
    ask(page, address)
    page.get_by_role("searchbox").press("a")
    assert count(page).count() == 0
    assert page.locator("[data-search=found]").get_attribute("aria-busy") == "true"
    expect(count(page)).to_be_visible()


def test_word_being_composed_is_not_asked_yet(page: Page, address: str) -> None:
    ask(page, address)
    field = page.get_by_role("searchbox")
    field.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "fuhua", "selectionStart": 5, "selectionEnd": 5})
    page.wait_for_timeout(300)
    assert asked(page) == {}
    session.send("Input.insertText", {"text": "孵化器"})
    expect(count(page)).to_have_text("4")
    assert asked(page) == {"q": ["孵化器"]}
    session.detach()


def test_nothing_found_leads_on(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('孵化器 绝无此词')}")
    expect(count(page)).to_have_text("0")
    expect(page.locator(".nothing-found")).to_contain_text("没有一张表同时含有“孵化器”、“绝无此词”。")
    page.get_by_role("link", name="只查“孵化器”").click()
    expect(count(page)).to_have_text("4")
    expect(page.get_by_role("searchbox")).to_have_value('"孵化器"')


# ── what was never meant as a question; every screen ─────────


def test_hostile_questions_are_only_text(page: Page, address: str) -> None:
    for words in HOSTILE:
        ask(page, address, f"?q={quote(words, safe='')}&year={quote(words, safe='')}")
        expect(page.get_by_role("searchbox")).to_have_value(words)
        page.get_by_role("button", name="去掉 年度").click()
        expect(count(page)).to_be_visible()
        assert asked(page) == {"q": [words]}
        assert page.locator("main img, main script").count() == 0
        assert page.title() == f"检索“{words}” – 预算绩效公开"
        assert page.locator("h1").inner_text() == f"检索“{words}”"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_search_fits_its_screen_and_a_finger(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for query in ("", f"?q={quote('培训')}&list=indicators&year=2024", f"?q={'长' * 80}&year=1999&from=abc"):
        ask(page, address, query)
        if width < 768:
            page.locator(".sift__open").click()
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, query
        # inline links in a line of text may be smaller (WCAG 2.2, 2.5.8)
        small = page.evaluate(
            """() => [...document.querySelectorAll(
                 "main :is(button, summary, select, .choice, .ask__list, .button, input[type=text])"
               )].filter((each) => each.checkVisibility()).filter((each) => {
                 const { width, height } = each.getBoundingClientRect();
                 return width < 24 || height < 24;
               }).map((each) => each.outerHTML)"""
        )
        assert small == [], query


def test_results_print_without_controls(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('孵化器')}&year=2024")
    page.emulate_media(media="print")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.get_by_text("年度：2024 年度")).to_be_visible()
    for part in (".ask", ".facets", ".found__sort", ".masthead", ".get .button"):
        expect(page.locator(part).first).to_be_hidden()
    page.emulate_media(media="screen")
