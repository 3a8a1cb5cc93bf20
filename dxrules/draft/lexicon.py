"""The words, phrases and cues of a folder, compiled: by what documents are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Final, TypeVar

from dxrules.document.normal import squeezed
from dxrules.draft.lexicon_files import Grade, ReadingFile, RuleFile, ThingFile, Voice
from dxrules.draft.phrase_index import PhraseIndex, WordIndex
from dxrules.draft.phrases import Phrase, PhraseError, Words, compile_phrase, given_places
from dxrules.errors import Place, Problem, RulesetError
from dxrules.frozen import frozen
from dxrules.plan.models import Plan
from dxrules.reference import data_root
from dxrules.source import Document, did_you_mean, duplicates, known_keys, validate
from dxrules.source.folder import DiskFolder, folder_of
from dxrules.source.placed_data import dotted
from dxrules.texts import Text, shorten

T = TypeVar("T")
FOLDER = "rulesets/reading"
_ENDINGS = (".yaml", ".yml")
_NONE = Text(
    "読み取りの語や言い回しのファイルがありません。", "There is no file of words and phrases here."
)
_WAY_OUT = Text(
    "format: dxrules/reading/1 で始まる .yaml のあるフォルダを指定してください。",
    "Name a folder with files in .yaml that begin with format: dxrules/reading/1.",
)


@frozen
class Heading:
    """What a heading is about, and who speaks below it, if it tells."""

    id: str
    words: tuple[str, ...]
    whole: tuple[str, ...]
    voice: Voice | None
    ends: tuple[str, ...] = ()

    def names(self, title: str) -> bool:
        """Tell whether the words of a heading say that it is about this."""
        held = any(word in title for word in self.words)
        return held or title in self.whole or title.endswith(self.ends)


@frozen
class ReadingRule:
    """A rule with its phrases, for one of the things that it is tried for, or for none."""

    id: str
    of: str
    grade: Grade
    under: tuple[str, ...]
    cover: bool
    voice: tuple[Voice, ...]
    says: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    beside: tuple[Phrase, ...]
    gives: Mapping[str, str]


@frozen
class Lexicon:
    """All that documents are read by; rules and voices are looked up by what a sentence has."""

    lists: Mapping[str, Words]
    codes: Mapping[str, Mapping[str, str]]
    headings: tuple[Heading, ...]
    voices: PhraseIndex[Voice]
    rules: PhraseIndex[ReadingRule]
    things: Mapping[str, tuple[str, str]]
    """What is looked for: of each id its kind, and a pattern of its names."""
    measure_rules: PhraseIndex[ReadingRule]
    """Rules that tell keys of a measure, by the words of its row or item."""
    phrases: Mapping[str, PhraseIndex[str]]
    """Phrases that stand for codes, by the kind of these."""
    signs: tuple[tuple[str, str], ...] = ()
    """Signs of states with the words that they stand for in the document that is read."""
    made: dict[tuple[str, ...], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """What was made of the lists, once it was asked for."""

    def once(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """Return what is made of the lists; it is made when it is first asked for."""
        if key not in self.made:
            self.made[key] = make()
        found: T = self.made[key]
        return found

    def word_of(self, sign: str) -> str:
        """Return the word that a sign of a state stands for; another word is itself."""
        return dict(self.signs).get(sign, sign)

    def code_of(self, kind: str, word: str) -> str | None:
        """Return the code that a word of a document stands for."""
        return self.codes.get(kind, {}).get(squeezed(word))

    def coded(self, kind: str, text: str) -> tuple[str, ...]:
        """Return the codes whose words stand in a squeezed text, each once, as they come."""
        return tuple(dict.fromkeys(code for *_, code in self.named(kind, text)))

    def named(self, kind: str, text: str) -> Sequence[tuple[int, int, str]]:
        """Return where in a squeezed text words of codes begin and end, with the code, in order.

        A word that is part of a longer one that was found tells nothing of its own.
        """
        found: list[tuple[int, int, str]] = []
        words = self.once(("words", kind), lambda: WordIndex(self.codes.get(kind, {})))
        for start, word in sorted(words.within(text), key=lambda each: -len(each[1])):
            end = start + len(word)
            within = any(s <= start and end <= e for s, e, _ in found)
            if not within and not _is_cut(text, start, end):
                found.append((start, end, self.codes[kind][word]))
        return sorted(found)

    def told(self, kind: str, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where in a squeezed text phrases for codes begin and end, with the code."""
        for code, phrase in self.phrases[kind].within(text) if kind in self.phrases else ():
            for found in phrase.matches(text):
                yield found["whole"].start, found["whole"].end, code

    def ends(self, name: str) -> tuple[str, ...]:
        """Return the words of a list, squeezed, for which of them a text ends in."""
        return self.once(("ends", name), lambda: tuple(map(squeezed, self.lists[name].words)))

    def end_of(self, name: str, text: str) -> int:
        """Return how many signs the longest word of a list has in which a text ends."""
        words = self.once(("set", name), lambda: frozenset(self.ends(name)))
        longest = self.once(("longest", name), lambda: max(map(len, words), default=0))
        lengths = range(min(longest, len(text)), 0, -1)
        return next((length for length in lengths if text[-length:] in words), 0)

    def any_of(self, *names: str) -> re.Pattern[str]:
        """Return a pattern of any word of some lists, a longer one before its beginning."""
        return self.pattern(f"<{'|'.join(names)}>")

    def pattern(self, text: str) -> re.Pattern[str]:
        """Return a pattern, in which `<name>` or `<name|other>` is any word of these lists."""
        return self.once(("pattern", text), lambda: re.compile(_LISTED.sub(self._listed, text)))

    def _listed(self, found: re.Match[str]) -> str:
        words = sorted((w for name in found[1].split("|") for w in self.ends(name)), key=len)
        return f"(?:{'|'.join(map(re.escape, reversed(words))) or '(?!)'})"


_LISTED: Final = re.compile(r"(?<!\?P)<([a-z][a-z0-9|-]*)>")


def _is_cut(text: str, start: int, end: int) -> bool:
    """Tell whether a word in Latin letters is but a part of another, as AI in MAIL."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return any(
        own.isascii() and own.isalpha() and beside.isascii() and beside.isalpha()
        for own, beside in ((text[start], before), (text[end - 1], after))
        if beside
    )


def load_reading(own: Path | Mapping[str, bytes] | None = None, called: str = "") -> Lexicon:
    """Read the files that travel along, and those of a folder of one's own, which add to them.

    That folder is a path, or the content of its files by their path in it.

    What has the id of an earlier one takes its place. Raises RulesetError with every fault.
    """
    found = [*_files(data_root() / FOLDER, FOLDER)]
    if own is not None:
        found += _files(own, called)
    problems: list[Problem] = []
    files: list[tuple[Document, ReadingFile]] = []
    for document in found:
        file, faults = validate(document, ReadingFile, {}, _twice)
        problems += faults
        if file is not None:
            files.append((document, file))
    if problems:
        raise RulesetError(problems)
    return _compiled(files)


def words_by_path(folder: Path) -> dict[str, bytes]:
    """Return the content of those files of a folder of words that are read, by path."""
    disk = DiskFolder(folder)
    return {name: disk.content(name) for name in disk.names() if name.lower().endswith(_ENDINGS)}


def _files(folder: Path | Mapping[str, bytes], called: str) -> Iterator[Document]:
    """Yield the files of a folder, in the order of their names."""
    disk = folder_of(folder)
    names = sorted(each for each in disk.names() if each.lower().endswith(_ENDINGS))
    if not names:
        raise RulesetError([Problem(Place(called, 1, 1), "", _NONE, _WAY_OUT)])
    for name in names:
        yield disk.document(name, f"{called}/{name}")


def _twice(document: Document) -> list[Problem]:
    sections = ("headings", "things", "rules")
    return [problem for section in sections for problem in duplicates(document, section)]


def _compiled(files: list[tuple[Document, ReadingFile]]) -> Lexicon:
    codes = _codes(files)
    lists = {name: Words(tuple(words)) for name, words in codes.items()}
    for _, file in files:
        for name, words in file.words.items():
            lists[name] = Words((*lists.get(name, Words(())).words, *words))
        lists |= {n: Words(each.ends, each.holds, is_name=True) for n, each in file.names.items()}
    things = {each.id: each for _, file in files for each in file.things}
    for kind in {each.kind for each in things.values()}:
        of_kind = [name for each in things.values() if each.kind == kind for name in each.names]
        lists[f"any-{kind}"] = Words(tuple(of_kind))
    faults: list[Problem] = []
    headings = {each.id: each for _, file in files for each in file.headings}
    voices, rules = [], {}
    told: dict[str, list[tuple[str, Sequence[Phrase]]]] = {}
    for document, file in files:
        made = _Compiler(document, lists, faults)
        for kind, codes_of in file.phrases.items():
            told.setdefault(kind, []).extend(
                (code, made.phrases(says, ("phrases", kind, code)))
                for code, says in codes_of.items()
            )
        for position, cue in enumerate(file.voices):
            said = made.phrases(cue.says, ("voices", position, "says"))
            voices += [(cue.voice, phrase) for phrase in said]
        for position, rule in enumerate(file.rules):
            path = ("rules", position)
            tried: list[Any] = [each for each in things.values() if each.kind == rule.tries]
            faults += _misdirected(document, path, rule, {*headings}, {t.kind for t in tried})
            rules[rule.id] = tuple(
                made.rule(rule, path, thing) for thing in (tried if rule.tries else [None])
            )
    if faults:
        raise RulesetError([*dict.fromkeys(faults)])  # a phrase is compiled for each thing
    return Lexicon(
        lists,
        codes,
        tuple(
            Heading(
                each.id,
                tuple(map(squeezed, each.words)),
                tuple(map(squeezed, each.whole)),
                each.voice,
                tuple(map(squeezed, each.ends)),
            )
            for each in headings.values()
        ),
        PhraseIndex((voice, [phrase]) for voice, phrase in voices),
        _indexed(rule for tried in rules.values() for rule in tried if rule.of != _OF_MEASURES),
        {each.id: (each.kind, _name_pattern(each, lists)) for each in things.values()},
        _indexed(rule for tried in rules.values() for rule in tried if rule.of == _OF_MEASURES),
        {kind: PhraseIndex(phrases) for kind, phrases in told.items()},
    )


def _indexed(rules: Iterable[ReadingRule]) -> PhraseIndex[ReadingRule]:
    return PhraseIndex((rule, rule.says) for rule in rules)


_OF_MEASURES = "measures"
_MAPPING = re.compile(
    r"measures|plan(?:\.(?:parents|replaces|revised))?|standardization|(?:provisions|collection\.charges)\.[^.]+"
)
_MAPPINGS = Text(
    "書けるのは、plan、plan.parents、plan.replaces、plan.revised、provisions.ID、standardization、"
    "collection.charges.ID、measures です。",
    "It is plan, plan.parents, plan.replaces, plan.revised, provisions.ID, standardization, "
    "collection.charges.ID or measures.",
)
_UNKNOWN = Text("「{said}」は見つかりません。", '"{said}" is not known.')


def _misdirected(
    document: Document,
    path: tuple[str | int, ...],
    rule: RuleFile,
    headings: set[str],
    kinds: set[str],
) -> Iterator[Problem]:
    """Yield a problem for what a rule names and nobody knows: mapping, keys, headings, things."""

    def wrong(where: tuple[str | int, ...], said: str, hint: Text | None) -> Problem:
        message = _UNKNOWN.format(said=shorten(said))
        return Problem(document.place((*path, *where)), dotted((*path, *where)), message, hint)

    if rule.tries is not None and rule.tries not in kinds:
        yield wrong(("tries",), rule.tries, _UNKNOWN_KIND)
    for index, name in enumerate(rule.under):
        if name not in headings:
            yield wrong(("under", index), name, did_you_mean(name, sorted(headings)))
    if not _MAPPING.fullmatch(rule.of):
        yield wrong(("of",), rule.of, _MAPPINGS)
        return
    within: tuple[str | int, ...] = tuple(rule.of.split("."))
    is_list = within[0] == _OF_MEASURES or within[1:] in {("parents",), ("revised",)}
    known = known_keys(Plan, (*within, 0) if is_list else within)
    for key in rule.gives:
        if key not in known:
            yield wrong(("gives", key), key, did_you_mean(key, known))


_UNKNOWN_KIND = Text(
    "things にある kind を書いてください。", "Write a kind that stands under things."
)


def _codes(files: list[tuple[Document, ReadingFile]]) -> dict[str, dict[str, str]]:
    codes: dict[str, dict[str, str]] = {}
    for _, file in files:
        for kind, words in file.codes.items():
            known = codes.setdefault(kind, {})
            known |= {squeezed(word): code for code, many in words.items() for word in many}
    return codes


_NO_PLACE = Text(
    "「{said}」にあたる箇所が、says のどの言い回しにもありません。",
    'No phrase under says has the place "{said}".',
)


class _Compiler:
    """Compiles the phrases of a file, and keeps what is wrong with them."""

    def __init__(
        self, document: Document, lists: Mapping[str, Words], faults: list[Problem]
    ) -> None:
        self.document = document
        self.lists = lists
        self.faults = faults

    def phrases(
        self, said: tuple[str, ...], path: tuple[str | int, ...], thing: ThingFile | None = None
    ) -> tuple[Phrase, ...]:
        it = "" if thing is None else _name_pattern(thing, self.lists)
        words = () if thing is None else _words_of(thing, self.lists)
        made = []
        for index, text in enumerate(said):
            try:
                made.append(compile_phrase(text, self.lists, it, words))
            except PhraseError as error:
                self._fault((*path, index), error.text)
        return tuple(made)

    def _fault(self, where: tuple[str | int, ...], said: Text) -> None:
        self.faults.append(Problem(self.document.place(where), dotted(where), said))

    def rule(self, rule: RuleFile, path: tuple[str | int, ...], thing: Any) -> ReadingRule:
        says = self.phrases(rule.says, (*path, "says"), thing)
        there = frozenset().union(*(phrase.places for phrase in says))
        for key, value in rule.gives.items() if len(says) == len(rule.says) else ():
            asked = given_places(value)
            if asked and there.isdisjoint(asked):
                self._fault((*path, "gives", key), _NO_PLACE.format(said=shorten(value)))
        return ReadingRule(
            rule.id if thing is None else f"{rule.id}:{thing.id}",
            rule.of if thing is None else rule.of.replace("{thing}", thing.id),
            rule.grade,
            rule.under,
            rule.cover,
            rule.voice,
            says,
            self.phrases(rule.unless, (*path, "unless"), thing),
            self.phrases(rule.beside, (*path, "beside"), thing),
            rule.gives,
        )


_MADE_BY_TOWN: Final = frozenset({"policy", "practice"})
"""Kinds of things whose name begins with that of the town, as 見本町情報セキュリティポリシー."""


def _words_of(thing: ThingFile, lists: Mapping[str, Words]) -> tuple[str, ...]:
    """Return words of which each name of a thing has one."""
    made = (word for name in thing.made if name in lists for word in lists[name].words)
    return (*thing.names, *made)


_NO_PART = "(?:(?<!下)|(?!水道))"
"""水道使用料 is no charge of its own in 下水道使用料."""


def _name_pattern(thing: ThingFile, lists: Mapping[str, Words]) -> str:
    """Return a pattern of a thing's names, one of which may be glossed by another in brackets."""
    plain = Words(thing.names).pattern
    one = f"(?<![A-Za-z]){_NO_PART}{plain}(?![A-Za-z]|の?補佐|に関するガイドライン)"
    made = [lists[name].pattern for name in thing.made if name in lists]
    one = f"(?:{'|'.join([one, *made])})"
    before = (
        "(?:「[^「」、。]{0,16}?|[一-龥々ヶケ]{0,10}?)" if thing.kind in _MADE_BY_TOWN else "「?"
    )
    return f"{before}{one}(?:\\([^()]{{1,40}}\\))?」?"
