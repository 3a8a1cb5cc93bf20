"""Where a plan says what its plan file holds, and what of a draft is still in doubt."""

from datetime import date
from typing import Self

from pydantic import field_validator, model_validator

from dxrules.dates import PartialDate
from dxrules.plan.value_types import ClosedWhen, Origin, silent_where_open
from dxrules.source import Refusal, Strict, field
from dxrules.source.types import Fragment, Line, PageNumber
from dxrules.texts import Text


class Evidence(Strict):
    """Where something is said, closely enough to find it again."""

    of: tuple[Line, ...] = field(
        "何についての根拠か(この項目のキー。空なら全体)",
        "keys that it proves; empty: all",
        (),
        "[title]",
    )
    section: Line | None = field("章・節", "chapter or section", None, "2(2)")
    page: PageNumber | None = field("ページ", "page", None, "4")
    text: Fragment | None = field(
        "原文の断片(40字まで)", "fragment of the text, at most 40 characters", None
    )
    origin: Origin = field(
        "出所: 計画書、団体の他の資料、第三者",
        "from the plan, from the municipality, or from others",
        "plan",
        "town",
        alias="from",
    )
    told: ClosedWhen | None = field(
        "団体が答えた日(計画書のほかで聞いたとき。その日までのことが分かる)",
        "day on which the municipality told it when asked: what is told is known up to then",
        None,
        "令和8年11月10日",
    )

    _silent = field_validator("section", mode="before")(silent_where_open)

    @model_validator(mode="after")
    def _told_elsewhere(self) -> Self:
        """What the plan says is known up to the day recorded, whenever somebody asks about it."""
        if self.told is not None and self.origin == "plan":
            raise Refusal(
                Text(
                    "told は、計画書のほかで聞いたときに書きます。",
                    "told is for what was heard elsewhere than in the plan.",
                ),
                Text("from に town か secondary を書いてください。", "Write from: town."),
            )
        return self


class Doubt(Strict):
    """What a draft says and nobody has confirmed; a doubt that is deleted is confirmed."""

    of: tuple[Line, ...] = field(
        "確かめていないキー(空なら項目の全体)", "keys in doubt; empty: all of it", (), "[period]"
    )
    candidates: tuple[Line, ...] = field(
        "候補", "what it may be", (), "[令和8年度～令和11年度, 令和8年度～令和12年度]"
    )
    because: Line | None = field("確認待ちの理由", "why it is in doubt", None)


class Doubtful(Strict):
    """A mapping that a draft can be in doubt about."""

    doubts: tuple[Doubt, ...] = field(
        "下書きのうち誰も確かめていないもの(確かめたら消す)",
        "what of a draft nobody has confirmed (delete what was)",
        (),
    )

    @property
    def keys_in_doubt(self) -> frozenset[str]:
        """The keys that nobody has confirmed; where nothing is derived of them, they are left."""
        return frozenset(key for doubt in self.doubts for key in doubt.of)


class Evident(Doubtful):
    """A mapping that can carry evidence."""

    evidence: tuple[Evidence, ...] = field("根拠", "evidence", ())

    def by_others(self, *keys: str) -> bool | None:
        """Tell whether all that is quoted for some of its keys stands elsewhere than in the plan.

        None where nothing is.
        """
        if not self.evidence:
            return None
        asked = frozenset(keys)
        origins = [
            each.origin for each in self.evidence if not each.of or not asked.isdisjoint(each.of)
        ]
        return "plan" not in origins if origins else None

    def shows(self, key: str) -> bool:
        """Tell whether any evidence for a key names the place where it stands."""
        said = (each for each in self.evidence if not each.of or key in each.of)
        return any(each.section or each.page or each.text for each in said)

    def told(self, *keys: str) -> PartialDate | None:
        """Return the last day on which any of its keys was told; None where none was."""
        days = [
            each.told
            for each in self.evidence
            if each.told is not None and not (each.of and set(keys).isdisjoint(each.of))
        ]
        return max(days, key=lambda day: day.latest or date.min, default=None)

    @property
    def rests_on_others(self) -> bool:
        """Whether some of what it rests on stands elsewhere than in the plan."""
        return any(each.origin != "plan" for each in self.evidence)
