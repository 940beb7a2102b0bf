"""The tables of the open data: which there are, their columns, their rows.

Printed words stand in columns of their own, what was read from them beside; where the two say different
things, the printed words are the truth. CSV and XLSX head their columns with the Chinese titles, the
database's tables with the keys.
"""

from typing import Any

from generator.data.alterations import ALTERATIONS
from generator.data.centres import CENTRES, DOCUMENTS
from generator.data.column import Table
from generator.data.declarations import DECLARATIONS
from generator.data.evaluations import EVALUATIONS
from generator.data.indicators import INDICATORS

TABLES: tuple[Table[Any], ...] = (CENTRES, DOCUMENTS, DECLARATIONS, EVALUATIONS, INDICATORS, ALTERATIONS)
