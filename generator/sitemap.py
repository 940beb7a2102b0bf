"""Plan → what programs that walk the site ask for: `robots.txt`, and `sitemap.xml` where the address is known."""

from collections.abc import Iterator

from markupsafe import escape

from generator.plan import Plan
from generator.render import DocsFile


def sitemap_files(plan: Plan) -> Iterator[DocsFile]:
    """Everything may be read; where the site's address is known, also the list of its pages."""
    robots = "User-agent: *\nAllow: /\n"
    if plan.site_url:
        robots += f"Sitemap: {plan.site_url}sitemap.xml\n"
        yield DocsFile("sitemap.xml", _sitemap(plan, plan.site_url).encode())
    yield DocsFile("robots.txt", robots.encode())


def _sitemap(plan: Plan, site_url: str) -> str:
    """Every page's address. No dates: a page's date is that of its record, and those are mostly unknown."""
    places = "".join(f"\n<url><loc>{escape(site_url + page.url)}</loc></url>" for page in plan.pages)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">{places}\n</urlset>\n'
