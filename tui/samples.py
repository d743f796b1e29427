"""Made documents, realistic enough to try Pantau with."""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from textwrap import TextWrapper

from workflow import Period

# Goals that any office has, and what documents say of them. `low` is the least target of 2024; one below
# 60 is reached in equal steps, a quarter at a time.
FIELDS = "goal name unit low programme owner hitch remedy action proof".split()
AIMS = """
Meningkatnya kualitas pelayanan publik | Indeks Kepuasan Masyarakat | Nilai | 81 | Peningkatan Pelayanan
| Kepala Bidang Pelayanan | Waktu tunggu pada jam sibuk masih panjang | Menambah loket dan antrean daring
| Penyederhanaan standar pelayanan | Keputusan tentang standar pelayanan;
Meningkatnya mutu layanan urusan | Layanan yang memenuhi standar | Persen | 84 | Pembinaan dan Pengawasan
| Kepala Bidang Pembinaan | Data unit pelaksana terlambat diterima | Menetapkan petugas data setiap unit
| Digitalisasi proses bisnis prioritas | Tangkapan layar layanan elektronik;
Meningkatnya akuntabilitas kinerja | Rekomendasi evaluasi yang ditindaklanjuti | Persen | 52
| Penunjang Urusan Pemerintahan Daerah | Sekretaris | Sebagian rekomendasi menyangkut beberapa unit
| Rapat tindak lanjut setiap bulan | Penguatan dialog kinerja bulanan | Notula dan daftar hadir;
Meningkatnya kompetensi aparatur | Pegawai yang mengikuti pengembangan kompetensi | Persen | 45
| Pengembangan Sumber Daya Manusia | Kepala Subbagian Kepegawaian | Jadwal pelatihan bergeser
| Memanfaatkan pelatihan jarak jauh | Penerapan manajemen talenta | Laporan pemetaan kompetensi"""

# The columns of each table: what heads it, and the fact about an aim that fills it.
TABLES = {
    "targets": "No:n | Sasaran:goal | Indikator Kinerja:name | Satuan:unit | Target:target",
    "money": "No:n | Program:programme | Anggaran (Rp):budget",
    "spending": "No:n | Program:programme | Anggaran (Rp):budget | Realisasi (Rp):spent | Serapan (%):share",
    "results": "No:n | Indikator Kinerja:name | Satuan:unit | Target:due | Realisasi:real | Capaian (%):rate",
    "history": "No:n | Indikator Kinerja:name | Realisasi {y_2}:r_2 | Realisasi {y_1}:r_1",
    "outlook": "No:n | Indikator Kinerja:name | Realisasi {y_2}:r_2 | Perkiraan {y_1}:r_1",
    "hitches": "Indikator Kinerja:name | Kendala:hitch | Tindak Lanjut:remedy | Penanggung Jawab:owner",
    "quarters": "Indikator Kinerja:name | TW I:q1 | TW II:q2 | TW III:q3 | TW IV:q4 | Penanggung Jawab:owner",
    "years": "Sasaran:goal | Indikator Kinerja:name | {y0}:t0 | {y1}:t1 | {y2}:t2 | {y3}:t3 | {y4}:t4",
    "reform": "No:n | Rencana Aksi:action | Target (%):step | Realisasi (%):done | Bukti Dukung:proof",
}

# Each document: its title, the day it is signed, and its parts. A part begins with a sign that stands alone:
# ^ line of the cover, # chapter, = section, > paragraph, % table, ~ signatures, / new page. In it, | parts
# columns and // breaks the line.
COVER = "^ {TITLE} ^ {WHEN} ^ ^ {OFFICE} ^ {REGION} ^ ^ {again} / "
SIGNED = " ~ | {place}, {day} // {head}, // {sign}"
KINDS = {
    "lkjip": """Laporan Kinerja Instansi Pemerintah; 13 Februari {y1}; # BAB I PENDAHULUAN
> Laporan Kinerja (LKjIP) {office} {when} disusun menurut Peraturan Presiden Nomor 29 Tahun 2014 dan Peraturan
Menteri PANRB Nomor 53 Tahun 2014. Isu strategis {region}: layanan yang cepat dan data kinerja yang andal.
# BAB II PERENCANAAN KINERJA > Empat sasaran diperjanjikan dengan target berikut. % targets
# BAB III AKUNTABILITAS KINERJA = A. Capaian Kinerja > 1. Perbandingan target dengan realisasi % results
> 2. Perbandingan dengan tahun-tahun sebelumnya % history > 3. Target jangka menengah: {all_met} dari empat
indikator sudah mencapai target rencana strategis. > 4. Standar nasional: Indeks Kepuasan Masyarakat tergolong
baik bila mencapai 76,61. > 5. Penyebab keberhasilan atau kegagalan, dan solusinya % hitches > 6. Efisiensi:
capaian itu diperoleh dengan Rp{all_spent} dari anggaran Rp{all_budget}. > 7. Program yang menunjang: lihat
bagian B. = B. Realisasi Anggaran % spending # BAB IV PENUTUP > Yang belum tercapai ditindaklanjuti dalam
rencana aksi. Lampiran: perjanjian kinerja dan pengukuran kinerja triwulan I sampai dengan IV.""",
    "pk": """Perjanjian Kinerja; 12 Januari {y0}; # PERNYATAAN PERJANJIAN KINERJA {WHEN}
> Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi
pada hasil, kami yang bertanda tangan di bawah ini: > Jabatan : {head}, selanjutnya disebut PIHAK PERTAMA;
> Jabatan : {leader}, selaku atasan, selanjutnya disebut PIHAK KEDUA. > PIHAK PERTAMA berjanji mewujudkan
target kinerja sesuai lampiran perjanjian ini; keberhasilan dan kegagalan pencapaiannya menjadi tanggung jawab
PIHAK PERTAMA. > PIHAK KEDUA akan melakukan supervisi dan evaluasi atas capaian kinerja dan mengambil tindakan
yang diperlukan dalam rangka pemberian penghargaan dan sanksi.
~ // PIHAK KEDUA, // {leader} | {place}, {day} // PIHAK PERTAMA, // {head} ~ {sign} | {sign}
/ # LAMPIRAN PERJANJIAN KINERJA {WHEN} > {office} % targets = Program dan Anggaran % money
> Jumlah anggaran: Rp{all_budget}""",
    "renja": """Rencana Kerja; 18 Juli {y_1}; # BAB I PENDAHULUAN
> Rencana Kerja (Renja) {office} {when} menjabarkan Rencana Strategis dan berpedoman pada RKPD {region}.
# BAB II EVALUASI PELAKSANAAN RENCANA KERJA TAHUN LALU > Realisasi dan perkiraan menjadi dasar target.
% outlook > Kendala yang perlu diselesaikan: % hitches # BAB III TUJUAN DAN SASARAN % targets
# BAB IV RENCANA KERJA DAN PENDANAAN > Kebutuhan dana tahun rencana berjumlah Rp{all_budget}. % money
# BAB V PENUTUP > Rencana Kerja ini menjadi pedoman penyusunan RKA dan dievaluasi setiap triwulan.""",
    "renstra": """Rencana Strategis; 22 September {y0}; # BAB I PENDAHULUAN
> Rencana Strategis (Renstra) {office} {when} menjabarkan RPJMD {region} ke dalam tujuan, sasaran dan program.
# BAB II GAMBARAN PELAYANAN, PERMASALAHAN DAN ISU STRATEGIS > Permasalahan yang utama: % hitches
# BAB III TUJUAN, SASARAN, STRATEGI DAN ARAH KEBIJAKAN > Tujuan: terwujudnya tata kelola yang efektif dan
pelayanan yang prima. Target setiap indikator dinaikkan bertahap selama lima tahun. % years
# BAB IV PROGRAM, KEGIATAN, SUB KEGIATAN DAN KINERJA > Pagu indikatif tahun pertama: Rp{all_budget}. % money
# BAB V PENUTUP > Rencana Strategis ini menjadi pedoman Rencana Kerja setiap tahun dan dasar evaluasi.""",
    "renaksi": """Rencana Aksi Kinerja; 23 Januari {y0}; # A. DASAR DAN TUJUAN
> Rencana aksi ini menjabarkan perjanjian kinerja {office} {when} ke dalam target triwulan.
# B. TARGET TRIWULAN I SAMPAI DENGAN IV % quarters # C. ANGGARAN % money > Jumlah anggaran: Rp{all_budget}""",
    "ukur-tw": """Laporan Pengukuran Kinerja; {after}; # A. TARGET DAN REALISASI {WHEN}
> Realisasi dibandingkan dengan target rencana aksi {office}. Dari empat indikator, {all_met} mencapai target.
% results # B. KENDALA DAN TINDAK LANJUT % hitches # C. REALISASI ANGGARAN % spending""",
    "lap-rb-tw": """Laporan Capaian Rencana Aksi Reformasi Birokrasi; {after}; # A. PENDAHULUAN
> Laporan ini memuat capaian rencana aksi RB General {office} {when} dan dukungan pada RB Tematik {region}.
# B. CAPAIAN RENCANA AKSI % reform # C. KENDALA DAN TINDAK LANJUT % hitches # D. PENUTUP
> Bukti dukung disimpan oleh tim reformasi birokrasi dan dapat diperiksa setiap saat.""",
}
HEADS = {"Provinsi": "Gubernur", "Kabupaten": "Bupati", "Kota": "Wali Kota", "Kecamatan": "Camat"}
HEADS |= {"Inspektorat": "Inspektur", "Sekretariat": "Sekretaris", "RSUD": "Direktur RSUD"}
PARTS = {"q1": "Triwulan I", "q2": "Triwulan II", "q3": "Triwulan III", "q4": "Triwulan IV"}
MONTHS = {1: "Januari", 4: "April", 7: "Juli", 10: "Oktober"}  # those that follow a quarter

BOLD, PLAIN = b"Helvetica-Bold", b"Helvetica"
LOOKS = {  # font, size, breadth to reckon with for a letter (in sizes), alignment (0.5: centred), room before
    "^": (BOLD, 17, 0.72, 0.5, 10),
    "#": (BOLD, 12, 0.7, 0.5, 12),
    "=": (BOLD, 10.5, 0.6, 0, 6),
    ">": (PLAIN, 10.5, 0.49, 0, 3),
    "~": (PLAIN, 10.5, 0.52, 0.5, 20),
    "heading": (BOLD, 8.5, 0.56, 0.5, 4),
    "cell": (PLAIN, 8.5, 0.5, 0, 0),
}
LEFT, BREADTH, TOP, BOTTOM = 68.0, 460.0, 785.0, 66.0  # in points


def sample(kind: str, office: str, period: str, *, region: str, edition: int = 1) -> bytes:
    """Make a PDF of `kind`: the same call gives the same bytes, another edition other figures.

    Raises KeyError for a kind that has no sample, ValueError for a period that is none.
    """
    (title, day, body), owed = KINDS[kind].split("; ", 2), Period.parse(period)
    aims = [dict(zip(FIELDS, re.split(r"\s*\| ", aim.strip()), strict=True)) for aim in AIMS.split(";")]
    figures = [_figures(f"{office}/{aim['name']}", float(aim["low"]), owed, edition) for aim in aims]
    rows = [aim | _said(of) | {"n": str(n)} for n, (aim, of) in enumerate(zip(aims, figures, strict=True), 1)]
    facts = _names(title, office, owed, region)
    facts |= _said({f"all_{key}": sum(of[key] for of in figures) for key in ("met", "budget", "spent")})
    facts |= {"day": day.format(**facts), "sign": "// // // ( .............................. )"}
    facts["again"] = f"Naskah perbaikan ke-{edition - 1}" if edition > 1 else ""
    paper = _Paper("{TITLE} {WHEN} - {OFFICE} - ".format(**facts))
    for part in re.split(r"\s+(?=[\^#=>%~/](?:\s|$))", COVER + body + ("" if "~" in body else SIGNED)):
        sign, words = part[0], part[2:]
        if sign == "/":
            paper.turn()
        elif sign == "%":
            columns = [column.split(":") for column in TABLES[words].format(**facts).split(" | ")]
            paper.table([[head for head, _ in columns], *([row[key] for _, key in columns] for row in rows)])
        else:
            paper.row(sign, [cell.format(**facts) for cell in words.split("|")])
    return paper.saved()


def _figures(about: str, low: float, period: Period, edition: int) -> dict[str, float]:
    def dice(sides: int, *what: object) -> int:
        return int(sha256(repr((about, *what)).encode()).hexdigest(), 16) % sides

    def target(year: int) -> float:
        return min(100.0, low + dice(60) / 10 + 0.75 * (year - 2024))

    year, quarter, this = period.first_year, period.ends.month // 3, (str(period), edition)
    steps = {f"q{n}": target(year) * (n / 4 if low < 60 else 1) for n in (1, 2, 3, 4)}
    due = steps[f"q{quarter}"]
    real = min(100.0, due * (0.9 + dice(160, *this, "real") / 1000))
    budget = 1000 * (180_000 + dice(2_400_000, *this, "budget"))
    spent = budget * quarter * (850 + dice(140, *this, "spent")) // 4000
    result = {"target": target(year), "due": due, "real": real, "rate": 100 * real / due, "met": real >= due}
    money = {"budget": budget, "spent": spent, "share": 100 * spent / budget}
    reform = {"step": 25 * quarter, "done": 25 * quarter - dice(6, *this, "done")}
    years = {f"t{n}": target(year + n) for n in range(5)}
    past = {f"r_{n}": target(year - n) * (0.93 + dice(90, year - n) / 1000) for n in (1, 2)}
    return steps | result | money | reform | years | past


def _said(figures: Mapping[str, float]) -> dict[str, str]:
    """Numbers as Indonesian writes them: 1.250.000 and 84,50."""
    plain = {key: f"{n:,}" if isinstance(n, int) else f"{n:,.2f}" for key, n in figures.items()}
    return {key: text.translate(str.maketrans(",.", ".,")) for key, text in plain.items()}


def _names(title: str, office: str, period: Period, region: str) -> dict[str, str]:
    year, after = period.first_year, period.ends + timedelta(8)
    span = f"Tahun {year}" if period.last_year == year else f"Tahun {year}-{period.last_year}"
    when = f"{PARTS.get(period.part, '')} {span}".strip()
    names = {"title": title, "when": when, "office": office, "region": region}
    names |= {key.upper(): name.upper() for key, name in names.items()}
    names |= {f"y{n}": str(year + n) for n in range(5)} | {f"y_{n}": str(year - n) for n in (1, 2)}
    names |= {"place": region.partition(" ")[2] or region, "head": _head(office), "leader": _head(region)}
    return names | {"after": f"{after.day} {MONTHS[after.month]} {after.year}"}


def _head(body: str) -> str:
    kind, _, name = body.partition(" ")
    return f"{HEADS[kind]} {name}".strip() if kind in HEADS else f"Kepala {body}"


class _Paper:
    """A4 pages that are filled from top to bottom."""

    def __init__(self, footer: str) -> None:
        import pypdfium2
        import pypdfium2.raw

        self._raw, self._document = pypdfium2.raw, pypdfium2.PdfDocument.new()
        self._pages = [self._document.new_page(595, 842)]
        self._footer, self._y = footer, 640.0
        self._box(40, 40, 515, 762)

    def turn(self) -> None:
        self._pages.append(self._document.new_page(595, 842))
        self._write(PLAIN, 7, f"{self._footer}{len(self._pages)}", LEFT, 40)
        self._y = TOP

    def row(self, look: str, cells: Sequence[str], spans: Sequence[float] = ()) -> None:
        """Set cells side by side, never across a page's end; with no spans given, all equally wide."""
        (font, size, letter, align, before), spans = LOOKS[look], spans or [BREADTH / len(cells)] * len(cells)
        wrapped = list(map(_wrapped, cells, [(span - 8) / size / letter for span in spans]))
        step = size * 1.35
        height = max(map(len, wrapped)) * step + 4
        if self._y - before - (100 if font is BOLD else height) < BOTTOM:  # no heading stands alone
            self.turn()
        x, self._y = LEFT, self._y - before - height
        for lines, span in zip(wrapped, spans, strict=True):
            if look in ("heading", "cell"):
                self._box(x, self._y, span, height)
            side = 1 if look == "cell" and lines[0][:1].isdigit() else align  # figures to the right
            for n, line in enumerate(lines, start=1):
                up = self._y + height - n * step + 1
                self._write(font, size, line, x + 4 + (span - 8) * side, up, side)
            x += span

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Set rows in ruled columns, each as wide as its longest word and its longest cell ask for."""
        columns = zip(*rows, strict=True)
        asks = [max(max(map(len, cell.split())) + len(cell) ** 0.5 for cell in column) for column in columns]
        for n, cells in enumerate(rows):
            self.row("cell" if n else "heading", cells, [BREADTH * ask / sum(asks) for ask in asks])

    def saved(self) -> bytes:
        for page in self._pages:
            page.gen_content()
        file = io.BytesIO()
        self._document.save(file)
        self._document.close()
        # pdfium adds the time, its own name and a random id: blanked out, so that every offset stays true.
        own = rb"/(?:CreationDate|Creator)\([^)]*\)|/ID\[[^]]*\]"
        return re.sub(own, lambda found: b" " * len(found[0]), file.getvalue())

    def _write(self, font: bytes, size: float, words: str, x: float, y: float, align: float = 0) -> None:
        text = self._raw.FPDFPageObj_NewTextObj(self._document.raw, font, size)
        letters = f"{words}\0".encode("utf-16-le")
        self._raw.FPDFText_SetText(text, (ctypes.c_ushort * (len(letters) // 2)).from_buffer_copy(letters))
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        self._raw.FPDFPageObj_GetBounds(text, left, bottom, right, top)
        self._raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, x - (right.value - left.value) * align, y)
        self._raw.FPDFPage_InsertObject(self._pages[-1].raw, text)

    def _box(self, x: float, y: float, width: float, height: float) -> None:
        box = self._raw.FPDFPageObj_CreateNewRect(x, y, width, height)
        self._raw.FPDFPageObj_SetStrokeWidth(box, 0.5)
        self._raw.FPDFPath_SetDrawMode(box, self._raw.FPDF_FILLMODE_NONE, True)
        self._raw.FPDFPage_InsertObject(self._pages[-1].raw, box)


def _wrapped(words: str, letters: float) -> list[str]:
    wrapper = TextWrapper(int(letters), break_long_words=False, break_on_hyphens=False)
    return [line for part in words.split("//") for line in wrapper.wrap(part.strip()) or [""]]
