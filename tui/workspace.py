"""A workspace: one folder with the settings, the catalogue, the database, the contents and the inbox."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from inbox import Root, Roots, file_system
from tui import settings, troubles
from tui.errors import UsageError
from tui.language import _
from workflow import Catalogue, Database, ObligationId, Register

SETTINGS = settings.SETTINGS

_SETTINGS_TEXT = """\
# Pengaturan ruang kerja Pantau / settings of this Pantau workspace.
region = {region}
year = {year}                    # tahun dokumen yang ditampilkan / the document year on screen
lang = "{lang}"                   # id, en
timezone = "{timezone}"
watch = "beside"               # "service": layar tidak menjalankan pemantau sendiri / screens start no watcher
settle = 2.0                   # detik berkas harus diam sebelum diambil / seconds that a file must lie still
keep_days = 30                 # hari berkas yang sudah diambil disimpan di inbox/.arsip; 0 = selamanya / for ever
confidence = 0.95              # di bawah ini seorang manusia yang memutuskan / below it a person decides whose it is
clamav = ""                    # soket clamd, misalnya "/run/clamav/clamd.ctl"; kosong = tanpa pemindai / no scanner
ssh = ""                       # nama mesin ini bagi ssh, untuk mengambil berkas / its name for ssh from outside
training = {training}

# Kotak masuk lain, misalnya folder bersama / further inboxes, for instance a mounted share:
# [[inbox]]
# name = "share"
# path = "/mnt/share/sakip"
# read_only = false            # true: berkas tidak dipindahkan setelah diambil / files stay where they are

# Warna dan garis layar untuk yang tidak memilih sendiri / looks of the screens for whoever has not chosen their own:
# [screens]
# theme = "dark"               # dark, light, okabe-ito (buta warna / colour-blind), ansi (warna terminal / its own)
# ascii = false                # true: hanya tanda ASCII / signs of ASCII only

# Tombol lain untuk semua orang di sini; nama-namanya: pantau keys / other keys for everybody here; their names:
# [keys]
# "overview.next" = "x"
"""


class Settings(NamedTuple):
    """What `pantau.toml` says."""

    region: str
    year: int
    lang: str
    timezone: str
    watch: str = "beside"
    settle: float = 2.0
    keep_days: int = 30
    confidence: float = 0.95
    clamav: str = ""
    ssh: str = ""
    training: bool = False
    inbox: tuple[dict[str, Any], ...] = ()
    screens: Mapping[str, Any] = MappingProxyType({})
    keys: Mapping[str, Any] = MappingProxyType({})


class Workspace:
    """The folder, and where everything lies in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings = _read_settings(root / SETTINGS)

    @property
    def database(self) -> Path:
        return self.root / "pantau.db"

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def catalogue(self) -> Path:
        return self.root / "catalogue"

    @property
    def people(self) -> Path:
        return self.catalogue / "people.toml"

    @property
    def search(self) -> Path:
        """The search index, which can be thrown away at any time."""
        return self.root / "search.db"

    @property
    def watch_lock(self) -> Path:
        return self.root / "watch.lock"

    @property
    def backup_note(self) -> Path:
        """When the last backup was made, and whether it was whole."""
        return self.root / "backup.json"

    @property
    def rehearsal_note(self) -> Path:
        """When the last backup was restored for a try, and whether all came back."""
        return self.root / "rehearsal.json"

    @property
    def is_copy(self) -> bool:
        """Whether it may be read here and not written: a restored copy, or what a replication brings."""
        return os.access(self.database, os.R_OK) and not (
            os.access(self.database, os.W_OK) and os.access(self.root, os.W_OK)
        )

    @property
    def zone(self) -> tzinfo:
        """The region's time zone: what is shown and compared; what is stored is UTC."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.timezone)

    def roots(self) -> list[Root]:
        """The inbox, and the further ones of `[[inbox]]`."""
        main = Root("", self.inbox, self.settings.settle)
        return [main, *(self._root(entry) for entry in self.settings.inbox)]

    def _root(self, entry: dict[str, Any]) -> Root:
        try:
            path = self.root / Path(entry["path"]).expanduser()
            settle = float(entry.get("settle", self.settings.settle))
            return Root(str(entry["name"]), path, settle, bool(entry.get("read_only", False)))
        except (KeyError, TypeError, ValueError) as problem:
            sentence = _("pantau.toml: each [[inbox]] has a name and a path: {problem}")
            raise UsageError(sentence.format(problem=problem)) from None

    def today(self) -> date:
        """The date in the region."""
        return now().astimezone(self.zone).date()

    def open_database(self, at: datetime | None = None) -> Database:
        """A connection for one thread, to what there is or, for reading only, to what there was at a moment.

        Raises UsageError on a network share, where SQLite cannot lock.
        """
        kind = file_system(self.root)
        if kind.is_remote:
            sentence = _("{folder} is on a network share ({kind}), where a database is not safe. Move the workspace.")
            raise UsageError(sentence.format(folder=self.root, kind=kind.type))
        # Not at the top, neither of the two: what is asked most is how it stands now, where it lives.
        if self.is_copy:
            from workflow import Replica

            if at is not None:
                raise UsageError(_("A copy is read as it lies: --as-at does not go with it."))
            return Replica(self.database)
        if at is None:
            return Database(self.database)
        from workflow import Past

        return Past(self.database, at)

    def read_catalogue(self) -> Catalogue:
        """The bureau's files. Raises UsageError or CatalogueError, and nothing of a wrong catalogue is used."""
        # Not at the top, as with all that only the catalogue needs: `pantau status` must start at once.
        from workflow import FILES, read_catalogue_files

        return read_catalogue_files({name: self._catalogue_file(name) for name in FILES})

    def _catalogue_file(self, name: str) -> bytes:
        path = self.catalogue / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            if name == "assignments.toml":  # a workspace of before there was one assigns nothing
                return b""
            raise UsageError(_("{file} is missing.").format(file=path)) from None
        except OSError as problem:
            raise UsageError(
                _("{file} cannot be read: {problem}").format(file=path, problem=troubles.why(problem))
            ) from None

    def open_year(self, year: int) -> list[ObligationId]:
        """Add what is owed for a year and the drop folders of its offices. Running it twice adds nothing."""
        catalogue = self.read_catalogue()
        database = self.open_database()
        register = Register(database, now)
        added = register.open_year(catalogue, year)
        self.make_drop_folders(register)
        Roots(database).adopt(self.roots()[0])
        database.close()
        return added

    def make_drop_folders(self, register: Register) -> None:
        """A folder for each office that has none yet."""
        from inbox import make_drop_folders
        from tui import office_accounts

        make_drop_folders(self.inbox, register.offices(), drop_folder_note(), office_accounts.group_of)


def now() -> datetime:
    """The clock that is handed to the core."""
    return datetime.now(UTC)


def find(option: str | None, environment: Mapping[str, str], here: Path) -> Workspace:
    """The workspace of `--workspace`, of PANTAU_WORKSPACE, or the one that `here` is in. Raises UsageError."""
    named = option or environment.get("PANTAU_WORKSPACE")
    if named:
        root = Path(named).expanduser()
        if not (root / SETTINGS).is_file():
            raise UsageError(_("{path} is not a Pantau workspace: it has no pantau.toml.").format(path=root))
        return Workspace(root.resolve())
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return Workspace(folder)
    raise UsageError(
        _("There is no Pantau workspace here. Make one with: pantau init FOLDER --region NAME --year YEAR")
    )


def create(root: Path, region: str, year: int, lang: str, *, training: bool = False) -> Workspace:
    """Make a workspace, or complete one that is there already: what exists is never overwritten.

    Raises UsageError when a file is in the way, or the year is none.
    """
    if not 1990 <= year <= 2199:
        raise UsageError(_("{year} is not a year that documents are about.").format(year=year))
    if root.exists() and not root.is_dir():
        raise UsageError(_("{path} is a file, not a folder.").format(path=root))
    for folder in (root, root / "catalogue", root / "content", root / "inbox"):
        folder.mkdir(parents=True, exist_ok=True)
    from workflow import shipped_catalogue

    files = shipped_catalogue(region, year)
    for name, text in files.items():
        _write_new(root / "catalogue" / name, text)
    timezone = tomllib.loads(files["offices.toml"]).get("timezone", "Asia/Jakarta")
    filled = _SETTINGS_TEXT.format(
        region=json.dumps(region, ensure_ascii=False),
        year=year,
        lang=lang,
        timezone=timezone,
        training=str(training).lower(),
    )
    _write_new(root / SETTINGS, filled)
    Database.create(root / "pantau.db").close()
    return Workspace(root.resolve())


def drop_folder_note() -> tuple[str, str]:
    """Name and text of the note in each drop folder that tells a clerk what to do. In both languages at once."""
    return "BACA-SAYA.txt", _NOTE


_NOTE = """\
KOTAK MASUK DOKUMEN SAKIP DAN RB

Taruh berkas Anda di folder ini. Itu saja.

 - Nama berkas memuat jenis dokumen dan tahunnya, misalnya:
       LKjIP 2025.pdf     PK 2026.pdf     Pengukuran Kinerja TW I 2026.pdf
 - Masih konsep? Taruh di folder "draft", atau sebut "draft" pada nama berkasnya.
 - Ada perbaikan? Taruh saja berkas yang baru; yang lama tetap tersimpan.
 - Dikembalikan? Temuannya ada di folder "dikembalikan": tulis jawaban di berkas TEMUAN, lalu simpan.
 - Berkas akan hilang dari folder ini begitu diterima. Itu tandanya sudah aman; tanda terimanya, dengan nomor, ada
   di folder "tanda-terima".
 - Bagaimana keadaan dokumen Anda sekarang? Buka STATUS.txt: ditulis ulang setiap ada perubahan.

--

DOCUMENT INBOX. Drop your files here, named by document and year (LKjIP 2025.pdf). Drafts go into "draft".
Findings come back into "dikembalikan": write your answers into the file TEMUAN and save it.
A newer file replaces an older one; nothing is lost. A file leaves this folder once it has been received; its receipt
is in "tanda-terima". How your documents stand is in STATUS.txt, which is written anew whenever something changes.
"""


def _read_settings(path: Path) -> Settings:
    """What the file says, or UsageError with the key that is wrong."""
    table = _read_toml(path)
    if key := settings.wrong(table):
        told = _("{file}: {key} = {value} cannot be meant: {hint}")
        raise UsageError(told.format(file=path.name, key=key, value=table[key], hint=settings.hint(key)))
    missing = [key for key in settings.NEEDED if key not in table]
    if missing:
        raise UsageError(_("{file} lacks: {keys}").format(file=path, keys=", ".join(missing)))
    return Settings(**{**table, "inbox": tuple(table.get("inbox", ()))})


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(_("{file} is missing.").format(file=path)) from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UsageError(
            _("{file} cannot be read: {problem}").format(file=path, problem=troubles.why(problem))
        ) from None


def _write_new(path: Path, text: str) -> None:
    if not path.exists():
        path.write_text(text, encoding="utf-8")
