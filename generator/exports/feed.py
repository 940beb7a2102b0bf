"""Events → Atom feeds (RFC 4287) of the site and of each centre.

A feed needs the site's address, and a day on which it was last changed: without the one, or without
a dated event, there is none.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree

from generator.data.events import Event
from generator.pages.outline import Outline, latest
from generator.pages.render import DocsFile
from generator.words.urls import FEED, HOME, centre_feed_url

LATEST = 100  # events of one feed; what came before stands on the pages and in the data
# What XML 1.0 has no way to write. Records hold none of it; a feed must not break should one ever.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def site_feed(outlines: Sequence[Outline], site_name: str, site_url: str | None) -> Iterator[DocsFile]:
    """The feed of the site; none while the site has no address, none without a dated event."""
    if site_url and (found := latest(outlines)):
        yield DocsFile(FEED, atom(found, site_name, site_name, site_url, FEED, HOME))


def centre_feed(outline: Outline, site_name: str, site_url: str | None) -> Iterator[DocsFile]:
    """The feed of a centre; none while the site has no address, none of a centre without a dated event."""
    if site_url and (own := latest([outline])):
        title, place = f"{outline.name} – {site_name}", centre_feed_url(outline.id)
        yield DocsFile(place, atom(own, title, site_name, site_url, place, outline.link.url))


def atom(found: Sequence[Event], title: str, site_name: str, site_url: str, place: str, page: str) -> bytes:
    """An Atom feed of the latest events.

    Args:
        found: Events, the latest first; at least one.
        title: The feed's title.
        site_name: The site's name; it speaks where no centre does.
        site_url: The site's address with a slash at its end.
        place: The feed's own URL; its id.
        page: The URL of the page that it is about.
    """
    feed = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "zh-CN"})
    _add(feed, "id", site_url + place)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(found[0].day))
    _add(feed, "link", rel="self", type="application/atom+xml", href=site_url + place)
    _add(feed, "link", rel="alternate", type="text/html", href=site_url + page)
    _add(ElementTree.SubElement(feed, "author"), "name", site_name)
    for event in found[:LATEST]:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "id", site_url + event.id)
        _add(entry, "title", event.title)
        _add(entry, "updated", _moment(event.day))
        _add(entry, "published", _moment(event.day))
        _add(entry, "link", rel="alternate", type="text/html", href=site_url + event.url)
        if event.by_centre:
            _add(ElementTree.SubElement(entry, "author"), "name", event.centre)
        _add(entry, "summary", event.summary)
    ElementTree.indent(feed, " ")
    return bytes(ElementTree.tostring(feed, "utf-8", xml_declaration=True)) + b"\n"


def _add(parent: ElementTree.Element, tag: str, words: str | None = None, **attributes: str) -> None:
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = None if words is None else _NOT_XML.sub("", words)


def _moment(day: date) -> str:
    """Atom asks for a moment; a record knows the day: its first moment in Beijing."""
    return f"{day.isoformat()}T00:00:00+08:00"
