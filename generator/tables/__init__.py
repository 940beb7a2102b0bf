"""The tables of the open data: which there are, their columns, their rows.

Printed words stand in columns of their own, what was read from them beside; where the two say different
things, the printed words are the truth. CSV and XLSX head their columns with the Chinese titles, the
database's tables with the keys.
"""

from typing import Any

from generator.tables.alterations import ALTERATIONS
from generator.tables.centres import CENTRES, DOCUMENTS
from generator.tables.column import Table
from generator.tables.declarations import DECLARATIONS
from generator.tables.evaluations import EVALUATIONS
from generator.tables.indicators import INDICATORS

TABLES: tuple[Table[Any], ...] = (CENTRES, DOCUMENTS, DECLARATIONS, EVALUATIONS, INDICATORS, ALTERATIONS)
