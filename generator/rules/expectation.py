"""What disclosure.yml expects of its records, and the source document beside them."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from generator.figures.amounts import YUAN_PER, Amount, written
from generator.reading.content import Disclosure, budgeted, requested
from generator.reading.model import EvaluationsFacts, TargetsFacts
from generator.rules.rule import NO_SOURCE, DisclosureScope, Found, WholeScope, rule
from generator.words.problems import Basis, Check, Problem, Words

EXPECT = Check(
    "expectation",
    Words("张数或合计与登记的不符", "records do not add up to what is expected"),
    Words("应为 {expected}", "{expected} is expected"),
    Words("文件夹里的记录合计为 {found}", "the records of the folder add up to {found}"),
    Words(
        "查是否漏了记录、录错了金额，或 disclosure.yml 的 expect 写错。",
        "see whether a record is missing, a figure was miscopied, or expect itself is wrong.",
    ),
    basis=Basis(
        "logic",
        Words("从来源文件数出的张数、合计，录完应一样", "what was counted on the source is there when all is copied"),
    ),
    looks_at=Words("disclosure.yml 的 expect，与各张表", "expect of disclosure.yml, beside all records"),
)
SOURCE = Check(
    "source-digest",
    Words("来源文本被改动", "the source text was changed"),
    Words("source.txt 的 SHA-256 应为 {expected}", "the SHA-256 {expected} of source.txt is expected"),
    Words("现为 {found}", "found {found}"),
    Words(
        "source.txt 应保持收到时的原样；换了来源文件，就把新值写进 source.sha256。",
        "source.txt stays as received; if the document was replaced, write its new digest into source.sha256.",
    ),
    basis=Basis("logic", Words("谁都能核对来源文本没有被改动", "anybody can see that the source text is as received")),
    looks_at=Words(
        "source.txt 的 SHA-256，与 disclosure.yml 里写的", "the digest of source.txt, beside that of disclosure.yml"
    ),
    waivable=False,
)

NUMBER = Check(
    "record-number",
    Words("表的编号不是它的次序", "a record's number is not its place"),
    Words("这是第 {place} 张表，文件名应为 {expected}", "this is form {place}: the file name {expected} is expected"),
    Words("现为 {found}", "found {found}"),
    Words(
        "按原文件里的次序改名；网址由文件名决定，已公开的不要改，应补上缺的那一张。",
        "rename it by its place in the document; the URL follows the name, so if it is published add the missing form.",
    ),
    basis=Basis(
        "logic", Words("编号是表在文件里的次序，也是网址", "a number is a form's place in its document, and its URL")
    ),
    looks_at=Words("一份文件里各张表的文件名", "the file names of a document's records"),
    waivable=False,
)


WITHDRAWN = Check(
    "withdrawn-number",
    Words("撤下的表还在", "a withdrawn form is still there"),
    Words("撤下了第 {number} 张，就不应还有它的文件", "form {number} is withdrawn: no file of it is expected"),
    Words("{number}.yml 还在", "{number}.yml is there"),
    Words(
        "撤下的，删去这个文件，并改 expect；不撤，删去 withdrawn 里的这一条。",
        "delete the file and see to expect; or delete the entry of withdrawn.",
    ),
    basis=Basis("logic", Words("撤下的表不再公开", "a withdrawn form is not published any more")),
    looks_at=Words("disclosure.yml 的 withdrawn，与文件夹里的表", "withdrawn of disclosure.yml, beside the records"),
    waivable=False,
)


def _count(disclosure: Disclosure, key: str, expected: int, found: int) -> Iterator[Problem]:
    if expected != found:
        yield disclosure.origin.problem(EXPECT, "expect", key, expected=str(expected), found=str(found))


def _money(disclosure: Disclosure, key: str, expected: Amount, found: Decimal) -> Iterator[Problem]:
    if expected.number != found:
        yield disclosure.origin.problem(EXPECT, "expect", key, expected=expected.printed, found=written(found))


@rule(EXPECT, WholeScope)
def keeps_its_promise(scope: WholeScope) -> Found:
    """Number of records and indicators, and sums of money (元 for declarations, 万元 for evaluations)."""
    disclosure = scope.disclosure
    facts = disclosure.facts
    if isinstance(facts, TargetsFacts):
        yield from _money(disclosure, "total", facts.expect.total, requested(disclosure))
    elif isinstance(facts, EvaluationsFacts):
        for key, expected in (("revised", facts.expect.revised), ("spent", facts.expect.spent)):
            yield from _money(disclosure, key, expected, budgeted(disclosure, key) / YUAN_PER["万元"])
    else:  # pragma: no cover - there are two kinds
        raise TypeError(facts)
    yield from _count(disclosure, "records", facts.expect.records, len(disclosure.records))
    yield from _count(disclosure, "indicators", facts.expect.indicators, disclosure.indicators)


@rule(NUMBER, WholeScope)
def numbers_are_places(scope: WholeScope) -> Found:
    """Records are numbered 01, 02 …: the number is the form's place in its document; withdrawn ones leave gaps."""
    there = {int(record.number) for record in scope.disclosure.records}
    withdrawn = {int(each.number) for each in scope.disclosure.facts.withdrawn} - there
    places = (place for place in count(1) if place not in withdrawn)
    for place, record in zip(places, scope.disclosure.records, strict=False):
        if record.number != f"{place:02}":
            facts = {"place": str(place), "expected": f"{place:02}.yml", "found": f"{record.number}.yml"}
            yield record.origin.problem(NUMBER, **facts)
            return


@rule(WITHDRAWN, WholeScope)
def withdrawn_is_gone(scope: WholeScope) -> Found:
    there = {record.number for record in scope.disclosure.records}
    for index, each in enumerate(scope.disclosure.facts.withdrawn):
        if each.number in there:
            yield scope.disclosure.origin.problem(WITHDRAWN, "withdrawn", index, "number", number=each.number)


@rule(SOURCE, DisclosureScope)
def source_as_received(scope: DisclosureScope) -> Found:
    """source.txt has the digest that disclosure.yml states."""
    disclosure = scope.disclosure
    if not disclosure.source.readable:
        yield NO_SOURCE
    elif disclosure.source.sha256 != disclosure.facts.source.sha256:
        facts = {"expected": disclosure.facts.source.sha256, "found": disclosure.source.sha256}
        yield disclosure.origin.problem(SOURCE, "source", "sha256", **facts)
