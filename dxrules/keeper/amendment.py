"""The draft of an amendment: what a person completes in the YAML of rulesets, as a patch.

Nothing is deleted. A rule whose law changes lapses on the day before, and a copy with an id of its
own follows it as a draft; a parameter gets a further value; a place that only moved gets its new
number. What is drafted says the same as before, until a person has read the law.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dxrules.errors import RulesetError
from dxrules.frozen import frozen
from dxrules.keeper.rule_sources import MOST_PLACES, PlaceCheck
from dxrules.keeper.watch import LawWatch, Watched
from dxrules.keeper.yaml_places import Region, Replacement, RulesetText, changed
from dxrules.reference import article_text
from dxrules.rules import Law, Rule, load_law
from dxrules.rules.ruleset_files import reference_files, ruleset_files
from dxrules.source.repository import from_root
from dxrules.texts import Text, same, shorten, some_of, visible

if TYPE_CHECKING:
    import pathlib

_TITLE = 120
_NUMBERED = re.compile(r"([A-Z][A-Z0-9]*)-(\d+)")
_COMMENT = (
    "# 改正({day} 施行)の下書き: 条文を読み、文・要件・期限・例を改めてから draft を消す。 / "
    "Draft for the revision in force from {day}."
)
_VALUE = "# 改正({day} 施行)の下書き: 条文を読み、値を改める。 / Draft for the revision of {day}."

_NO_DAY = Text(
    "施行日が分からないので、下書きは作れません。--effective で施行日を指定してください。",
    "The day from which it holds is not known, so nothing is drafted. Name it with --effective.",
)
_LATER = Text(
    "先に施行される改正の下書きを済ませてから、もう一度実行してください。",
    "Complete the draft of the revision that holds before it, then run this again.",
)
_DRAFTED = Text("この改正の下書きは、既にあります。", "This revision is drafted already.")
_NOT_BEGUN = Text(
    "改正の施行より前には適用されない。条文を読み、始まる前に改める",
    "does not hold before the revision does: read the text, and change it before it begins",
)
_BY_HAND = Text(
    "この書き方の典拠や点検項目は、下書きできません。手作業で改めてください。",
    "Nothing is drafted where sources or rules are written like this. Change it by hand.",
)


@frozen
class EditPlace:
    """A place to edit, by file and line, and what is to be done there.

    `drafted` is whether the patch does it, to be completed by a person.
    """

    file: str
    line: int
    what: Text
    drafted: bool


@frozen
class Amendment:
    """The files as drafted, beside what they hold today, and all the places to edit.

    `problems` is why what was drafted cannot be loaded, if it cannot.
    """

    files: tuple[tuple[str, str, str], ...]
    edits: tuple[EditPlace, ...]
    undone: tuple[tuple[Watched, Text], ...] = ()
    problems: tuple[Text, ...] = ()

    def patch(self) -> str:
        """Return the changes as `git apply` takes them."""
        return "".join(_differences(*file) for file in self.files)


@dataclass
class _Draft:
    """What is being drafted for a file."""

    written: RulesetText
    changes: list[Replacement] = field(default_factory=list)
    appended: list[str] = field(default_factory=list)


def draft_amendment(found: LawWatch, law: Law, root: pathlib.Path, name: str) -> Amendment:
    """Draft what a person completes for the revisions found; `name` is how the folder is called.

    Of several revisions of a source the first is drafted.
    """
    files = {
        path: path.read_bytes() for path in (*ruleset_files(root, name)[0], *reference_files(root))
    }
    drafts: dict[str, _Draft] = {}
    for path in ruleset_files(root, name)[0]:
        shown = f"{name}/{path.relative_to(root).as_posix()}"
        written = RulesetText(shown, files[path].decode())
        drafts[written.id] = _Draft(written)
    drafter = _Drafter(law, drafts, root, name, found.day)
    undone = []
    seen: set[tuple[str, str]] = set()
    for change in found.changes:
        source = (change.state.ruleset, change.state.key)
        why = _LATER if source in seen else drafter.draft(change)
        if why is not None:
            undone.append((change, why))
        if change.day is not None:
            seen.add(source)
    texts = {each.written.file: (each.written.text, _text(each)) for each in drafts.values()}
    new = {f"{name}/{path.relative_to(root).as_posix()}": raw for path, raw in files.items()}
    new |= {file: after.encode() for file, (_, after) in texts.items()}
    base = from_root(root)
    return Amendment(
        tuple(
            (f"{base}{file.removeprefix(name)}", was, now)
            for file, (was, now) in sorted(texts.items())
            if was != now
        ),
        tuple(sorted(drafter.edits, key=lambda edit: (edit.file, edit.line))),
        tuple(undone),
        tuple(_problems({path.removeprefix(f"{name}/"): raw for path, raw in new.items()}, name)),
    )


def _problems(files: Mapping[str, bytes], name: str) -> Iterator[Text]:
    """Say why rulesets as drafted could not be loaded."""
    try:
        load_law(files, name)
    except RulesetError as error:
        for problem in error.problems:
            yield same(f"{problem.place}: ") + problem.message


def _text(draft: _Draft) -> str:
    """Return a file with its changes, and with further rules at its end."""
    written = draft.written
    text = changed(written.text, draft.changes)
    end = "" if text.endswith("\n") else written.newline
    return text + "".join([end, *draft.appended] if draft.appended else ())


def _differences(file: str, was: str, now: str) -> str:
    lines = difflib.unified_diff(
        was.splitlines(keepends=True), now.splitlines(keepends=True), f"a/{file}", f"b/{file}"
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


class _Drafter:
    """Drafts one revision after the other, and gathers the places to edit."""

    def __init__(
        self, law: Law, drafts: Mapping[str, _Draft], root: pathlib.Path, name: str, day: date
    ) -> None:
        self.drafts = drafts
        self.day = day
        self.edits: list[EditPlace] = []
        self.taken = {each for rule in law.rules for each in (rule.id, *rule.formerly)}
        self.succeeded: set[str] = set()
        self.cases = [
            (f"{name}/{path.relative_to(root).as_posix()}", path.read_text("utf-8").splitlines())
            for path in sorted((root / "tests").glob("*.yaml"))
        ]

    def draft(self, change: Watched) -> Text | None:
        """Draft what a change asks for; return why it cannot be."""
        if change.day is None:
            return _NO_DAY
        draft = self.drafts[change.state.ruleset]
        source = draft.written.source(change.state.key)
        if source is None:
            return _BY_HAND
        if change.moved_only and change.revision.text and change.revision.text.numbered:
            self._renumber(change, draft, source)
            return None
        key = f"{change.state.key}-{change.day:%Y%m%d}"
        if draft.written.source(key) is not None:
            return _DRAFTED
        self._add_source(change, draft, source, key)
        for parameter in change.parameters:
            self._add_value(change, draft, parameter, key)
        self._add_rules(change, key)
        return None

    def _add_rules(self, change: Watched, key: str) -> None:
        """Let each rule that rests on the source be followed by a draft."""
        day = change.day or self.day
        cited = change.state.ruleset, change.state.key  # a parameter that it names may rest on it
        rest = (rule for rule in change.rules if (rule.ruleset, rule.source_key) == cited)
        entries = [self._entry(rule) for rule in rest]
        followers = {
            rule.id: self._next_id(rule.id)
            for rule, _, entry in entries
            if entry is not None and rule.id not in self.succeeded and rule.in_force.since < day
        }
        for rule, home, entry in entries:
            if entry is None:
                self._tell(home.written, 1, same(f"{rule.id}: ") + _BY_HAND)
            elif rule.id in followers:
                self._succeed(change, rule, home, entry, key, followers)
            elif rule.in_force.since >= day:
                self._tell(home.written, entry.first_line, same(f"{rule.id}: ") + _NOT_BEGUN)

    def _entry(self, rule: Rule) -> tuple[Rule, _Draft, Region | None]:
        home = self.drafts[rule.ruleset]
        return rule, home, home.written.rule(rule.id)

    def _next_id(self, rule_id: str) -> str:
        parts = _NUMBERED.fullmatch(rule_id)
        stem, width = (parts[1], len(parts[2])) if parts else (rule_id, 2)
        numbers = [
            int(found[2])
            for each in self.taken
            if (found := _NUMBERED.fullmatch(each)) and found[1] == stem
        ]
        new = f"{stem}-{max(numbers, default=0) + 1:0{width}}"
        self.taken.add(new)
        return new

    def _add_source(self, change: Watched, draft: _Draft, source: Region, key: str) -> None:
        """Add the text that a person is to read as a source."""
        assert change.day is not None  # noqa: S101  (a change without a day is not drafted)
        state, revision = change.state, change.revision
        by = f"、{shorten(revision.title, _TITLE)}" if revision.title else ""
        title = Text(
            f"{state.source.title.ja}({change.day}施行の改正{by})",
            f"{state.source.title.en}, as amended from {change.day}",
        )
        said = {
            "title": f"{{ja: {_quoted(title.ja)}, en: {_quoted(title.en)}}}",
            "kind": state.source.kind,
            "decided": revision.promulgated,
            "verified": "unverified",
            "document": state.source.document,
            "law_id": revision.law_id,
            "revision": _quoted(revision.name) if revision.name else None,
        }
        indent = " " * source.indent
        lines = [f"{indent}{key}:", *(f"{indent}  {k}: {v}" for k, v in said.items() if v)]
        draft.changes.append(draft.written.after(source, lines))
        what = Text(
            f"典拠 {key} を加えた。条文を読み、verified と read_on、digests を記入する",
            f"source {key} was added: read the text, then state verified, read_on and digests",
        )
        self._tell(draft.written, source.last_line + 1, what, drafted=True)

    def _add_value(self, change: Watched, draft: _Draft, parameter: str, key: str) -> None:
        """Give a parameter a further value, which is the former one until somebody has read."""
        values = draft.written.values(parameter)
        if values is None:
            self._tell(draft.written, 1, same(f"${parameter}: ") + _BY_HAND)
            return
        last, value = values
        indent = " " * last.indent
        entry = f"{indent}- {{from: {change.day}, value: {value}, source: {key}}}"
        comment = f"{indent}{_VALUE.format(day=change.day)}"
        draft.changes.append(draft.written.after(last, [comment, entry]))
        what = Text(
            f"${parameter} に {change.day} からの値を加えた(今の値のまま)。改正後の値に直す",
            f"${parameter} was given a value from {change.day}, the one of today: correct it",
        )
        self._tell(draft.written, last.last_line + 1, what, drafted=True)

    def _succeed(
        self,
        change: Watched,
        rule: Rule,
        home: _Draft,
        entry: Region,
        key: str,
        followers: Mapping[str, str],
    ) -> None:
        """Let a rule lapse on the day before, and a draft follow it."""
        assert change.day is not None  # noqa: S101  (a change without a day is not drafted)
        self.succeeded.add(rule.id)
        last = change.day - timedelta(days=1)
        new = followers[rule.id]
        told = change.revision.promulgated
        ends = {"until": str(last)}
        if told is not None and rule.in_force.announced <= told <= last:
            ends |= {"until_announced": str(told), "until_source": key}
        written = home.written
        home.changes += written.with_keys(written.inside(entry, "in_force"), ends)
        announced = min(told or self.day, change.day)
        holds = {"announced": str(announced), "from": str(change.day)}
        if rule.in_force.until is not None:
            holds["until"] = str(rule.in_force.until)
        copy = written.copied(entry, new, key, holds, followers)
        indent = " " * entry.indent
        comment = f"{indent}{_COMMENT.format(day=change.day)}"
        home.appended.append(written.newline.join(["", comment, copy, ""]))
        self._tell(
            written,
            written.inside(entry, "in_force").first_line,
            Text(
                f"{rule.id} は {last} で適用終了、下書き {new} が続く",
                f"{rule.id} lapses on {last}, and the draft {new} follows",
            ),
            drafted=True,
        )
        self._tell_cases(rule.id, new)

    def _renumber(self, change: Watched, draft: _Draft, source: Region) -> None:
        """Give places that only moved their new numbers, with days."""
        written = draft.written
        for check in change.checks:
            self._renumber_digest(check, draft, source)
            for rule in change.rules:
                entry = self._entry(rule)[2]
                done = entry is not None and len(check.found) == 1
                spot = written.article(entry, check.path) if entry is not None and done else None
                if rule.id not in check.rules:
                    continue
                assert change.day is not None  # noqa: S101  (it would not be drafted)
                last = change.day - timedelta(days=1)
                if spot is not None:
                    was = f"{{path: {check.path}, until: {last}}}"
                    dated = f"{was}, {{path: {check.found[0]}, from: {change.day}}}"
                    text = dated if spot.in_list else f"[{dated}]"
                    draft.changes.append(Replacement(spot.start, spot.end, text))
                line = spot.line if spot else entry.first_line if entry else 1
                places = some_of([article_text(each) for each in check.found], MOST_PLACES)
                what = Text(
                    f"{rule.id}: {article_text(check.path).ja} は {change.day} から {places.ja}",
                    f"{rule.id}: {article_text(check.path).en} is {places.en} from {change.day}",
                )
                self._tell(written, line, what, drafted=spot is not None)

    def _renumber_digest(self, check: PlaceCheck, draft: _Draft, source: Region) -> None:
        spot = draft.written.digest(source, check.path)
        if spot is not None and len(check.found) == 1:
            draft.changes.append(Replacement(spot.start, spot.end, json.dumps(check.found[0])))

    def _tell_cases(self, rule_id: str, new: str) -> None:
        """Name the lines of tests that speak of a rule."""
        wanted = re.compile(rf"(?<![\w-]){re.escape(rule_id)}(?![\w-])")
        for file, lines in self.cases:
            found = [number for number, line in enumerate(lines, 1) if wanted.search(line)]
            if found:
                others = "".join(f", {number}" for number in found[1:])
                what = Text(
                    f"{rule_id} のテスト({found[0]}{others} 行)。改正後の日の事例を {new} に加える",
                    f"tests of {rule_id} (lines {found[0]}{others}): "
                    f"state what {new} gives from the revision on",
                )
                self.edits.append(EditPlace(file, found[0], what, drafted=False))

    def _tell(self, written: RulesetText, line: int, what: Text, *, drafted: bool = False) -> None:
        self.edits.append(EditPlace(written.file, line, what, drafted))


def _quoted(text: str) -> str:
    """Return a text as YAML takes it, whatever it says."""
    return json.dumps(visible(text), ensure_ascii=False)
