"""Figures of goals and achievements against the indicators they speak of."""

from generator.agreement import Manner
from generator.model import Evaluation, Form
from generator.narrative import Row
from generator.targets import Target

_NOTHING = Target("")
MET = ("达成指标",)


def rows_of(form: Form, field: str) -> list[Row]:
    """The indicators as a field of the form may speak of them."""
    if field == "achieved" and isinstance(form, Evaluation):
        return [
            Row(row.name, row.target or _NOTHING, "met")
            if row.actual and row.actual.printed in MET
            else Row(row.name, row.actual or _NOTHING, "done")
            for row in form.indicators
        ]
    return [Row(row.name, row.target or _NOTHING, "plan") for row in form.indicators]
