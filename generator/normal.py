"""What counts as the same text when one searches, and how a query is read.

`theme_overrides/assets/js/search/words.js` says the same for the browser; tests/search/words.json
holds both to it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# White space as JavaScript's \s has it: of a query before, and of a text after compatibility forms are folded.
_BLANK = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_BLANKS = re.compile(f"[{_BLANK}]+")
_LATIN = "0-9a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_IDLE_BLANK = re.compile(f"(?<![{_LATIN}]) | (?![{_LATIN}])")
_GROUP_COMMA = re.compile("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
# The last comma of a term may part a group whose other digits the reader left out.
_OPEN_COMMA = re.compile("(?<=[0-9]),(?=[0-9]{1,2}$)")
_NUMBER = re.compile("[0-9,.]*[0-9][0-9,.]*")


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a query asks for, or excludes.

    `spellings` are its folded forms; a value holds the term when it holds any of them.
    """

    text: str
    excluded: bool
    spellings: tuple[str, ...]

    def in_value(self, folded: str) -> bool:
        return any(spelling in folded for spelling in self.spellings)

    def is_value(self, folded: str) -> bool:
        return folded in self.spellings


@lru_cache(1 << 14)  # most printed values are printed often: amounts, dates, levels
def fold(text: str) -> str:
    """The form in which texts are compared.

    Compatibility forms (ＡＡＢＩ, ①), case and the separators of digit groups (5,073,780) count for
    nothing; neither does white space, unless it parts two Latin letters or digits.
    """
    return _folded(_plain(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")


def _folded(plain: str) -> str:
    return _IDLE_BLANK.sub("", _BLANKS.sub(" ", _GROUP_COMMA.sub("", plain)))


def spellings(text: str) -> tuple[str, ...]:
    """The folded forms of a term: two where its last comma may part digits or words.

    A number is found by every beginning of it, as it is typed: `5,073,` and `5,073,7` are ways to `5,073,780`.
    """
    plain = _plain(text)
    if _NUMBER.fullmatch(plain):
        plain = plain.strip(",")
    folded = _folded(plain)
    return tuple(dict.fromkeys(form for form in (_OPEN_COMMA.sub("", folded), folded) if form))


def terms(query: str) -> tuple[Term, ...]:
    """The terms of a query.

    Blanks part terms. `"…"` is one term, in which `\\"` is a quotation mark and `\\\\` a backslash. A `-`
    after a blank excludes the term that follows it. Everything else is text.
    """
    found = []
    for match in _TERM.finditer(query):
        excluded = bool(match["minus"])
        text = re.sub(r'\\(["\\])', r"\1", match["quoted"]) if match["quoted"] is not None else match["bare"]
        if forms := spellings(text):
            found.append(Term(text, excluded, forms))
    return tuple(found)


_TERM = re.compile(
    rf"""(?P<minus>(?<=[{_BLANK}])-(?=[^{_BLANK}]))?
        (?:"(?P<quoted>(?:\\["\\]|[^"])*)(?:"|$)|(?P<bare>[^{_BLANK}]+))""",
    re.VERBOSE,
)
