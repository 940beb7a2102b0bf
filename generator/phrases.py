"""The words around a quantity, and how like they are to the name of an indicator.

Likeness is that of pairs of neighbouring characters: Chinese marks no words, and a name is seldom
repeated to the letter. A pair that many names of the form share says little, a word like 开展 less.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

from generator.quantities import Quantity, Vocabulary, find_quantities

Grams = frozenset[str]

_REACH = 40  # characters that a noun phrase may be long
_SENTENCE = 80
_RUN = re.compile("[\u4e00-\u9fff]+|[A-Za-z]+")
_CLAUSE_END = re.compile("[，；;。！!？?：:]|,(?![0-9])|(?<![0-9])[.]")
_SENTENCE_END = re.compile("[。；;！!？?]")
_JOINT = re.compile("[、和及与并或]")
_NOUN = re.compile("[ “‘《「]*[\u4e00-\u9fffA-Za-z“《]")

# What stands beside the noun phrase, before in the sentence, and above the indicator's own name counts less.
_BESIDE, _BEFORE, _TOPIC = 0.6, 0.25, 0.3
_GENERIC = 0.25


@dataclass(frozen=True, slots=True)
class Phrase:
    """A quantity with the words around it.

    Attributes:
        near: The noun phrase: behind the unit (`2场专题路演`), else before the number (`论文2篇`).
        beside: The other side of the clause.
        before: The sentence up to the clause.
        of_each: The figure is said of each of several (`各1个`).
        partial: The figure is a part, an average, or of another time (`其中`, `每场`, `上年`).
    """

    quantity: Quantity
    near: Grams
    beside: Grams
    before: Grams
    of_each: bool
    partial: bool


def grams(words: str) -> Grams:
    """Pairs of neighbouring Han characters; Latin words as they are."""
    found: set[str] = set()
    for run in _RUN.findall(words):
        found.update([run] if run.isascii() or len(run) == 1 else (run[i : i + 2] for i in range(len(run) - 1)))
    return frozenset(found)


def phrases(text: str, words: Vocabulary) -> Iterator[Phrase]:
    """Every quantity of a paragraph with the words around it."""
    found = list(find_quantities(text, words))
    if not found:
        return
    edges = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
    clause, last, taken = 0, 0, False  # last: where the quantity before ends; taken: what is behind it is its own
    for quantity, following in zip(found, [*(each.start for each in found[1:]), len(text)], strict=True):
        while edges[clause + 1] <= quantity.start:
            clause += 1
        start = max(edges[clause], last, quantity.start - _REACH)
        end = max(quantity.end, min(edges[clause + 1], following, quantity.end + _REACH))
        ahead, behind = text[start : quantity.start], text[quantity.end : end]
        if taken and last > edges[clause]:
            ahead = _JOINT.split(ahead)[-1]
        sentence = _SENTENCE_END.split(text[max(0, start - _SENTENCE) : start])[-1]
        taken = bool(_NOUN.match(behind))
        near, beside = (grams(behind), grams(ahead)) if taken else (grams(ahead), frozenset[str]())
        context = text[edges[clause] : quantity.start]
        yield Phrase(
            quantity,
            near,
            beside - near,
            grams(sentence) - near - beside,
            ahead.rstrip().endswith(("各", "各有", "均为", "分别")),
            any(word in context for word in words.partial),
        )
        last = quantity.end


class Weights:
    """How much each pair of characters says, among the names of one form."""

    def __init__(self, names: Iterable[Grams], words: Vocabulary) -> None:
        counts = Counter(gram for name in names for gram in name)
        self._weights = {gram: 1 / sqrt(count) for gram, count in counts.items()}
        for gram in words.generic:
            self._weights[gram] = _GENERIC * self._weights.get(gram, 1)

    def _sum(self, found: Grams) -> float:
        return sum(self._weights.get(gram, 1) for gram in found)

    def alike(self, phrase: Phrase, own: Grams, topic: Grams) -> float:
        """0 when the clause and a name share nothing, about 1 when they say the same."""
        every = own | topic
        near, beside = phrase.near & every, phrase.beside & every
        if not near and not beside:
            return 0
        said = self._sum(phrase.near) + _BESIDE * self._sum(phrase.beside)
        precision = (self._sum(near) + _BESIDE * self._sum(beside)) / said
        before = _BEFORE * self._sum(phrase.before & own)
        named = self._sum(own)
        recall = (self._sum(near & own) + _BESIDE * self._sum(beside & own) + before) / named
        setting = _BEFORE * self._sum(phrase.before & every) / (named + self._sum(topic))
        return sqrt(precision * min(1, recall)) + _TOPIC * setting
