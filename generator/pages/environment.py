"""How templates become text: Jinja, strict and escaping, without what templates of ours never ask it for.

Before each call Jinja finds out whether what is called wants the context, sorts the words of a macro and looks whether
it escapes; each escaped word is wrapped to say that it is escaped, though it is only joined with the rest; each piece
passes through every template that includes another; `.` tries attributes, then items. Left out, a page costs half. So
a macro takes its words in their order, and an item is asked for by `[…]`, an attribute by `.`.
"""

from collections.abc import MutableMapping
from itertools import chain
from pathlib import Path
from types import FunctionType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined] # its own heart: `escape` makes markup

TEMPLATES = Path(__file__).parent.parent / "templates"
_USES = ("load", "store", "param")
_Finalize = CodeGenerator._FinalizeInfo


def shown(value: object) -> str:
    """What is written of a value within HTML: markup as it is, words escaped."""
    if type(value) is str:
        return escaped(value)
    if type(value) is Markup:
        return value
    return escape(value) if hasattr(value, "__html__") else escaped(str(value))


class _Macro:
    """A macro: called with its words in their order, it gives markup; `plain` gives the same as mere words."""

    __slots__ = ("plain",)

    def __init__(self, plain: FunctionType) -> None:
        plain.__defaults__ = (missing,) * plain.__code__.co_argcount
        self.plain = plain

    def __call__(self, *words: object) -> Markup:
        return str.__new__(Markup, self.plain(*words))


class _Code(CodeGenerator):
    """Compiled templates escape by `shown`, call and look up as Python does, and gather their pieces in lists."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        imported = chain.from_iterable(each.names for each in node.find_all(nodes.FromImport))
        self.macros = {each.name for each in node.find_all(nodes.Macro)}
        self.macros |= {each if isinstance(each, str) else each[1] for each in imported}
        names = {context: {each.name for each in node.find_all(nodes.Name) if each.ctx == context} for context in _USES}
        self.macros -= names["store"] | names["param"]  # what else is called so may need escaping
        self.given = names["load"] - names["store"] - names["param"] - self.macros - {"loop"}
        self.written: nodes.Expr | None = None
        super().visit_Template(node, frame)
        self.writeline("from generator.pages.environment import shown as escape, _Macro as Macro")

    def enter_frame(self, frame: Frame) -> None:
        """Names that are given to the template are looked up once, not in every macro and loop."""
        if frame.toplevel:
            for name in sorted(self.given):
                frame.symbols.load(name)
        super().enter_frame(frame)
        if frame.toplevel:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """The whole text is one piece: an including template does not pass on each of its own."""
        super().leave_frame(frame, with_python_scope)
        if frame.toplevel:
            self.writeline(f"yield concat({frame.buffer})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: _Finalize) -> None:
        self.written = node
        self.write("(") if self._is_plain(node) else super()._output_child_pre(node, frame, finalize)

    def _is_plain(self, node: nodes.Expr | None) -> bool:
        """What is written needs no escaping: words of ours one or the other, a macro's text."""
        if isinstance(node, nodes.CondExpr):
            return self._is_plain(node.expr1) and self._is_plain(node.expr2)
        if isinstance(node, nodes.Const):
            return isinstance(node.value, str) and escape(node.value) == node.value
        return node is self.written and self._is_macro(node)

    def _is_macro(self, node: nodes.Expr | None) -> bool:
        return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in self.macros

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(  # noqa: N802 - Jinja's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: ARG002 - no template has one
    ) -> None:
        if node.dyn_args or node.dyn_kwargs:
            self.fail("a call with * or ** is not compiled here", node.lineno)
        if node.kwargs and self._is_macro(node):
            self.fail("a macro is called with its words in their order", node.lineno)
        self.visit(node.node, frame)
        if node is self.written and self._is_macro(node):
            self.write(".plain")
        self.write("(")
        for word in (*node.args, *node.kwargs):
            self.visit(word, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:  # noqa: ARG002 - Jinja's
        self.write("Macro(macro)")


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

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.read: dict[object, Template] = {}

    def get_template(self, name: str | Template, *_: Any, **__: Any) -> Template:
        """A template by its name; it is looked for once."""
        if name not in self.read:
            self.read[name] = super().get_template(name)
        return self.read[name]

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
