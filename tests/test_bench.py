"""What the bench of the search holds every search to is what ours answers."""

from bench.queries import Query, make_queries, quality, truths
from generator.reading.content import Content
from generator.search.cells import searchables
from generator.search.hits import Request, search_records


def test_truth_of_the_bench_is_what_the_search_from_python_finds(content: Content) -> None:
    records = list(searchables(content.centres))
    place = {found.record.id: at for at, found in enumerate(records)}
    queries = [*make_queries(records, 80), Query("real", "孵化 -基地")]
    found = [[place[hit.found.record.id] for hit in search_records(records, Request(query.text))] for query in queries]
    truth = truths(records, queries)
    assert [sorted(numbers) for numbers in found] == truth
    assert sum(map(bool, truth)) >= 80
    assert {query.kind for query in queries} == {"real", "name", "objective", "figure"}


def test_quality_counts_what_is_missed_and_what_is_wrong() -> None:
    # right; one of two missed; one wrong beside one right; nothing found of one; nothing to find
    found = [[1, 2], [1], [1, 2], [], []]
    truth = [[1, 2], [1, 2], [1], [3], []]
    assert quality(found, truth) == {"recall": 62.5, "precision": 83.3, "exact": 40.0}
