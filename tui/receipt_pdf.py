"""A receipt as one page of A4, as PDF/A-2b: the same bytes each time."""

from __future__ import annotations

import json

from tui.receipts import Sheet

# Nothing of a receipt is ever part of this text: it comes in as data, and what stands in it is not obeyed.
_TEMPLATE = r"""
#let d = json(bytes(sys.inputs.data))
#let faint = rgb("#5c6670")
#let line-of-rule = line(length: 100%, stroke: 0.5pt + rgb("#c3cad1"))

#set document(title: d.title + " " + d.number, author: d.region)
#set page(paper: "a4", margin: (x: 25mm, top: 30mm, bottom: 22mm))
#set text(font: "Libertinus Serif", size: 10.5pt, lang: d.language, hyphenate: false, fallback: false)
#set par(leading: 0.6em, spacing: 0.9em)
#let hash(it) = text(font: "DejaVu Sans Mono", size: 7.5pt, it)
#let value(it) = {
  show regex("\S{24}"): run => run + sym.zws // a name without blanks is broken somewhere
  it
}

#text(size: 11pt, tracking: 0.14em, fill: faint, d.title)

#v(-2mm)
#text(size: 23pt, d.number)

#v(-3mm)
#text(size: 12pt, d.region)

#v(2mm)
#line-of-rule
#v(1mm)

#grid(
  columns: (34mm, 1fr),
  row-gutter: 3.9mm,
  ..d.fields.map(field => (
    text(fill: faint, field.label),
    if field.is_hash { hash(field.value) } else { value(field.value) },
  )).flatten()
)

#v(1mm)
#line-of-rule
#v(1mm)

#set text(size: 9.5pt)
#for remark in d.remarks [#par(remark)]
"""


def pdf(one: Sheet) -> bytes:
    """The sheet as a file."""
    # Not at the top: only who prints a receipt pays for it.
    import typst

    return typst.compile(
        _TEMPLATE.encode(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_data(one))},
        pdf_standards="a-2b",
        timestamp=int(one.at.timestamp()),
    )


def _data(one: Sheet) -> dict[str, object]:
    told = {"language": one.language, "title": one.title, "number": one.number, "region": one.region}
    return {**told, "fields": [field._asdict() for field in one.fields], "remarks": one.remarks}
