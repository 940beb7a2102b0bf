"""A page for developers: every part of the templates as its example shows it, and the tokens of the look.

The public site does not have it: the preview does, and the tests, which look at it as at any kind of page. A part
`parts/<part>.md.j2` has its example beside it, `parts/<part>.example.j2`: a few lines that use the part. They see what
the pages of one declaration, one evaluation, one document of each kind and one year may speak of, under the names of
their templates.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from generator.facts.page import HOME_LINK, Page
from generator.facts.shell import Shell
from generator.pages.metas import with_metas
from generator.pages.plan import Plan
from generator.words.urls import COMPONENTS

PARTS = Path(__file__).parent.parent / "templates" / "parts"
_SAMPLES = ("declaration", "evaluation", "targets", "evaluations", "yearbook")
_TITLE, _DESCRIPTION = "部件", "模板的各个部件和它们的示例，以及版式的记号；供开发者查看，不公开。"


def components_shell() -> Shell | None:
    """The shell of the page of components."""
    return _page({}).shell


def with_components(plan: Plan, tokens: str) -> Plan:
    """The plan with the page of components.

    Args:
        plan: The plan; without a page of each of the samples it stays as it is.
        tokens: The style sheet of the tokens (theme_overrides/assets/css/tokens.css).
    """
    samples = {template: _shortest(plan.pages, template) for template in _SAMPLES}
    if None in samples.values():
        return plan
    inputs: dict[str, object] = {
        template: SimpleNamespace(**page.inputs, **page.late(), page=page) for template, page in samples.items() if page
    }
    inputs["parts"] = sorted(path.name.removesuffix(".md.j2") for path in PARTS.glob("*.md.j2"))
    inputs["colours"], inputs["measures"] = _tokens(tokens)
    return replace(plan, pages=(*plan.pages, _page(inputs)))


def _page(inputs: Mapping[str, object]) -> Page:
    return with_metas(Page(COMPONENTS, "components", _TITLE, _DESCRIPTION, inputs, (HOME_LINK,)))


def _shortest(pages: Iterable[Page], template: str) -> Page | None:
    """The page of a template that says the least of a form; the first of those that are alike."""
    found = [page for page in pages if page.template == template]
    return min(found, key=lambda page: len(getattr(page.inputs.get("form"), "indicators", ())), default=None)


def _tokens(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Names of the colours; names and values of the rest."""
    light = dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", text.partition("@media")[0]))
    colours = [name for name, value in light.items() if value.startswith("#")]
    return colours, [(name, value) for name, value in light.items() if name not in colours]
