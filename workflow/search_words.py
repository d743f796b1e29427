"""The words of a search: where something can be found, and what filters and their values are called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from workflow.states import State


class Kind(StrEnum):
    """Where something can be found."""

    DOCUMENT = "document"
    PAGE = "page"
    NOTE = "note"
    FINDING = "finding"
    FILE = "file"


class Field(StrEnum):
    """What a filter is about."""

    OFFICE = "office"
    DOCUMENT = "document"
    STATE = "state"
    YEAR = "year"
    DUE = "due"
    IS = "is"
    KIND = "kind"


class Trait(StrEnum):
    """What an obligation can be besides its state; the first two are kinds of draft that people tell apart."""

    MISSING = "missing"
    RETURNED = "returned"
    LATE = "late"
    MINE = "mine"
    OPEN_FINDING = "open-finding"


# As people type them, in both languages; the first spelling of each is the one that is proposed.
FIELDS: Mapping[str, Mapping[str, Field]] = {
    "en": {one.value: one for one in Field},
    "id": {
        "opd": Field.OFFICE,
        "dokumen": Field.DOCUMENT,
        "status": Field.STATE,
        "tahun": Field.YEAR,
        "tenggat": Field.DUE,
        "adalah": Field.IS,
        "jenis": Field.KIND,
    },
}
_DRAFTS = {"missing": Trait.MISSING, "returned": Trait.RETURNED}
_DRAFTS_ID = {"belum-masuk": Trait.MISSING, "dikembalikan": Trait.RETURNED}
VALUES: Mapping[Field, Mapping[str, Mapping[str, State | Trait | Kind]]] = {
    Field.STATE: {
        "en": {**{one.value: one for one in State}, **_DRAFTS},
        "id": {
            "draf": State.DRAFT,
            "diajukan": State.SUBMITTED,
            "ditelaah": State.REVIEWED,
            "disetujui": State.APPROVED,
            **_DRAFTS_ID,
        },
    },
    Field.IS: {
        "en": {"late": Trait.LATE, "mine": Trait.MINE, "open-finding": Trait.OPEN_FINDING, **_DRAFTS},
        "id": {
            "terlambat": Trait.LATE,
            "lewat": Trait.LATE,
            "saya": Trait.MINE,
            "temuan-terbuka": Trait.OPEN_FINDING,
            **_DRAFTS_ID,
        },
    },
    Field.KIND: {
        "en": {one.value: one for one in Kind},
        "id": {
            "dokumen": Kind.DOCUMENT,
            "halaman": Kind.PAGE,
            "catatan": Kind.NOTE,
            "temuan": Kind.FINDING,
            "berkas": Kind.FILE,
        },
    },
}
