"""Plan → what programs that walk the site ask for: `robots.txt`, and `sitemap.xml` where the address is known."""

from collections.abc import Iterable, Iterator

from markupsafe import escape

from generator.render import DocsFile


def sitemap_files(urls: Iterable[str], site_url: str | None) -> Iterator[DocsFile]:
    """Everything may be read; where the site's address is known, also the list of its pages."""
    robots = "User-agent: *\nAllow: /\n"
    if site_url:
        robots += f"Sitemap: {site_url}sitemap.xml\n"
        yield DocsFile("sitemap.xml", _sitemap(urls, site_url).encode())
    yield DocsFile("robots.txt", robots.encode())


def _sitemap(urls: Iterable[str], site_url: str) -> str:
    """Every page's address. No dates: a page's date is that of its record, and those are mostly unknown."""
    places = "".join(f"\n<url><loc>{escape(site_url + url)}</loc></url>" for url in urls)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">{places}\n</urlset>\n'
