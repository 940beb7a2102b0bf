"""Plan → what programs that walk the site ask for: `robots.txt`, and `sitemap.xml` where the address is known."""

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import escape

from generator.pages.render import DocsFile

# Addresses that a sitemap may have (https://www.sitemaps.org/protocol.html); where there are more, it lists others.
_MOST = 50_000
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_files(urls: Sequence[str], site_url: str | None) -> Iterator[DocsFile]:
    """Everything may be read; where the site's address is known, also the list of its pages.

    Args:
        urls: The pages' URLs.
        site_url: The site's address with a slash at its end, or None while it has none.
    """
    robots = "User-agent: *\nAllow: /\n"
    if site_url:
        robots += f"Sitemap: {site_url}sitemap.xml\n"
        # no dates: a page's date is that of its record, and those are mostly unknown
        maps = [_listed("urlset", "url", site_url, urls[start : start + _MOST]) for start in range(0, len(urls), _MOST)]
        if len(maps) > 1:
            names = [f"sitemap-{number}.xml" for number in range(1, len(maps) + 1)]
            yield from map(DocsFile, names, maps)
            maps = [_listed("sitemapindex", "sitemap", site_url, names)]
        yield DocsFile("sitemap.xml", maps[0])
    yield DocsFile("robots.txt", robots.encode())


def _listed(whole: str, one: str, site_url: str, urls: Iterable[str]) -> bytes:
    places = "".join(f"\n<{one}><loc>{escape(site_url + url)}</loc></{one}>" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} {_SPACE}>{places}\n</{whole}>\n'.encode()
