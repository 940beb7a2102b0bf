"""What the pages may do in a browser: the Content-Security-Policy, in its one place.

The theme's `partials/meta.html`, docs/serving/nginx.conf and docs/serving/Caddyfile repeat it, as other programs
read them; `verify` holds every page to it, and `tests/test_policy.py` the rest.
"""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'"
)
"""As every page carries it, for readers of a copied folder or of a server that sends none."""

POLICY = f"{PAGE_POLICY}; frame-ancestors 'none'"
"""As a server sends it: only a header can say who may frame a page."""
