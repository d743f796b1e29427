"""What one would write without a widget of one's own: the same matrix in Textual's DataTable.

`python -m benchmarks.datatable 50 25` opens it with 50 rows and 25 columns.
"""

from __future__ import annotations

import sys
from itertools import cycle
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Static


class Table(App[None]):
    """Offices by documents, a cursor on a cell, and a line below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("j", "down", ""),
        ("l", "right", ""),
        ("q", "quit", ""),
        ("colon", "command_palette", ""),
    ]

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"
        self.animation_level = "none"
        self._shape = rows, columns

    def compose(self) -> ComposeResult:
        yield DataTable(id="table", cursor_type="cell", zebra_stripes=False)
        yield Static("Dokumen")

    def on_mount(self) -> None:
        rows, columns = self._shape
        table, codes = self.query_one("#table", DataTable), cycle("sT·Aks·")
        table.add_column("Perangkat daerah")
        table.add_columns(*(f"{number:02}" for number in range(columns)))
        for row in range(1, rows + 1):
            table.add_row(f"Dinas {row:03} Kabupaten Contoh  44%", *(next(codes) for _ in range(columns)))
        table.focus()

    def action_down(self) -> None:
        self.query_one("#table", DataTable).action_cursor_down()

    def action_right(self) -> None:
        self.query_one("#table", DataTable).action_cursor_right()


if __name__ == "__main__":
    Table(int(sys.argv[1]), int(sys.argv[2])).run(mouse=False)
