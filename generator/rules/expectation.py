"""What disclosure.yml expects of its records, and the source document beside them."""

from collections.abc import Iterator
from decimal import Decimal

from generator.amounts import Amount, written
from generator.content import Disclosure, budgeted, requested
from generator.model import EvaluationsFacts, TargetsFacts
from generator.problems import Entry, Problem, Words

EXPECT = Entry(
    "expectation",
    Words("应为 {expected}", "{expected} is expected"),
    Words("文件夹里的记录合计为 {found}", "the records of the folder add up to {found}"),
    Words(
        "查是否漏了记录、录错了金额，或 disclosure.yml 的 expect 写错。",
        "see whether a record is missing, a figure was miscopied, or expect itself is wrong.",
    ),
)
SOURCE = Entry(
    "source-digest",
    Words("source.txt 的 SHA-256 应为 {expected}", "the SHA-256 {expected} of source.txt is expected"),
    Words("现为 {found}", "found {found}"),
    Words(
        "source.txt 应保持收到时的原样；换了来源文件，就把新值写进 source.sha256。",
        "source.txt stays as received; if the document was replaced, write its new digest into source.sha256.",
    ),
)


NUMBER = Entry(
    "record-number",
    Words("这是第 {place} 张表，文件名应为 {expected}", "this is form {place}: the file name {expected} is expected"),
    Words("现为 {found}", "found {found}"),
    Words(
        "按原文件里的次序改名；网址由文件名决定，已公开的不要改，应补上缺的那一张。",
        "rename it by its place in the document; the URL follows the name, so if it is published add the missing form.",
    ),
)


def _count(disclosure: Disclosure, key: str, expected: int, found: int) -> Iterator[Problem]:
    if expected != found:
        yield disclosure.origin.problem(EXPECT, "expect", key, expected=str(expected), found=str(found))


def _money(disclosure: Disclosure, key: str, expected: Amount, found: Decimal) -> Iterator[Problem]:
    if expected.number != found:
        yield disclosure.origin.problem(EXPECT, "expect", key, expected=expected.printed, found=written(found))


def keeps_its_promise(disclosure: Disclosure) -> Iterator[Problem]:
    """Number of records and indicators, and sums of money (元 for declarations, 万元 for evaluations)."""
    if not disclosure.whole:
        return
    facts = disclosure.facts
    if isinstance(facts, TargetsFacts):
        yield from _money(disclosure, "total", facts.expect.total, requested(disclosure))
    elif isinstance(facts, EvaluationsFacts):
        for key, expected in (("revised", facts.expect.revised), ("spent", facts.expect.spent)):
            yield from _money(disclosure, key, expected, budgeted(disclosure, key) / 10_000)
    else:  # pragma: no cover - there are two kinds
        raise TypeError(facts)
    yield from _count(disclosure, "records", facts.expect.records, len(disclosure.records))
    yield from _count(disclosure, "indicators", facts.expect.indicators, disclosure.indicators)


def numbers_are_places(disclosure: Disclosure) -> Iterator[Problem]:
    """Records are numbered 01, 02 … without a gap: the number is the form's place in its document."""
    if not disclosure.whole:
        return
    for place, record in enumerate(disclosure.records, 1):
        if record.number != f"{place:02}":
            facts = {"place": str(place), "expected": f"{place:02}.yml", "found": f"{record.number}.yml"}
            yield record.origin.problem(NUMBER, **facts)
            return


def source_as_received(disclosure: Disclosure) -> Iterator[Problem]:
    """source.txt has the digest that disclosure.yml states."""
    if disclosure.source.readable and disclosure.source.sha256 != disclosure.facts.source.sha256:
        facts = {"expected": disclosure.facts.source.sha256, "found": disclosure.source.sha256}
        yield disclosure.origin.problem(SOURCE, "source", "sha256", **facts)
