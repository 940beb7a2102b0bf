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


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a query asks for, or excludes; `folded` is its form to compare, never empty."""

    text: str
    excluded: bool
    folded: str


@lru_cache(1 << 14)  # most printed values are printed often: amounts, dates, levels
def fold(text: str) -> str:
    """The form in which texts are compared.

    Compatibility forms (ＡＡＢＩ, ①), case and the separators of digit groups (5,073,780) count for
    nothing; neither does white space, unless it parts two Latin letters or digits.
    """
    plain = unicodedata.normalize("NFKC", text).lower().replace("ς", "σ")
    return _GROUP_COMMA.sub("", _IDLE_BLANK.sub("", _BLANKS.sub(" ", plain)))


def terms(query: str) -> tuple[Term, ...]:
    """The terms of a query.

    Blanks part terms. `"…"` is one term, in which `\\"` is a quotation mark and `\\\\` a backslash. A `-`
    after a blank excludes the term that follows it. Everything else is text. What is asked twice counts once.
    """
    found: dict[tuple[bool, str], Term] = {}
    for match in _TERM.finditer(query):
        excluded = bool(match["minus"])
        text = re.sub(r'\\(["\\])', r"\1", match["quoted"]) if match["quoted"] is not None else match["bare"]
        if folded := fold(text):
            found.setdefault((excluded, folded), Term(text, excluded, folded))
    return tuple(found.values())


_TERM = re.compile(
    rf"""(?P<minus>(?<=[{_BLANK}])-(?=[^{_BLANK}]))?
        (?:"(?P<quoted>(?:\\["\\]|[^"])*)(?:"|$)|(?P<bare>[^{_BLANK}]+))""",
    re.VERBOSE,
)
