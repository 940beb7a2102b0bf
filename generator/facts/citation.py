"""How to cite a page: GB/T 7714-2015, an electronic resource, in its three parts.

    author. title[type/OL]. (published)[the reader's day]. address.

The reader's day is not known to the site: the words `引用日期` stand for it, and a script fills it in.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Citation:
    """The words before and behind the day of reading, which stands in square brackets between them."""

    before: str
    behind: str


def citation(author: str | None, title: str, kind: str, published: date | None, address: str) -> Citation:
    """A page as a source.

    Args:
        author: Who answers for it; None when nobody is named.
        title: Its title.
        kind: The type of the document: `EB` for a page, `DS` for data.
        published: The day of its publication; left out, never guessed, where it is not known.
        address: Its permanent URL, or its path on the site while the site has no address.

    Source: GB/T 7714-2015, 4.6 电子资源.
    """
    by = f"{author}. " if author else ""
    day = f"({published.isoformat()})" if published else ""
    return Citation(f"{by}{title}[{kind}/OL]. {day}", f". {address}.")
