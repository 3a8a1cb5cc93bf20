"""`dxrules draft`: plan files drafted from published documents."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxrules.assessment.assess import assessor
from dxrules.cli.bilingual import command_named, flag, option
from dxrules.cli.common import called, load, options, today_in_japan
from dxrules.cli.many_documents import (
    DraftingOptions,
    documents,
    draft_all,
    draft_to_output,
    drafting_options,
    targets,
)
from dxrules.cli.model_options import ModelAsked, model_options
from dxrules.cli.named_plans import one_plan
from dxrules.cli.new_edition import (
    UpdateCall,
    bring_up_to_date,
    original_and_digest,
    update_options,
)
from dxrules.cli.plan_folder import ENDINGS
from dxrules.cli.ruleset_options import tell_others
from dxrules.cli.streams import complain, spoken
from dxrules.cli.terminal_review import confirm_in_terminal, refuse_without_person
from dxrules.errors import OK, UsageError
from dxrules.nation.drafting import Drafter, draft_order
from dxrules.paths import is_folder, is_url, shown
from dxrules.reference import Reference
from dxrules.reference.gazetteer import gazetteer, town_of
from dxrules.rules import Law
from dxrules.texts import Text

if TYPE_CHECKING:
    from dxrules.draft import Source

_HELP = Text(
    """公表された計画の文書を読み、計画ファイルを下書きします。

    確かな値だけが値になり、確認待ちのものは候補とともに doubts に並びます。人が確かめて
    doubts を消し、読み終えた節を document の closed に加えるまで、判定では要確認になります。
    -o を省くと標準出力に書きます。フォルダやURLを指定すると、その文書をすべて読みます。
    既にあるファイルには上書きしません。値のあった場所は NAME.draft.json に書きます(消して
    かまいません)。

    --review は、確認待ちのことと読み終えていない節を、答えで決まる判定の多い順に端末で尋ねます。
    --update は、確かめた計画ファイルを新しい版の文書と照合します。確かめた値は上書きせず、違いは
    両方の値を候補として確認待ちにします。終了コード: 0 違いなし、1 違いあり、2 入力の誤り。
    """,
    """Read published documents of plans, and draft plan files from them.

    Only what is sure becomes a value; what is not stands under doubts with its candidates. Until
    somebody has confirmed them and deleted the doubts, and has named what was read through under
    closed in document, it is undetermined when it is judged.
    Without -o the draft goes to standard output. Of a folder, or at a URL, all documents are
    read. A file that is already there is left alone. Where each value stood goes to
    NAME.draft.json, which may be deleted.

    --review asks in the terminal about what is doubtful, and the sections that are open; what
    settles most verdicts comes first. --update holds a plan file against a new edition of its
    document: nothing confirmed is written over, and a difference becomes a doubt with both values
    as candidates. Exit codes: 0 no difference, 1 some, 2 wrong input.
    """,
)
_EXAMPLES = (
    "dxrules draft plan.md -o our-town.yaml",
    "dxrules draft documents -o drafts",
    "dxrules draft documents -o drafts --jobs 4 --resume",
    "dxrules draft our-town.yaml plan.md --review",
    "dxrules draft --update our-town.yaml plan-2.md --before plan.md --write",
)

_ONE_TOWN = Text(
    "--municipality は、文書が1件のときだけ指定できます。",
    "--municipality goes with one document only.",
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
_REVIEW_HERE = Text(
    "--review には、URLではなくパスで文書を指定してください。",
    "With --review name the document by its path, and not by a URL.",
)
_A_PLAN_AND_ITS_DOCUMENT = 2


@command_named("draft", _HELP, _EXAMPLES)
@click.argument("named", nargs=-1, required=True, metavar="DOCUMENTS...")
@option(
    "--output",
    "-o",
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
    ja="確認待ちのことと読み終えていない節を、端末で1問ずつ尋ねる",
    en="ask in the terminal about what is doubtful, and the sections that are open",
)
@drafting_options
@model_options
@update_options
@options("rulesets, all of them")
def command(  # noqa: PLR0913  (one per option)
    *,
    named: tuple[str, ...],
    output: Path | None,
    municipality: str | None,
    reading: Path | None,
    reviews: bool,
    who: DraftingOptions,
    rulesets: Path | None,
    model: ModelAsked,
    update: UpdateCall,
) -> int:
    """Draft plan files from documents."""
    here = tuple(Path(each) for each in named)
    asked = replace(update, documents=here, output=output)
    if asked.plan is not None:
        model.refuse_elsewhere()
        who.refuse_elsewhere()
        return _update(asked, reading, rulesets, reviews=reviews)
    asked.refuse_alone()
    who.refuse(output, model=model.url is not None)
    if reviews and _is_plan_to_review(named, output):
        who.refuse_elsewhere()
        _review(here[0], here[1:], rulesets)
        return OK
    sources = documents(named, complain)
    wanted = targets(sources, output, goes_on=who.resume)
    town = town_of(municipality) if municipality else None
    if town and len(sources) > 1:
        raise UsageError(_ONE_TOWN)
    called(rulesets)  # a folder that is not there is told at once
    if not reviews:  # which reads the rulesets, and says so then
        tell_others(rulesets)
    words = _folder_of_words(reading)
    known = None if town is None else town.code
    order = draft_order(rulesets, words, today_in_japan(), spoken(), known)
    drafter = Drafter(order)
    drafter.model = model.reader(drafter.source)
    if not wanted:
        return draft_to_output(sources[0], drafter)
    code = draft_all(wanted, order, drafter, who)
    if code != OK or len(wanted) > 1:
        return code
    if reviews:
        _review(wanted[0].target, here, rulesets)
        return code
    call = ["dxrules", "review", str(wanted[0].target)]
    if (path := sources[0].path) is not None:
        call += ["--document", str(path)]
    complain(_NEXT.format(call=shlex.join(call)))
    return code


def _update(
    asked: UpdateCall, reading: Path | None, rulesets: Path | None, *, reviews: bool
) -> int:
    """Hold a plan file against a new edition, and ask about it where that is wanted."""
    if reviews:
        refuse_without_person()
        asked.refuse_unwritten()

    def sources() -> tuple[Law, Source]:
        law = load(rulesets, examples=False)
        return law, _source(reading, law.reference)

    code = bring_up_to_date(asked, sources)
    if reviews:
        _review(asked.target, asked.documents, rulesets)
    return code


def _source(reading: Path | None, reference: Reference) -> Source:
    """Return what drafts are made with: words and phrases, the user's own among them."""
    from dxrules.draft import Source, load_reading

    known = _folder_of_words(reading)
    words = load_reading(known, shown(known) if known else "")
    return Source(words, reference, gazetteer(), spoken())


def _is_plan_to_review(named: Sequence[str], output: Path | None) -> bool:
    """Tell whether a plan file is to be confirmed, and no document to be drafted from first.

    Raises UsageError where nobody can be asked, or more is named than can be asked about.
    """
    refuse_without_person()
    if is_url(named[0]):
        raise UsageError(_REVIEW_HERE)
    first = Path(named[0])
    if first.suffix.lower() in ENDINGS:
        if len(named) > _A_PLAN_AND_ITS_DOCUMENT or output is not None:
            raise UsageError(_REVIEW_PLAN.format(file=shown(first)))
        return True
    if len(named) > 1 or is_folder(first) or output is None:
        raise UsageError(_REVIEW_ONE)
    return False


def _review(plan: Path, documents: Sequence[Path], rulesets: Path | None) -> None:
    """Ask about a plan file in the terminal, with its document at hand where one is named."""
    law = load(rulesets, examples=False)
    file = one_plan(str(plan), law.reference)
    original = original_and_digest(documents[0])[0] if documents else None
    judge = assessor(law, today_in_japan(), engine="interpreter", reasons=False)
    confirm_in_terminal(plan, file, judge, law.reference, original)


def _folder_of_words(folder: Path | None) -> Path | None:
    if folder is not None and not is_folder(folder):
        raise UsageError(
            Text("{file}: フォルダがありません。", "{file}: there is no such folder.").format(
                file=shown(folder)
            )
        )
    return folder
