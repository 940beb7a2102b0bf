"""How templates become text: Jinja, strict and escaping, without what templates of ours never ask it for.

Before each call Jinja finds out whether what is called wants the context, and each escaped word is wrapped to say that
it is escaped, though it is only joined with the rest. Left out, a page costs a quarter less.
"""

import re
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent / "templates"
_special = re.compile("[&<>'\"]").search


def shown(value: object) -> str:
    """What is written of a value within HTML: markup as it is, words escaped."""
    if type(value) is Markup:
        return value
    if type(value) is not str:
        if hasattr(value, "__html__"):
            return escape(value)
        value = str(value)
    return escape(value) if _special(value) else value


class _Code(CodeGenerator):
    """Compiled templates escape by `shown`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        super().visit_Template(node, frame)
        self.writeline("from generator.environment import shown as escape")


class _Context(Context):
    """Calls what is called; nothing that templates call asks for the context."""

    def call(
        self,
        called: Callable[..., Any],
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **kwargs: Any,
    ) -> Any:
        return called(*args, **kwargs)


class _Environment(Environment):
    code_generator_class = _Code
    context_class = _Context

    def make_globals(self, _: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that all templates know; none has more of its own."""
        return self.globals


def new_environment(compiled: BytecodeCache | None = None) -> Environment:
    """What reads and renders templates of HTML. A template that changed is seen by another environment.

    Args:
        compiled: Keeps compiled templates for other environments of the same programs.
    """
    return _Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=compiled,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
