"""How templates become text: Jinja, strict and escaping, without what templates of ours never ask it for.

Before each call Jinja finds out whether what is called wants the context, sorts the words of a macro and looks whether
it escapes; and each escaped word is wrapped to say that it is escaped, though it is only joined with the rest. Left
out, a page costs a third less.
"""

import re
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parent.parent / "templates"
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


class _Macro:
    """A macro: what is called with its words, in their order or by their names; gives markup."""

    __slots__ = ("function", "names")

    def __init__(self, function: Callable[..., str], names: tuple[str, ...]) -> None:
        self.function = function
        self.names = names

    def __call__(self, *words: Any, **named: Any) -> Markup:
        if len(words) < len(self.names):
            words = (*words, *(named.pop(name, missing) for name in self.names[len(words) :]))
        return str.__new__(Markup, self.function(*words, **named))


class _Code(CodeGenerator):
    """Compiled templates escape by `shown`, and call as Python does."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        super().visit_Template(node, frame)
        self.writeline("from generator.pages.environment import shown as escape, _Macro as Macro")

    def visit_Call(  # noqa: N802 - Jinja's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: ARG002 - no template has one
    ) -> None:
        if node.dyn_args or node.dyn_kwargs:
            self.fail("a call with * or ** is not compiled here", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for word in (*node.args, *node.kwargs):
            self.visit(word, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002 - Jinja's
        self.write(f"Macro(macro, {tuple(word.name for word in macro_ref.node.args)!r})")


class _Context(Context):
    """The names that a template is given. What it sets itself, its code has at hand and does not look up here.

    Its macros look names up too. Were they to hold the context, which holds them, then all that a page was made of
    would stay until the collector comes by.
    """

    def __init__(self, environment: Environment, parent: dict[str, Any], *rest: Any, **named: Any) -> None:
        super().__init__(environment, parent, *rest, **named)
        self.resolve_or_missing = lambda key: parent.get(key, missing)  # type: ignore[method-assign]


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
