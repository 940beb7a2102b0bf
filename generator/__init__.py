"""Turns records of public budget performance (content/) into a proved disclosure site.

The order below is the law: a module imports only modules above it in `ORDER`; modules below the
fence, but for the line itself and its handles, know bytes and paths and not what a record is.
`tests/test_architecture.py` holds it.
"""

ORDER = (
    "place",
    "problems",
    "text",
    "tree",
    "amounts",
    "dates",
    "targets",
    "prose",
    "urls",
    "shell",
    "find",
    "syntax",
    "load",
    "model",
    "validate",
    "settings",
    "profile",
    "scoring",
    "content",
    "spread",
    "lineage",
    "rules",
    "waivers",
    "catalogue",
    "judge",
    "report",
    "formats",
    "sheet",
    "summary",
    "plan",
    "render",
    "downloads",
    # the fence
    "write",
    "engine",
    "stamp",
    "index",
    "verify",
    "swap",
    # the line and its handles: they know every stage
    "pipeline",
    "serve",
    "cli",
)
FENCE = "write"
HANDLES = ("pipeline", "serve", "cli")
