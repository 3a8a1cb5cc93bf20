"""The interface of the desk: each call with its arguments, and what the errors look like.

Arguments and results, which stand in `results`, are plain JSON. Texts for people are in both
languages, as `{"ja": ..., "en": ...}`; bytes are in base64. docs/desk.md tells what each is for.
Annotations are not postponed, as pydantic would have to compile each of them once more.
"""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from dxrules.frozen import frozen
from dxrules.source.bounds import DEPTH, DOCUMENT
from dxrules.source.schema import DIALECT
from dxrules.texts import Text

FORMAT: Final = "dxrules/desk/1"
_NAME: Final = 300
_LONG: Final = 2_000

PathPartGiven = Annotated[str, Field(max_length=_NAME)] | Annotated[int, Field(ge=0, le=1_000_000)]
"""A key of the plan file, or the place of an item in a list."""
KeyPath = Annotated[list[PathPartGiven], Field(max_length=DEPTH)]
PlanId = Annotated[str, Field(max_length=40)]
NameGiven = Annotated[str, Field(min_length=1, max_length=_NAME)]
ContentGiven = Annotated[str, Field(max_length=DOCUMENT.packed * 4 // 3 + 4)]
"""Bytes in base64."""
TextGiven = Annotated[str, Field(max_length=_LONG)]
LangName = Literal["ja", "en"]


class Arguments(BaseModel):
    """What a call takes: it refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Nothing(Arguments):
    """No arguments."""


class OfFile(Arguments):
    """A file that was opened, by its name and bytes."""

    name: NameGiven
    content: ContentGiven


class OfDocument(OfFile):
    """A document to draft a plan from, and whose plan it is where the document does not tell."""

    municipality: NameGiven | None = None
    lang: LangName = "ja"


class OfBlank(Arguments):
    """Whose blank form it is: the code or name of a municipality, and the title of its plan."""

    municipality: NameGiven
    title: TextGiven | None = None
    recorded: NameGiven | None = None


class OfOpenPlan(Arguments):
    """One open plan."""

    plan: PlanId


class OfPlans(Arguments):
    """Several open plans; none named, all of them."""

    plans: Annotated[list[PlanId], Field(max_length=2_500)] = []


class OfPlanFile(OfFile):
    """A file that goes with an open plan."""

    plan: PlanId
    told: NameGiven | None = None


class OfFindings(OfOpenPlan):
    """The findings of a plan; with `everything` those of rules that apply to nothing, too."""

    everything: bool = False


class OfFinding(OfOpenPlan):
    """One finding: rule, kind and key."""

    finding: Annotated[list[NameGiven], Field(min_length=3, max_length=3)]


class OfQuestions(OfOpenPlan):
    """Questions; at most so many answers are tried in this call to tell what each settles."""

    trials: Annotated[int, Field(ge=0, le=500)] = 0


class OfTold(OfOpenPlan):
    """What the municipality told of entries, when, and what shows it."""

    about: Annotated[list[NameGiven], Field(min_length=1, max_length=200)]
    answer: TextGiven
    day: NameGiven | None = None
    told: NameGiven | None = None
    by: TextGiven | None = None
    document: TextGiven | None = None
    page: NameGiven | None = None


class EntryEdit(Arguments):
    """One entry of the plan file and its new value; without one, the entry goes."""

    path: Annotated[KeyPath, Field(min_length=1)]
    value: Any = None


class OfEdits(OfOpenPlan):
    """Changes that are made together or not at all."""

    edits: Annotated[list[EntryEdit], Field(min_length=1, max_length=200)]


class OfDoubt(OfOpenPlan):
    """A doubt that a person has looked at: its mapping, its keys, and the value where it differs.

    Without keys, what is confirmed is that the entry is one; where that is not in doubt, all of it.
    """

    path: KeyPath
    keys: Annotated[list[NameGiven], Field(max_length=100)] = []
    value: Any = None


class OfAlikeDoubts(OfOpenPlan):
    """Alike doubts that are answered at once: their mappings, their keys, and what is right.

    That is what stands there, or `value` for all of them; `absent`, if the document says none.
    """

    paths: Annotated[
        list[Annotated[KeyPath, Field(min_length=1)]], Field(min_length=1, max_length=100)
    ]
    keys: Annotated[list[NameGiven], Field(max_length=100)] = []
    value: TextGiven | None = None
    absent: bool = False


class OfSection(OfOpenPlan):
    """A section that was read to its end, or is open again."""

    section: NameGiven
    closed: bool = True


class OfPage(OfOpenPlan):
    """A leaf of the document: its number, as `original` lists them."""

    leaf: Annotated[int, Field(ge=0, le=1_000_000)]


class OfWords(OfOpenPlan):
    """Words to look up in the document."""

    words: TextGiven


class OfTown(Arguments):
    """What somebody types of the name or code of a municipality."""

    words: NameGiven


class OfSaving(OfOpenPlan):
    """An open plan to be written where it came from."""


class OfWriting(OfPlans):
    """What to write of which plans, in which format."""

    what: Literal["plan", "report", "gaps", "forecast", "graph", "inquiry", "packet", "compare"]
    form: NameGiven
    lang: LangName = "ja"


@frozen
class Declared:
    """A call: what it takes, and what it is for."""

    arguments: type[Arguments]
    purpose: Text


CALLS: Final[dict[str, Declared]] = {
    "hello": Declared(Nothing, Text("点検画面でできること", "what this desk is and can do")),
    "towns": Declared(OfTown, Text("団体を名前から探す", "look up a municipality by its name")),
    "plans": Declared(Nothing, Text("開いている計画", "the plans that are open")),
    "open": Declared(OfFile, Text("計画ファイルを開く", "open a plan file")),
    "draft": Declared(OfDocument, Text("文書から下書きする", "draft a plan from a document")),
    "blank": Declared(OfBlank, Text("白紙から始める", "begin with a blank form")),
    "close": Declared(OfOpenPlan, Text("計画を閉じる", "close a plan")),
    "attach": Declared(OfPlanFile, Text("計画書を開く", "open the document of a plan")),
    "verdicts": Declared(OfOpenPlan, Text("判定のまとめ", "the verdicts in brief")),
    "findings": Declared(OfFindings, Text("すべての判定", "all findings")),
    "explain": Declared(OfFinding, Text("判定の理由", "why a finding came out so")),
    "questions": Declared(OfQuestions, Text("確かめることの順", "what to settle, in order")),
    "facts": Declared(OfOpenPlan, Text("計画ファイルの記載", "what the plan file says")),
    "shape": Declared(Nothing, Text("記入できる項目", "what can be entered")),
    "edit": Declared(OfEdits, Text("記載を直す", "change what the plan file says")),
    "confirm": Declared(OfDoubt, Text("下書きの記載を確定する", "confirm what is in doubt")),
    "confirm-alike": Declared(
        OfAlikeDoubts, Text("同じ種類の確認をまとめて済ませる", "settle doubts that are alike")
    ),
    "close-section": Declared(OfSection, Text("節を読み終えたとする", "mark a section as read")),
    "answer": Declared(OfTold, Text("団体の回答を記入する", "enter an answer of the municipality")),
    "take-in": Declared(OfPlanFile, Text("照会の回答を取り込む", "take in a completed inquiry")),
    "undo": Declared(OfOpenPlan, Text("元に戻す", "undo")),
    "redo": Declared(OfOpenPlan, Text("やり直す", "redo")),
    "original": Declared(OfOpenPlan, Text("計画書のページの一覧", "the pages of the document")),
    "leaf": Declared(OfPage, Text("計画書の1ページ", "one page of the document")),
    "spots": Declared(OfWords, Text("計画書で語句を探す", "find words in the document")),
    "quotations": Declared(
        OfOpenPlan, Text("引用が計画書にあるか", "whether the document has the words quoted")
    ),
    "gaps": Declared(OfOpenPlan, Text("分野ごとの不足", "the gaps by area")),
    "drawing": Declared(OfOpenPlan, Text("時期・前提・見通し", "timeline, graph and forecast")),
    "write": Declared(OfWriting, Text("ファイルに書き出す", "make a file for the caller to save")),
    "save": Declared(OfSaving, Text("元のファイルに保存する", "save where the plan came from")),
}
"""Every call, in the order in which a person meets them."""


class InputFault(BaseModel):
    """One fault of what was opened or entered: which key, what is wrong, and the way out."""

    key: str
    message: dict[LangName, str]
    hint: dict[LangName, str] | None = None
    place: str = ""


class RefusedCall(BaseModel):
    """Why a call was refused; `kind` is for programs, the rest for people."""

    kind: Literal["call", "arguments", "usage", "input", "changed", "fault"]
    message: dict[LangName, str]
    problems: list[InputFault] = []


class CallAnswer(BaseModel):
    """What every call gives back: a result, or why it was refused."""

    result: dict[str, Any] | None = None
    error: RefusedCall | None = None


def desk_schema() -> dict[str, Any]:
    """Return the JSON Schema of the interface: what each call takes and gives back."""
    from dxrules.desk.results import RESULTS

    calls = {
        name: {
            "description": f"{call.purpose.ja} / {call.purpose.en}",
            "arguments": TypeAdapter(call.arguments).json_schema(),
            "result": TypeAdapter(RESULTS[name]).json_schema(),
        }
        for name, call in CALLS.items()
    }
    return {
        "$schema": DIALECT,
        "title": "dxrules 点検画面 / dxrules review desk",
        "format": FORMAT,
        "calls": calls,
        "answer": CallAnswer.model_json_schema(),
    }
