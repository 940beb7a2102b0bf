"""What the words of the forms mean, for readers: `glossary.yml`, the one source of it.

    read_glossary().sections          # the page: headings, each with its terms in order
    read_glossary().named("数量指标")  # the term that a form prints, or None

The keys of fields are those of docs/glossary.md, which tells developers the names in code and not
what a word means; a test holds that both use the same Chinese word for a key.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from generator.reading.fields import Line, Model
from generator.reading.load import load_file
from generator.reading.validate import validate
from generator.words.urls import form_term_anchor

_FILE = Path(__file__).parent / "glossary.yml"


class Term(Model):
    """A word of the forms: `also` are other ways to print it, `means` says it in plain Chinese, in a line."""

    key: Line
    word: Line
    also: Annotated[tuple[Line, ...], Field(strict=False)] = ()
    means: Line

    @cached_property
    def anchor(self) -> str:
        """Its id on the page of a form that prints it."""
        return form_term_anchor(self.key)


class Section(Model):
    """Terms that belong together."""

    title: Line
    terms: Annotated[tuple[Term, ...], Field(strict=False)]


class _File(Model):
    sections: Annotated[tuple[Section, ...], Field(strict=False)]


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms: `sections` in the page's order; keys and printed words are unique."""

    sections: tuple[Section, ...]
    by_word: dict[str, Term]

    def named(self, word: str | None) -> Term | None:
        """The term that a form prints as `word`; None where the glossary has none."""
        return self.by_word.get(word) if word else None


@cache
def read_glossary() -> Glossary:
    """The glossary.

    Raises:
        ValueError: its file has a mistake; that is a fault of the program, not of the content.
    """
    loaded = load_file(_FILE, "generator/facts/glossary.yml")
    if loaded.tree is None or loaded.problems:
        raise ValueError(str(loaded.problems))
    found = validate(_File, loaded.tree)
    if isinstance(found, list):
        raise ValueError("; ".join(f"{problem.place} {problem.code} {problem.facts}" for problem in found))
    terms = [term for section in found.sections for term in section.terms]
    by_word = {word: term for term in terms for word in (term.word, *term.also)}
    if len({term.key for term in terms}) < len(terms) or len(by_word) < sum(1 + len(term.also) for term in terms):
        raise ValueError("generator/facts/glossary.yml: a key or a word stands twice")
    return Glossary(found.sections, by_word)
