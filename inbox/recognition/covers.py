"""What the first pages of a document say of whose, what and when: its cover, its running headers, its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from inbox.evidence import Evidence, Part, Source
from inbox.recognition.lexicon import Kind, Lexicon, Sighting
from inbox.recognition.names import Tokens, read_parts, read_years, tokenise, without
from inbox.recognition.words import YEAR_WORDS, Mark

# A page with less is a title page and speaks as a whole; of one with more only its head does.
_TITLE_PAGE, _HEAD, _WORDS_OF_A_HEAD = 900, 420, 40
_MOST_OF_A_PAGE = 6000
_FRONT_PAGES = 6
_MORE_THAN_A_NUMBER = 12
_SHORTEST_OFFICE, _SHORTEST_TITLE = 4, 4
_SURE_COVER_NAME, _SURE_COVER_ALIAS, _SURE_HEADER, _SURE_MOST = 0.985, 0.96, 0.96, 0.96
_SURE_TITLE, _SURE_TITLE_WORD, _SURE_YEAR, _SURE_BARE_YEAR, _SURE_PART = 0.985, 0.96, 0.98, 0.9, 0.96
_SURE_OF_SEVERAL = 0.5
_ENOUGH, _MOST = 3, 0.7
_FIRST_WORDS = 12
_WHO_RULES = frozenset("gubernur bupati wali walikota daerah".split())
_UNITS = frozenset("upt uptd uptb puskesmas kelurahan labkes samsat".split())


class Cover(NamedTuple):
    """What the pages say, and what makes the file a person's to place."""

    evidence: tuple[Evidence, ...] = ()
    several_offices: bool = False
    is_piece: bool = False
    is_of_official: bool = False
    is_letter: bool = False
    is_of_unit: bool = False


def read_cover(pages: Sequence[str], lexicon: Lexicon) -> Cover:
    """Read the first pages that have text, and others as far as they are given. Never raises."""
    front = pages if len(pages) <= _FRONT_PAGES else (*pages[:_FRONT_PAGES], pages[-1])
    texts = [page[:_MOST_OF_A_PAGE] for page in front if len(page.strip()) >= _MORE_THAN_A_NUMBER]
    if not texts:
        return Cover()
    is_title_page = len(texts[0]) < _TITLE_PAGE
    words = [tokenise(text) for text in texts]
    zone = words[0] if is_title_page else tokenise(texts[0][:_HEAD])[:_WORDS_OF_A_HEAD]
    seen = lexicon.spot(zone)
    running = _running(texts)
    headers = lexicon.spot(running)
    by_page = [_offices(lexicon.spot(page)) for page in words]
    several = _are_several(by_page)
    evidence = (
        *_office_on(seen, Source.COVER, several=several),
        *_office_on(headers, Source.HEADER, several=several),
        *(() if several else _mostly(by_page)),
        *_title_on(zone, seen, Source.COVER),
        *_title_on(running, headers, Source.HEADER),
        *_years_on(zone, Source.COVER),
        *_years_on(running, Source.HEADER),
        *(Evidence(Part.PERIOD, part, Source.COVER, part, _SURE_PART) for part in read_parts(zone)),
    )
    is_piece = _is_piece(seen) or _is_regulation(zone)
    is_of_unit = is_title_page and not _UNITS.isdisjoint(zone)
    return Cover(evidence, several, is_piece, _is_of_official(words, lexicon), _is_letter(zone), is_of_unit)


def _offices(sightings: Sequence[Sighting]) -> list[Sighting]:
    """The offices that are named so that it is no chance: a short abbreviation can be any word."""
    return [
        one
        for one in sightings
        if one.meaning.kind is Kind.OFFICE and sum(map(len, one.meaning.phrase)) >= _SHORTEST_OFFICE
    ]


def _office_on(sightings: Sequence[Sighting], source: Source, *, several: bool) -> Iterator[Evidence]:
    words: dict[str, Sighting] = {}
    for one in _offices(sightings):
        words.setdefault(one.meaning.value, one)
    for code, one in words.items():
        is_name = len(one.meaning.phrase) > 2
        sure = _SURE_HEADER if source is Source.HEADER else _SURE_COVER_NAME if is_name else _SURE_COVER_ALIAS
        sure = sure if len(words) == 1 and not several else _SURE_OF_SEVERAL
        yield Evidence(Part.OFFICE, one.meaning.words, source, code, sure * min(one.meaning.sure + 0.1, 1.0))


def _mostly(by_page: Sequence[Sequence[Sighting]]) -> Iterator[Evidence]:
    """The office that nearly all mentions are of: a table that repeats it in every row."""
    mentions = [one for sightings in by_page for one in sightings]
    if code := _owner(mentions):
        words = next(one.meaning.words for one in mentions if one.meaning.value == code)
        yield Evidence(Part.OFFICE, words, Source.TEXT, code, _SURE_MOST)


def _are_several(by_page: Sequence[Sequence[Sighting]]) -> bool:
    """Whether one page is one office's throughout and another page another's: several reports in one file."""
    return len({owner for sightings in by_page if (owner := _owner(sightings))}) > 1


def _owner(mentions: Sequence[Sighting]) -> str:
    """The office that nearly all of these are of; empty where there are few, or of many."""
    for code, count in Counter(one.meaning.value for one in mentions).most_common(1):
        if count >= _ENOUGH and count / len(mentions) >= _MOST:
            return code
    return ""


def _title_on(tokens: Tokens, sightings: Sequence[Sighting], source: Source) -> Iterator[Evidence]:
    """The first document, or look-alike of one, that is named there, with what its neighbours say of a variant."""
    titles = [one for one in sightings if _is_title(one)]
    for first in titles[:1]:
        meaning = first.meaning
        if meaning.kind is Kind.LOOKALIKE:
            yield Evidence(Part.REQUIREMENT, meaning.words, source, "", _SURE_TITLE)
            return
        others = {one.meaning.value for one in titles if one.at < first.at + 30}
        sure = _SURE_TITLE if len(meaning.phrase) > 1 else _SURE_TITLE_WORD
        sure = sure if len(others) == 1 or source is Source.COVER else _SURE_OF_SEVERAL
        yield Evidence(Part.REQUIREMENT, meaning.words, source, meaning.value, sure)
        around = tokens[max(0, first.at - 2) : first.at + len(meaning.phrase) + 2]
        if meaning.variant or Mark.CHANGED in around:
            yield Evidence(Part.VARIANT, Mark.CHANGED, source, Mark.CHANGED, _SURE_TITLE)


def _is_title(one: Sighting) -> bool:
    return (
        one.meaning.kind in (Kind.REQUIREMENT, Kind.LOOKALIKE)
        and sum(map(len, one.meaning.phrase)) >= _SHORTEST_TITLE
    )


def _years_on(tokens: Tokens, source: Source) -> Iterator[Evidence]:
    """The years behind `tahun`, or a plan's range; not that of a regulation."""
    tokens = without(tokens, 4, _is_cited)
    told = [i for i, token in enumerate(tokens) if token in YEAR_WORDS]
    behind = {str(years): years for i in told for years in read_years(tokens[i + 1 : i + 3])[:1] if years.sure == 1.0}
    everywhere = [years for years in read_years(tokens) if years.sure == 1.0]
    ranges = {str(years): years for years in everywhere if years.first != years.last}
    found = ranges or behind
    for text in found:
        yield Evidence(Part.YEARS, text, source, text, _SURE_YEAR if len(found) == 1 else _SURE_OF_SEVERAL)
    if not found and len(everywhere) == 1:
        yield Evidence(Part.YEARS, str(everywhere[0]), source, str(everywhere[0]), _SURE_BARE_YEAR)


def _is_cited(four: Tokens) -> bool:
    """`Nomor 53 Tahun 2014`: a regulation that is cited."""
    return four[0] in ("nomor", "no") and four[2:3] == ("tahun",)


def _running(texts: Sequence[str]) -> Tokens:
    """The words of the lines that open or close more than one page, page numbers aside."""
    seen: Counter[Tokens] = Counter()
    for text in texts:
        lines = [line for line in text.splitlines() if not line.isspace() and line]
        edges = {_without_number(tokenise(line[:200])) for line in (*lines[:2], *lines[-2:])}
        seen.update(edges)
    return tuple(token for line, count in seen.items() if count > 1 for token in line)


def _without_number(line: Tokens) -> Tokens:
    while line and (len(line[-1]) < 4 and (line[-1].isdecimal() or set(line[-1]) <= set("ivxlc"))):
        line = line[:-1]
    return line


def _is_piece(seen: Sequence[Sighting]) -> bool:
    """Whether the first thing that is said is `Lampiran` or `Bab`: it is no document of its own."""
    return any(one.meaning.value == Mark.PART and one.at < 2 for one in seen)


def _is_regulation(tokens: Tokens) -> bool:
    """Whether a regulation leads, of which the document is the annex: that of one office, or of all."""
    return any(pair[0] == "peraturan" and pair[1] in _WHO_RULES for pair in pairwise(tokens[:_FIRST_WORDS]))


def _is_letter(tokens: Tokens) -> bool:
    """Whether it goes to somebody: what it speaks of came with it, or is to come."""
    return "yth" in tokens or "perihal" in tokens or tokens[:2] == ("nota", "dinas")


def _is_of_official(pages: Sequence[Tokens], lexicon: Lexicon) -> bool:
    """Whether the first post that is named in an agreement is one below the head of an office."""
    for tokens in pages:
        if "jabatan" in tokens:
            at = tokens.index("jabatan") + 1
            posts = [one.meaning for one in lexicon.spot(tokens[at : at + 7]) if one.meaning.kind is Kind.MARK]
            return [post.value for post in posts[:1]] == [Mark.OFFICIAL]
    return False
