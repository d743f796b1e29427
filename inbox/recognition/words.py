"""Words of file names and covers that mean the same in every region."""

from __future__ import annotations

from enum import StrEnum


class Mark(StrEnum):
    """What else words can say of a document; a marked one is a person's to place, but for DRAFT, CHANGED and HEAD."""

    DRAFT = "draft"
    CHANGED = "perubahan"
    HEAD = "head"
    REVIEWED = "reviewed"
    PART = "part"
    OFFICIAL = "official"
    ARCHIVE = "archive"


MARKS = {
    Mark.DRAFT: "draft|draf|konsep|rancangan|rancangan awal|rancangan akhir|ranwal|ranhir|konsinyering",
    Mark.CHANGED: "perubahan|apbd p|apbdp",
    Mark.HEAD: "kadis|kadin|kaban|karo|kepala dinas|kepala badan|kepala opd|kepala perangkat daerah|kepala biro"
    "|kepala satuan|kasat|kepala pelaksana|kalaksa|inspektur|direktur|camat|sekretaris daerah|sekda|sekretaris dprd"
    "|sekwan|eselon ii|eselon 2|ess ii|ess 2|es ii|es 2|jpt|jpt pratama|pimpinan tinggi pratama",
    Mark.REVIEWED: "reviu|review|pergeseran|perubahan kedua|perubahan ketiga|perubahan ke 2|perubahan ke 3"
    "|perubahan ii|perubahan iii|perubahan 2|perubahan 3",
    Mark.PART: "lampiran|lamp|bab|cover|sampul|daftar isi|daf isi|daftar tabel|kata pengantar|ikhtisar|ihktisar"
    "|ikhtisar eksekutif|ringkasan eksekutif|matriks|sk|surat keputusan|keputusan|perwali|perwal|perbup|pergub"
    "|perkada|perda|kepbup|kepwal|kepgub|berita acara|surat pengantar|nota dinas|undangan|daftar hadir|notulen"
    "|template|contoh|surat|pengantar|penyampaian|rapat|pembahasan|notulensi|paparan|presentasi|checklist|tanggapan"
    "|foto|dokumentasi|screenshot|formulir|blangko|pedoman|juknis|sosialisasi",
    Mark.OFFICIAL: "kabid|kepala bidang|kasi|kasie|kepala seksi|kasubbag|kasubag|kasubbid|subbag|subag|sekretaris"
    "|sekdin|sekdis|sekban|sekcam|kabag|eselon iii|eselon iv|eselon 3|eselon 4|ess iii|ess iv|ess 3|ess 4|es iii"
    "|es iv|es 3|es 4|staf|staff|bidang|seksi|jafung|jft|jf|fungsional|pelaksana|kepala balai|kepala upt|balai|upt"
    "|uptd|uptb|kelurahan|lurah|puskesmas"
    "|labkes|samsat|kph|cabdin|cabang dinas|sma|sman|smk|smkn|smp|smpn|sdn|pns|pppk|thl|individu|pegawai",
}

# What says nothing of whose, what or when. A word that is not here and that no register knows is one to wonder about.
NOISE = frozenset(
    """
    a an at dan di dari ke oleh pada per tentang untuk utk yang yg atas dengan serta s d sd sampai the of and no nomor
    tahun thn th ta anggaran periode priode tgl tanggal jam hari bulan
    fix fixed final finish finished jadi ok oke new baru terbaru edit edited edt selesai lengkap full bersih
    ttd ttd2 signed sign tanda tangan bertanda cap basah scan scanned scanner pindai img image doc document
    dokumen file files berkas arsip data datadukung softcopy soft copy copi salinan duplikat compressed compress
    kompres kecil small merged merge gabung gabungan combined pdf word excel docx xlsx
    v ver versi version rev revisi revised perbaikan perbaiki diperbaiki sudah setelah hasil koreksi update updated
    upd kirim kiriman dikirim upload diupload unggah menpan menpanrb kemenpan kemenpanrb dest esr eval
    laporan lap sakip akip e esakip opd pd skpd perangkat daerah pemerintah pemda pemkab pemkot pemprov instansi unit
    kerja kinerja induk penetapan penyusunan murni utama kabupaten kab kota provinsi prov propinsi pimpinan kepala
    i ii iii iv v vi vii viii ix x
    """.split()
)

MONTHS = frozenset(
    "jan januari feb februari mar maret apr april mei jun juni jul juli agu agt agustus sep sept september"
    " okt oktober nov nop november des desember".split()
)
WHOLE_MONTHS = {
    month: f"m{number:02}"
    for number, month in enumerate(
        "januari februari maret april mei juni juli agustus september oktober november desember".split(), start=1
    )
}
PLACES = frozenset("kabupaten kab kota provinsi prov propinsi".split())
QUARTERS = frozenset("tw triw trw triwulan tribulan tri kuartal quarter".split())
HALVES = frozenset("semester smt sm smtr".split())
YEAR_WORDS = frozenset("tahun thn th ta anggaran".split())
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
ORDINALS = {"pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
# Before a small number these tell of one file among several that make up a document.
PIECES = frozenset("full part bag bagian jilid volume vol buku file berkas".split())
HEADS = frozenset("dinas badan biro bagian kantor satuan inspektorat sekretariat kecamatan rsud rumah sakit".split())
