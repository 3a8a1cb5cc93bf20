"""`dxrules draft`: plan files drafted from published documents."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.cli.bilingual import command_named, flag, option
from dxrules.cli.common import load, one_plan, options, shown, today_in_japan
from dxrules.cli.model_options import ModelAsked, model_options
from dxrules.cli.new_edition import (
    UpdateCall,
    bring_up_to_date,
    original_and_digest,
    update_options,
)
from dxrules.cli.streams import complain, progress, say_file
from dxrules.cli.terminal_review import refuse_without_person
from dxrules.errors import OK, WRONG_INPUT, DxrulesError, UsageError
from dxrules.paths import is_folder, is_there
from dxrules.texts import Lang, Text, join, same

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dxrules.draft import Draft, Source
    from dxrules.draft.draft import Model
    from dxrules.reference import Reference
    from dxrules.reference.gazetteer import Gazetteer, Government
    from dxrules.rules import Law

_HELP = Text(
    """公表された計画の文書を読み、計画ファイルを下書きします。

    確かな値だけが値になり、確かでないものは候補とともに doubts に並びます。人が確かめて
    doubts を消し、読み終えた節を document の closed に加えるまで、判定では要確認になります。
    -o を省くと標準出力に書きます。フォルダを指定すると、その文書をすべて読みます。
    既にあるファイルには上書きしません。値のあった場所は NAME.draft.json に書きます(消して
    かまいません)。

    --review は、確かでないことと読み終えていない節を、答えで決まる判定の多い順に端末で尋ねます。
    --update は、確かめた計画ファイルを新しい版の文書と照合します。確かめた値は上書きせず、違いは
    両方の値を候補として確認待ちにします。終了コード: 0 違いなし、1 違いあり、2 入力の誤り。
    """,
    """Read published documents of plans, and draft plan files from them.

    Only what is sure becomes a value; what is not stands under doubts with its candidates. Until
    somebody has confirmed them and deleted the doubts, and has named what was read through under
    closed in document, it is undetermined when it is judged.
    Without -o the draft goes to standard output. Of a folder all documents are read. A file that
    is already there is left alone. Where each value stood goes to NAME.draft.json, which may be
    deleted.

    --review asks in the terminal about what is doubtful, and the sections that are open; what
    settles most verdicts comes first. --update holds a plan file against a new edition of its
    document: nothing confirmed is written over, and a difference becomes a doubt with both values
    as candidates. Exit codes: 0 no difference, 1 some, 2 wrong input.
    """,
)
_EXAMPLES = (
    "dxrules draft plan.md -o our-town.yaml",
    "dxrules draft documents -o drafts",
    "dxrules draft our-town.yaml plan.md --review",
    "dxrules draft --update our-town.yaml plan-2.md --before plan.md --write",
)

ENDINGS = (".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt")
"""How the names of documents end that are looked for in a folder."""
_SIDE = ".draft.json"

_NONE = Text(
    "{folder}: 読める文書({endings})がありません。",
    "{folder}: there is no document ({endings}) in this folder.",
)
_FOLDER = Text(
    "{file}: 文書が{count}件あるので、-o にはフォルダを指定してください。",
    "{file}: there are {count} documents; name a folder with -o.",
)
_THERE = Text(
    "{file}: 既にあります。別の名前を指定してください。",
    "{file}: is already there. Name another one.",
)
_NAME = Text(
    "{file}: 計画ファイルの名前は .yaml で終わるようにしてください(例: our-town.yaml)。",
    "{file}: give the plan file a name that ends in .yaml, as in our-town.yaml.",
)
_TWICE = Text(
    "{file}: 同じ名前になる文書が2つあります。名前を改めるか、別々に指定してください。",
    "{file}: two documents would have this name. Rename one, or name them in two calls.",
)
_NO_SUCH_TOWN = Text(
    "--municipality {name}: その団体はありません。{hint}",
    "--municipality {name}: there is no such municipality. {hint}",
)
_MEANT = Text("{names} のことですか。", "Did you mean {names}?")
_BY_CODE = Text("団体コード6桁を指定してください。", "Give its six-digit code.")
_ONE_TOWN = Text(
    "--municipality は、文書が1件のときだけ指定できます。",
    "--municipality goes with one document only.",
)
_DONE = Text(
    "{file}: 値{values}件、うち確認を待つもの{doubts}件({name})。",
    "{file}: {values} values, {doubts} of them to be confirmed ({name}).",
)
_NEXT = Text("次に: {call}  # 計画書を見ながら確かめる", "Next:  {call}  # confirm it")
_REVIEW_ONE = Text(
    "--review には、文書1件と -o、又は計画ファイルを指定してください"
    "(例: dxrules draft plan.pdf -o our-town.yaml --review、"
    "dxrules draft our-town.yaml --review)。",
    "With --review name one document and -o, or a plan file, as in "
    "dxrules draft plan.pdf -o our-town.yaml --review, or dxrules draft our-town.yaml --review.",
)
_REVIEW_PLAN = Text(
    "{file}: 計画ファイルを確かめるときは、それと、あれば元の文書1件だけを指定してください。"
    "答えはそのファイルに書き込みます。",
    "{file}: to confirm a plan file name it alone, or with the one document that it is of. Answers "
    "go into that file.",
)
_PLANS = (".yaml", ".yml", ".json", ".xlsx")
_A_PLAN_AND_ITS_DOCUMENT = 2
_READING = Text("文書を読んでいます", "reading documents")


@command_named("draft", _HELP, _EXAMPLES)
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@option(
    "-o",
    "--output",
    ja="書くファイル、文書が2件以上ならフォルダ",
    en="the file, or for several a folder, to write",
    type=click.Path(path_type=Path),
)
@option(
    "--municipality", ja="団体コード6桁か団体名", en="six-digit code or name of the municipality"
)
@option(
    "--reading",
    ja="読み取りの語や言い回しを加えるフォルダ",
    en="a folder of words and phrases to add",
    type=click.Path(path_type=Path),
)
@flag(
    "--review",
    "reviews",
    ja="確かでないことと読み終えていない節を、端末で1問ずつ尋ねる",
    en="ask in the terminal about what is doubtful, and the sections that are open",
)
@model_options
@update_options
@options("rulesets, all of them")
def command(  # noqa: PLR0913  (one per option)
    *,
    lang: Lang,
    documents: tuple[Path, ...],
    output: Path | None,
    municipality: str | None,
    reading: Path | None,
    reviews: bool,
    rulesets: Path | None,
    url: str | None,
    model_name: str | None,
    allow_remote: bool,
    plan: Path | None,
    before: Path | None,
    writes: bool,
    shape: str,
    reports: tuple[str, ...],
) -> int:
    """Draft a plan file from a document."""
    from dxrules.reference import load_reference
    from dxrules.reference.gazetteer import gazetteer

    asked = UpdateCall(plan, documents, before, output, writes, shape, reports)
    model = ModelAsked(url, model_name, allow_remote)
    if plan is not None:
        model.refuse_elsewhere()
        return _update(asked, reading, rulesets, lang, reviews=reviews)
    asked.refuse_alone()
    if reviews and _is_plan_to_review(documents, output):
        _review(documents[0], documents[1:], rulesets, lang)
        return OK
    files = _documents(documents)
    targets = _targets(files, output)
    town = _town(municipality, gazetteer()) if municipality else None
    if town and len(files) > 1:
        raise UsageError(_ONE_TOWN)
    source = _source(reading, load_reference(rulesets), lang)
    drafting = partial(
        _draft, source=source, town=town, model=model.reader(source, lang), lang=lang
    )
    code = _draft_each(files, targets, drafting, lang)
    if code != OK or len(files) > 1 or not targets:
        return code
    if reviews:
        _review(targets[files[0]], files, rulesets, lang)
    else:
        call = shlex.join(["dxrules", "review", shown(targets[files[0]]), "--document"])
        complain(_NEXT.format(call=f"{call} {shlex.quote(shown(files[0]))}").in_(lang))
    return code


def _update(
    asked: UpdateCall, reading: Path | None, rulesets: Path | None, lang: Lang, *, reviews: bool
) -> int:
    """Hold a plan file against a new edition, and ask about it where that is wanted."""
    if reviews:
        refuse_without_person()
        asked.refuse_unwritten()

    def sources() -> tuple[Law, Source]:
        law = load(rulesets, examples=False)
        return law, _source(reading, law.reference, lang)

    code = bring_up_to_date(asked, lang, sources)
    if reviews:
        _review(asked.target, asked.documents, rulesets, lang)
    return code


def _draft_each(
    files: Sequence[Path],
    targets: Mapping[Path, Path],
    drafting: Callable[[Path], Draft],
    lang: Lang,
) -> int:
    """Draft documents, to standard output where there are no targets; return the exit code."""
    from dxrules.draft import written

    if not targets:
        say_file(written(drafting(files[0]), shown(files[0]), lang))
        return OK
    code = OK
    for file in progress(files, _READING.in_(lang)):
        try:
            _write(targets[file], drafting(file), file, lang)
        except DxrulesError as error:
            complain(error.text.in_(lang))
            code = WRONG_INPUT
    return code


def _source(reading: Path | None, reference: Reference, lang: Lang) -> Source:
    """Return what drafts are made with: words and phrases, the user's own among them."""
    from dxrules.draft import Source, load_reading
    from dxrules.reference.gazetteer import gazetteer

    known = _folder_of_words(reading)
    words = load_reading(known, shown(known) if known else "")
    return Source(words, reference, gazetteer(), lang)


def _is_plan_to_review(named: Sequence[Path], output: Path | None) -> bool:
    """Tell whether a plan file is to be confirmed, and no document to be drafted from first.

    Raises UsageError where nobody can be asked, or more is named than can be asked about.
    """
    refuse_without_person()
    if named[0].suffix.lower() in _PLANS:
        if len(named) > _A_PLAN_AND_ITS_DOCUMENT or output is not None:
            raise UsageError(_REVIEW_PLAN.format(file=shown(named[0])))
        return True
    if len(named) > 1 or is_folder(named[0]) or output is None:
        raise UsageError(_REVIEW_ONE)
    return False


def _review(plan: Path, documents: Sequence[Path], rulesets: Path | None, lang: Lang) -> None:
    """Ask about a plan file in the terminal, with its document at hand where one is named."""
    from dxrules.assessment.assess import assessor
    from dxrules.cli.terminal_review import confirm_in_terminal

    law = load(rulesets, examples=False)
    file = one_plan(lang, str(plan), law.reference)
    original = original_and_digest(documents[0])[0] if documents else None
    judge = assessor(law, today_in_japan(), engine="interpreter", reasons=False)
    confirm_in_terminal(plan, file, judge, law.reference, original, lang)


def _documents(named: Sequence[Path]) -> list[Path]:
    """Return the documents that are named, or stand in a folder that is, each once."""
    found: list[Path] = []
    endings = join([same(ending) for ending in ENDINGS])
    for path in named:
        if is_folder(path):
            inside = sorted(
                each
                for each in path.iterdir()
                if each.suffix.lower() in ENDINGS and each.is_file() and each.name[0] != "."
            )
            if not inside:
                raise UsageError(_NONE.format(folder=shown(path), endings=endings))
            found += inside
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _targets(files: Sequence[Path], output: Path | None) -> dict[Path, Path]:
    """Return which file is written for each document; none of them is there yet."""
    if output is None:
        if len(files) > 1:
            raise UsageError(_FOLDER.format(file=shown(files[1]), count=len(files)))
        return {}
    if len(files) == 1 and not is_folder(output) and output.suffix:
        if output.suffix.lower() not in (".yaml", ".yml"):
            raise UsageError(_NAME.format(file=shown(output)))
        targets = {files[0]: output}
    else:
        if is_there(output) and not is_folder(output):
            raise UsageError(_FOLDER.format(file=shown(output), count=len(files)))
        targets = {file: output / f"{file.stem}.yaml" for file in files}
    for target in targets.values():
        if list(targets.values()).count(target) > 1:
            raise UsageError(_TWICE.format(file=shown(target)))
        for each in (target, _side(target)):
            if is_there(each):
                raise UsageError(_THERE.format(file=shown(each)))
    return targets


def _side(target: Path) -> Path:
    return target.with_name(target.stem + _SIDE)


def _folder_of_words(folder: Path | None) -> Path | None:
    if folder is not None and not is_folder(folder):
        raise UsageError(
            Text("{file}: フォルダがありません。", "{file}: there is no such folder.").format(
                file=shown(folder)
            )
        )
    return folder


def _town(said: str, known: Gazetteer) -> Government:
    """Return the municipality of a code or a name; raise UsageError if it is not just one."""
    by_code = known.of(said.strip())
    found = (by_code,) if by_code else known.named(said)
    if len(found) == 1 and not found[0].is_prefecture:
        return found[0]
    near = [same(f"{each.code} {known.full_name(each).ja}") for each in found or known.like(said)]
    hint = _MEANT.format(names=join(near)) if near else _BY_CODE
    raise UsageError(_NO_SUCH_TOWN.format(name=shown(Path(said)), hint=hint))


def _draft(
    file: Path, source: Source, town: Government | None, model: Model | None, lang: Lang
) -> Draft:
    from dxrules.draft import draft, left_out

    original, digest = original_and_digest(file)
    for said in left_out(original):
        complain(said.format(file=shown(file)).in_(lang))
    return draft(original, source, today_in_japan(), town, digest, model)


def _write(target: Path, made: Draft, file: Path, lang: Lang) -> None:
    """Write a draft and its side file, both or none."""
    from dxrules.draft import places, written
    from dxrules.source import write_whole

    if not is_folder(target.parent):
        target.parent.mkdir(parents=True)
    name = shown(file)
    write_whole(
        {target: written(made, name, lang).encode(), _side(target): places(made, name).encode()}
    )
    done = _DONE.format(
        file=shown(target), values=made.values, doubts=made.doubts, name=made.town.name
    )
    complain(done.in_(lang))
