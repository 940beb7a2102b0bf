"""The words around a quantity, and how like they are to the name of an indicator.

Likeness is that of pairs of neighbouring characters: Chinese marks no words, and a name is seldom
repeated to the letter. A pair that many names of the form share says little, a word like 开展 less.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import fsum, sqrt

from generator.figures.quantities import Quantity, find_quantities
from generator.figures.usage import Usage

Grams = frozenset[str]

_REACH = 40  # characters that a noun phrase may be long
_SENTENCE = 80
_RUN = re.compile("[\u4e00-\u9fff]+|[A-Za-z]+")
_CLAUSE_END = re.compile("[，；;。！!？?：:]|,(?![0-9])|(?<![0-9])[.]")
_SENTENCE_END = re.compile("[。；;！!？?]")
_JOINT = re.compile("[、和及与并或]")
_OF_EACH = ("各", "各有", "均为")
_BOTH = re.compile("[和与及、]")
# between two quantities of one list: `线上5场、线下3场`, `线上5场，线下3场`
_LIST = re.compile("[^，,；;。！!？?：:]*[、和及][^，,；;。！!？?：:]*$|[，,][^，,；;。！!？?：:、]{1,3}$")
_NOUN = re.compile("[ “‘《「]*[\u4e00-\u9fffA-Za-z“《]")

# The weights belong to the way of reading and to the limits that were measured with them; no jurisdiction chooses them.
# What stands beside the noun phrase, before in the sentence, and above the indicator's own name counts less.
_BESIDE, _BEFORE, _TOPIC = 0.6, 0.25, 0.3
_GENERIC = 0.25
_HEAD = 6  # characters from the number within which words before it count at least half
# `推送量`, `举办场数`: what only says that something is counted.
_COUNTED = re.compile("(?:次|场|人|家|篇|件|个)?数量?$|(?<=[^\u6570])量$|(?:人|场)次$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quantity with the words around it.

    Attributes:
        quantity: The quantity.
        near: The noun phrase: behind the unit (`2场专题路演`), else before the number (`论文2篇`), each
            pair of characters with its closeness to the number, 0-1.
        beside: The other side of the clause.
        before: The sentence up to the clause, as it is.
        of_each: The figure is said of each of several (`各1个`).
        of_both: It may be said of two (`办结率和解答率100%`).
        partial: Words that make it a part or an average (`其中`, `每场`), or another time's (`上年`, `近三年`).
        joined: It follows the quantity before as the next of a list (`线上5场、线下3场`).
    """

    quantity: Quantity
    near: dict[str, float]
    beside: Grams
    before: str
    of_each: bool
    of_both: bool
    partial: frozenset[str]
    joined: bool


def grams(words: str) -> Grams:
    """Pairs of neighbouring Han characters; Latin words as they are."""
    return frozenset(gram for gram, _ in _placed(words))


def name_grams(name: str) -> Grams:
    """The pairs of an indicator's name, but for what only says that something is counted."""
    return grams(_COUNTED.sub("", name)) or grams(name)


def _placed(words: str) -> list[tuple[str, int]]:
    """Each pair and where it ends."""
    found: list[tuple[str, int]] = []
    for run in _RUN.finditer(words):
        start, end = run.span()
        if end - start == 1 or run[0].isascii():
            found.append((run[0], end))
        else:
            found += [(words[at - 2 : at], at) for at in range(start + 2, end + 1)]
    return found


def _close(words: str) -> dict[str, float]:
    """The pairs before a number: the farther from it, the less they count."""
    return {gram: 1 / (1 + (len(words) - end) / _HEAD) for gram, end in _placed(words)}


def phrases(text: str, words: Usage, year: int) -> Iterator[Phrase]:
    """Every quantity of a paragraph with the words around it; `year` is that of the form."""
    found = list(find_quantities(text, words))
    if not found:
        return
    edges = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    clause, last, taken = 0, 0, False  # last: where the quantity before ends; taken: what is behind it is its own
    for quantity, following in zip(found, [*(each.start for each in found[1:]), len(text)], strict=True):
        while edges[clause + 1] <= quantity.start:
            clause += 1
        of_each = text[max(0, quantity.start - 3) : quantity.start].rstrip().endswith(_OF_EACH)
        reach = _SENTENCE * 2 if of_each else _REACH
        start = max(edges[clause], last, quantity.start - reach)
        end = max(quantity.end, min(edges[clause + 1], following, quantity.end + _REACH))
        ahead, behind = text[start : quantity.start], text[quantity.end : end]
        if taken and last > edges[clause]:
            ahead = _JOINT.split(ahead)[-1]
        if following < edges[clause + 1]:
            behind = behind.partition("、")[0]
        told = sentence = _SENTENCE_END.split(text[max(0, start - _SENTENCE) : start])[-1]
        taken = bool(_NOUN.match(behind))
        near = (
            dict.fromkeys(grams(behind), 1.0)
            if taken
            else dict.fromkeys(grams(ahead), 1.0)
            if of_each
            else _close(ahead)
        )
        if not near:  # `发稿每周3次，不低于500篇`: what is counted was said in the clause before
            near, sentence = _close(sentence), ""
        beside = grams(ahead) - near.keys() if taken else frozenset[str]()
        context = text[max(edges[clause], quantity.start - _SENTENCE) : quantity.start]
        partial = words.partial_figures.findall(context)
        time = words.other_time(told + text[start : quantity.start], year)
        yield Phrase(
            quantity,
            near,
            beside,
            sentence,
            of_each,
            bool(_BOTH.search(ahead)),
            frozenset([*partial, time] if time else partial),
            bool(_LIST.match(text, last, quantity.start)),
        )
        last = quantity.end


class Weights:
    """How much each pair of characters says, among the names of one form.

    Sums are `fsum`'s, which are the same in any order: sets have none.
    """

    def __init__(self, names: Iterable[Grams], words: Usage) -> None:
        counts = Counter(gram for name in names for gram in name)
        self._weights = {gram: 1 / sqrt(count) for gram, count in counts.items()}
        for gram in words.generic:
            self._weights[gram] = _GENERIC * self._weights.get(gram, 1)

    def _sum(self, found: Iterable[str]) -> float:
        return fsum(self._weights.get(gram, 1) for gram in found)

    def alike(self, phrase: Phrase, own: Grams, topic: Grams) -> float:
        """0 when the clause and a name share nothing, about 1 when they say the same."""
        every = own | topic
        near, beside = phrase.near.keys() & every, phrase.beside & every
        if not near and not beside:
            return 0
        weights = self._weights
        said = fsum(weights.get(gram, 1) * close for gram, close in phrase.near.items())
        told = fsum(weights.get(gram, 1) * phrase.near[gram] for gram in near)
        precision = (told + _BESIDE * self._sum(beside)) / (said + _BESIDE * self._sum(phrase.beside))
        named = self._sum(own)
        before = {gram for gram in every if gram in phrase.before} - phrase.near.keys() - phrase.beside
        recall = (self._sum(near & own) + _BESIDE * self._sum(beside & own) + _BEFORE * self._sum(before & own)) / named
        setting = _BEFORE * self._sum(before) / (named + self._sum(topic))
        return sqrt(precision * min(1, recall)) + _TOPIC * setting
