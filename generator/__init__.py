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
    "normal",
    "prose",
    "urls",
    "shell",
    "find",
    "syntax",
    "load",
    "model",
    "validate",
    "settings",
    "scoring",
    "content",
    "rules",
    "lineage",
    "sheet",
    "summary",
    "plan",
    "render",
    "downloads",
    "cells",
    "search",
    "answer",
    "postings",
    "search_files",
    # the fence
    "write",
    "engine",
    "stamp",
    "verify",
    "swap",
    # the line and its handles: they know every stage
    "pipeline",
    "serve",
    "cli",
)
FENCE = "write"
HANDLES = ("pipeline", "serve", "cli")
