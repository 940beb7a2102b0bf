"""The search page and the search box as a reader uses them, in real Chromium under the strict policy."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from generator.facts.summary import funds_of
from generator.reading.content import Content
from generator.search.cells import searchables
from generator.search.hits import Request, search_records
from tests.conftest import ROOT, Serve

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
def address(site: Path, serve: Serve) -> str:
    return serve(site)


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
    page.on("request", lambda request: heard.extend(_outside(request.url)))
    yield page
    context.close()


@pytest.fixture
def page(reader: Page, heard: list[str]) -> Iterator[Page]:
    """A page that must stay quiet."""
    heard.clear()
    yield reader
    reader.set_viewport_size(DESK)
    assert heard == []


def _outside(url: str) -> list[str]:
    return [] if url.startswith(("http://127.0.0.1", "blob:http://127.0.0.1")) else [url]


def ask(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/search/{query}")
    expect(count(page)).to_be_visible()


def count(page: Page) -> Locator:
    return page.locator("[data-search-count]")


def ids(page: Page) -> list[str]:
    expect(count(page)).to_be_visible()
    return [str(hit.get_attribute("data-record-id")) for hit in page.locator("[data-record-id]").all()]


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


# ── the box on every page ────────────────────────────────────


def test_slash_leads_to_the_box_and_arrows_to_a_form(page: Page, address: str) -> None:
    page.goto(f"{address}/sstec/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("国际孵化器活动")
    expect(page.get_by_role("option")).to_have_count(2)  # the form, and all results
    expect(page.locator("[data-find-said]")).to_have_text("找到 1 张表，按上下键选择")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/stic/2024/targets/03/")


def test_last_suggestion_and_enter_alone_lead_to_all_results(page: Page, address: str) -> None:
    page.goto(f"{address}/stic/2024/")
    page.keyboard.press("/")
    page.keyboard.type("孵化器")
    expect(page.get_by_role("option").last).to_have_text("查看全部 4 条结果")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("4")
    assert asked(page) == {"q": ["孵化器"]}

    page.goto(f"{address}/stic/2024/")
    page.keyboard.press("/")
    page.keyboard.type("孵化器")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("4")
    assert asked(page) == {"q": ["孵化器"]}


def test_escape_closes_the_suggestions_then_empties_the_box(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    page.keyboard.press("/")
    page.keyboard.type("孵化器")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("孵化器")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_have_value("")


def test_pages_fetch_the_search_only_when_the_box_is_used(page: Page, address: str) -> None:
    page.goto(f"{address}/about/", wait_until="networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)")
    assert [path for path in names if re.fullmatch("/assets/[0-9a-f]{12}/js/search/box.js", path)]
    assert not [path for path in names if path.startswith("/search/") or path.endswith("/index.js")]
    with page.expect_response("**/search/index.json"):
        page.keyboard.press("/")


def test_slash_is_a_letter_where_one_writes_and_can_be_turned_off(page: Page, address: str) -> None:
    ask(page, address)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.get_by_role("searchbox")).to_have_value("a/b")
    page.get_by_text("怎样检索").first.click()
    page.get_by_label("在任何一页按 / 键就到检索框").uncheck()
    page.goto(f"{address}/about/")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).not_to_be_focused()
    ask(page, address)
    page.get_by_text("怎样检索").first.click()
    page.get_by_label("在任何一页按 / 键就到检索框").check()
    page.goto(f"{address}/about/")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_what_is_listed_for_other_words_cannot_be_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/about/")
    field = page.locator("#find-query")
    field.fill("党建")
    expect(page.get_by_role("option")).not_to_have_count(0)
    field.fill("火灾报警")
    field.press("ArrowUp")
    field.press("Enter")
    page.wait_for_url("**/search/?**")
    assert asked(page) == {"q": ["火灾报警"]}


def test_box_on_the_phone_opens_by_its_button(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/")
    expect(page.get_by_role("combobox")).to_be_hidden()
    page.get_by_role("button", name="检索").first.click()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("绿色技术银行")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("main")).to_contain_text("绿色技术银行")


# ── the page: its address, its facets, its list ──────────────


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


# ── download ─────────────────────────────────────────────────


def saved(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    return waiting.value.path().read_bytes()


def test_csv_holds_the_whole_list_in_its_order(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('科技')}&form=targets&sort=amount")
    first, total = ids(page), int(count(page).inner_text())
    data = saved(page, "CSV 表格")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == total + 1
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == total > 10
    assert [row["编号"] for row in rows] == first
    amounts = [float(row["金额"].replace(",", "")) for row in rows]
    assert amounts == sorted(amounts, reverse=True)
    assert {row["检索条件"] for row in rows} == {"检索词：科技；表：绩效目标申报表；列出表格；金额从高到低"}
    assert {row["数据日期"] for row in rows} == {"未注明"}
    assert rows[0]["网址"] == f"{address}/{rows[0]['编号']}/"


def test_csv_of_indicators_guards_what_a_spreadsheet_would_run(page: Page, address: str) -> None:
    ask(page, address, "?list=indicators")
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV 表格").decode("utf-8-sig"), newline="")))
    assert len(rows) == int(count(page).inner_text()) > 400  # more than a page, more than is fetched at once
    assert len({(row["编号"], row["指标序号"]) for row in rows}) == len(rows)
    targets = [row["年度指标值"] for row in rows]
    assert "'=2.00(项)" in targets
    assert not [cell for row in rows for cell in row.values() if cell.startswith(tuple("=+-@\t\r"))]


def test_json_holds_the_list_with_what_was_asked(page: Page, address: str) -> None:
    ask(page, address, f"?q={quote('孵化器')}&year=2024")
    shown = ids(page)
    data = json.loads(saved(page, "JSON 数据"))
    assert data["query"] == "孵化器"
    assert data["request"]["facets"] == {"year": ["2024"]}
    assert data["date"] is None
    assert data["count"] == len(data["rows"]) == 4
    assert [row["id"] for row in data["rows"]] == shown
    assert data["rows"][0]["name"] == "国际孵化器活动及工作"


# ── when something is missing ────────────────────────────────


@pytest.fixture
def faulty(browser: Browser) -> Iterator[Page]:
    """A page that is refused some files: the browser says so, but no script of ours may fail by it."""
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def test_lost_network_is_said_and_mended_by_asking_again(faulty: Page, address: str) -> None:
    ask(faulty, address)
    faulty.route("**/search/p/*", lambda route: route.abort())
    faulty.get_by_role("searchbox").fill("孵化器")
    expect(faulty.locator(".fault")).to_contain_text("网络中断，检索没有完成")
    expect(faulty.locator("[data-search=said]")).to_have_text("检索没有完成")
    assert faulty.locator("[data-record-id]").count() == 0
    assert count(faulty).count() == 0
    expect(faulty.locator(".fault").get_by_role("link", name="上海市科技创新中心")).to_be_visible()
    faulty.unroute("**/search/p/*")
    faulty.get_by_role("button", name="重试").click()
    expect(count(faulty)).to_have_text("4")


@pytest.mark.parametrize(
    ("files", "status", "words"),
    [
        ("*/texts", 404, "检索文件缺失"),
        ("search/p", 404, "检索文件缺失"),
        ("*/texts", 500, "检索没有完成"),
        ("*/texts", 200, "检索文件损坏"),
    ],
)
def test_missing_or_broken_file_is_never_a_partial_answer(
    faulty: Page, address: str, files: str, status: int, words: str
) -> None:
    faulty.route(f"**/{files}/*", lambda route: route.fulfill(status=status, body="no"))
    faulty.goto(f"{address}/search/?q={quote('孵化器')}")
    expect(faulty.locator(".fault")).to_contain_text(words)
    assert faulty.locator("[data-record-id]").count() == 0
    assert count(faulty).count() == 0


def test_files_of_another_release_are_said_to_be_newer(faulty: Page, address: str) -> None:
    ask(faulty, address)
    faulty.route("**/search/p/*", lambda route: route.fulfill(status=404, body="no"))

    def newer(route: Route) -> None:
        index = route.fetch().text()
        route.fulfill(body=index.replace('"shards":"', '"shards":"0'), content_type="application/json")

    faulty.route("**/search/index.json", newer)
    faulty.get_by_role("searchbox").fill("孵化器")
    expect(faulty.locator(".fault")).to_contain_text("网站内容刚刚更新")
    faulty.unroute_all()
    faulty.get_by_role("button", name="重试").click()
    expect(count(faulty)).to_have_text("4")


def test_program_that_does_not_come_is_said(faulty: Page, address: str) -> None:
    faulty.route("**/search/postings.js", lambda route: route.abort())
    faulty.goto(f"{address}/search/?q={quote('孵化器')}")
    expect(faulty.locator(".fault")).to_contain_text("检索程序没有取全")
    faulty.unroute_all()
    faulty.get_by_role("button", name="重试").click()
    expect(count(faulty)).to_have_text("4")


def test_page_whose_script_does_not_come_leads_on(faulty: Page, address: str) -> None:
    faulty.route("**/search/page.js", lambda route: route.abort())
    faulty.goto(f"{address}/search/")
    expect(faulty.get_by_text("检索要靠脚本和网站服务器")).to_be_visible()


def test_old_browser_is_told_so(faulty: Page, address: str) -> None:
    faulty.add_init_script("delete globalThis.DecompressionStream")
    faulty.goto(f"{address}/search/")
    expect(faulty.locator(".fault")).to_contain_text("这个浏览器太旧")
    expect(faulty.locator(".fault").get_by_role("link", name="上海市科技创新中心")).to_be_visible()


def test_box_says_a_fault_and_still_leads_on(faulty: Page, address: str) -> None:
    faulty.route("**/search/index.json", lambda route: route.abort())
    faulty.goto(f"{address}/about/")
    faulty.keyboard.press("/")
    faulty.keyboard.type("孵化器")
    expect(faulty.locator("[data-find-said]")).to_contain_text("网络中断")
    expect(faulty.get_by_role("option")).to_contain_text("点这里到检索页重试")
    faulty.unroute_all()
    faulty.keyboard.press("Enter")
    expect(count(faulty)).to_have_text("4")


def hold(page: Page, files: str) -> Callable[[], None]:
    """Keeps some files waiting until the function returned is called."""
    held: list[Route] = []
    page.route(files, lambda route: held.append(route))  # noqa: PLW0108

    def release() -> None:
        assert held
        page.route(files, lambda route: route.continue_())
        for route in held:
            route.continue_()

    return release


def test_slow_search_shows_how_far_it_is(faulty: Page, address: str) -> None:
    release = hold(faulty, "**/texts/*")
    with faulty.expect_request("**/texts/*"):
        faulty.goto(f"{address}/search/?q={quote('孵化器')}")
    expect(faulty.get_by_role("progressbar")).to_be_visible()
    expect(faulty.locator("[data-search=waiting]")).to_contain_text("正在检索")
    release()
    expect(count(faulty)).to_have_text("4")
    expect(faulty.get_by_role("progressbar")).to_be_hidden()


def test_outdated_question_does_not_overwrite_the_newer_answer(faulty: Page, address: str) -> None:
    ask(faulty, address)
    release = hold(faulty, "**/search/p/*")
    with faulty.expect_request("**/search/p/*"):
        faulty.get_by_role("searchbox").fill("孵化器")
    faulty.get_by_role("searchbox").fill("")
    expect(count(faulty)).to_have_text("36")
    release()
    faulty.wait_for_timeout(200)
    expect(count(faulty)).to_have_text("36")


# ── without script, from a folder ────────────────────────────


def test_without_scripts_the_page_says_so_and_leads_to_the_centres(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/about/")
    page.locator("#find-query").fill("孵化器")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/search/?q={quote('孵化器')}")
    expect(page.get_by_text("检索要靠脚本和网站服务器")).to_be_visible()
    page.get_by_role("link", name="上海市科技创新中心").click()
    expect(page).to_have_url(f"{address}/stic/")
    context.close()


def test_from_a_folder_the_page_says_so_and_leads_to_the_centres(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.as_uri()}/sstec/index.html")
    page.locator("#find-query").fill("孵化器")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.as_uri()}/search/index.html?q={quote('孵化器')}")
    expect(page.get_by_text("检索要靠脚本和网站服务器")).to_be_visible()
    page.get_by_role("link", name="上海市科技创新中心").click()
    expect(page).to_have_url(f"{site.as_uri()}/stic/index.html")
    context.close()


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
