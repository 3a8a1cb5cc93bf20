"""`draft` from documents: which they are, where drafts go, and who makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import click

from dxrules.cli.bilingual import flag, option, taken_as
from dxrules.cli.named_plans import where_it_leads
from dxrules.cli.plan_folder import first_remarks, says_plan, why_not_by_name
from dxrules.cli.streams import complain, moved_bar, say_file
from dxrules.errors import OK, UNTRUSTED, WRONG_INPUT, UsageError
from dxrules.frozen import frozen
from dxrules.nation.drafting import (
    Drafter,
    DraftOrder,
    DraftTask,
    PackedDraft,
    drafting,
    drafting_here,
)
from dxrules.nation.drafts import DraftRun, ToDraft, into_folder, refuse_what_is_there, source_of
from dxrules.nation.named_file import NamedFile
from dxrules.nation.remote import Sought, found_at
from dxrules.nation.workers import Crew, Here, jobs_for, pool
from dxrules.paths import is_almost_read, is_folder, is_hidden, is_there, is_url, shown
from dxrules.source.bounds import DOCUMENT
from dxrules.source.write import refuse_dash
from dxrules.texts import Text, join, same

ENDINGS = (".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt")
"""How the names of documents end that are looked for in a folder."""
_MOST_JOBS = 1_000
_WORTH_A_POOL = 4
"""A document takes longer to read than a process to start."""

_READING = Text("文書を読んでいます", "reading documents")
_NONE = Text(
    "{folder}: 読める文書({endings})がありません。",
    "{folder}: there is no document ({endings}) in this folder.",
)
_NOT_READ = Text(
    "{file}: 読んでいません。フォルダから読むのは、その直下にあって名前が {endings} で終わる"
    "文書です。読ませるには、それを直接指定してください。",
    "{file}: not read. Of a folder, documents are read that stand right in it and have names that "
    "end in {endings}. Name it by itself to have it read.",
)
_FOLDER = Text(
    "{file}: 文書が{count}件あるので、-o にはフォルダを指定してください。",
    "{file}: there are {count} documents; name a folder with -o.",
)
_NAME = Text(
    "{file}: 計画ファイルの名前は .yaml で終わるようにしてください(例: our-town.yaml)。",
    "{file}: give the plan file a name that ends in .yaml, as in our-town.yaml.",
)
_DONE = Text(
    "{file}: 値{values}件、うち確認を待つもの{doubts}件({name})。",
    "{file}: {values} values, {doubts} of them to be confirmed ({name}).",
)
_LEFT = Text(
    "同じ文書から作った下書きが既にある{count}件は、そのままにしました。",
    "Drafts of the same documents that were there already are left as they are: {count}.",
)
_UNWRITTEN = Text(
    "{said}そこまでの下書きは残っています。原因を取り除いてから --resume を付けて実行すると、"
    "続きから下書きします。",
    "{said} Drafts that were written before are there: mend it, call again with --resume, and "
    "drafting goes on from there.",
)
_ONE_OF = Text(
    "--scheduler では、下書きするプロセスの数はクラスターが決めます。--jobs は指定しないで"
    "ください。",
    "With --scheduler the cluster decides how many processes draft. Drop --jobs.",
)
_RESUME_WHERE = Text(
    "--resume は -o とともに指定してください(そこにある下書きの続きから行います)。",
    "--resume goes with -o: it goes on from the drafts that are there.",
)
_DRAFTING_ALONE = Text(
    "--jobs、--resume、--scheduler は、文書から下書きするときだけ指定できます。",
    "--jobs, --resume and --scheduler go with drafting from documents only.",
)
_MODEL_HERE = Text(
    "--model では、--jobs と --scheduler は使えません(モデルに尋ねるのはこのプロセスだけです)。",
    "--model goes neither with --jobs nor with --scheduler: this process alone asks the model.",
)


@frozen
class DraftingOptions:
    """Who drafts: how many processes, or a cluster; and whether a run goes on."""

    jobs: int | None = None
    scheduler: str | None = None
    resume: bool = False

    def refuse_elsewhere(self) -> None:
        """Raise UsageError where any is given to what drafts from no document."""
        if self.resume or self.jobs is not None or self.scheduler is not None:
            raise UsageError(_DRAFTING_ALONE)

    def refuse(self, output: Path | None, *, model: bool) -> None:
        """Raise UsageError for options that do not go together."""
        if self.scheduler is not None and self.jobs is not None:
            raise UsageError(_ONE_OF)
        if self.resume and output is None:
            raise UsageError(_RESUME_WHERE)
        if model and (self.scheduler is not None or self.jobs is not None):
            raise UsageError(_MODEL_HERE)


drafting_options = taken_as(
    "who",
    DraftingOptions,
    option(
        "--jobs",
        ja="下書きするプロセスの数(既定: 使えるコアの数。文書が少なければ1)",
        en="how many processes draft (as many as there are cores; one for few documents)",
        type=click.IntRange(1, _MOST_JOBS),
        called=Text("数", "NUMBER"),
    ),
    flag(
        "--resume",
        ja="途中で終わった下書きの続きから行う(-o に、同じ文書から作った下書きがあれば"
        "そのままにする)",
        en="go on where an earlier call ended: drafts of the same documents that are there are "
        "left as they are",
    ),
    option(
        "--scheduler",
        ja="このDaskのクラスターで下書きする(dxrules[dask] が必要)",
        en="draft on this Dask cluster (needs dxrules[dask])",
        metavar="tcp://…",
    ),
)
"""The options that say who drafts; a command takes them as `who`."""


def is_document(name: str) -> bool:
    """Tell whether a file of a folder is taken for a document, by its name alone."""
    return name.lower().endswith(ENDINGS) and not is_hidden(name)


_DOCUMENTS = Sought(Text("文書", "document"), ENDINGS, is_document, lambda _: DOCUMENT.packed)


def documents(named: Sequence[str], remark: Callable[[Text], None]) -> list[NamedFile]:
    """Return the documents that are named, or stand in a folder or at a URL that is, each once.

    What of a folder may have been taken for one and is not read is a `remark`.
    """
    found: dict[object, NamedFile] = {}
    endings = join(same(ending) for ending in ENDINGS)
    for each in named:
        if is_url(each):
            found |= {source.name: source for source in found_at(each, _DOCUMENTS).sources}
            continue
        path = Path(each)
        files = [path]
        if is_folder(path):
            there = sorted(path.iterdir())
            files = [file for file in there if is_document(file.name) and not is_folder(file)]
            passed_over = [
                _NOT_READ.format(file=shown(other), endings=endings)
                for other in there
                if other not in files and _deserves_a_line(other)
            ]
            for said in first_remarks(passed_over, shown(path)):
                remark(said)
            if not files:
                raise UsageError(_NONE.format(folder=shown(path), endings=endings))
        for file in files:
            found.setdefault(where_it_leads(file), source_of(file))
    return [*found.values()]


def _deserves_a_line(path: Path) -> bool:
    """Tell whether somebody may have taken what stands in a folder for a document to be read."""
    if is_hidden(path.name):
        return False
    if is_folder(path):
        try:
            return any(is_document(each.name) for each in path.iterdir())
        except OSError:  # it may hold documents
            return True
    if path.suffix.lower() == ".xlsx":
        return not says_plan(path)
    return not is_almost_read(path.name) and why_not_by_name(path.name) is not None


def targets(sources: Sequence[NamedFile], output: Path | None, *, goes_on: bool) -> list[ToDraft]:
    """Return which file is written of each document; unless a run `goes_on` none is there yet."""
    if output is None:
        if len(sources) > 1:
            raise UsageError(_FOLDER.format(file=sources[1].name, count=len(sources)))
        return []
    refuse_dash(output)
    if len(sources) == 1 and not is_folder(output) and output.suffix:
        if output.suffix.lower() not in (".yaml", ".yml"):
            raise UsageError(_NAME.format(file=shown(output)))
        wanted = [ToDraft(sources[0], output)]
    else:
        if is_there(output) and not is_folder(output):
            raise UsageError(_FOLDER.format(file=shown(output), count=len(sources)))
        wanted = into_folder(sources, output)
    if not goes_on:
        refuse_what_is_there(wanted)
    return wanted


def draft_all(
    wanted: Sequence[ToDraft],
    order: DraftOrder,
    drafter: Drafter,
    asked: DraftingOptions,
) -> int:
    """Draft from documents, and write each draft as soon as it is made; return the exit code."""
    with (
        closing(_crew(wanted, order, drafter, asked)) as crew,
        moved_bar(len(wanted), _READING) as bar,
    ):

        @bar.around
        def say(said: Text) -> None:
            complain(said)

        def told(each: ToDraft, made: PackedDraft) -> None:
            file = shown(each.target)
            say(_DONE.format(file=file, values=made.values, doubts=made.doubts, name=made.town))

        run = DraftRun(crew, asked.resume, say, say, told, bar.step)
        try:
            run.over(wanted)
        except UsageError as error:
            if not run.written:
                raise
            raise UsageError(_UNWRITTEN.format(said=error.text)) from error
    if run.left:
        complain(_LEFT.format(count=run.left))
    return run.code


def draft_to_output(source: NamedFile, drafter: Drafter) -> int:
    """Draft from one document to standard output; return the exit code."""
    made = drafter.drafted(DraftTask(source.name, source.content()))
    for said in (*made.remarks, *((made.fault,) if made.fault else ())):
        complain(said)
    if made.fault is None:
        say_file(made.content.decode())
        return OK
    return UNTRUSTED if made.broken else WRONG_INPUT


def _crew(
    wanted: Sequence[ToDraft], order: DraftOrder, drafter: Drafter, asked: DraftingOptions
) -> Crew[DraftTask, PackedDraft]:
    if asked.scheduler is not None:
        from dxrules.nation.cluster import crew_on

        return crew_on(asked.scheduler, drafting(order))
    jobs = 1 if drafter.model else jobs_for(len(wanted), asked.jobs, _WORTH_A_POOL)
    if jobs == 1:
        return Crew(drafting_here(drafter), Here(), 1)
    work = drafting(order)
    return Crew(work, pool(jobs, work), jobs, own=True)
