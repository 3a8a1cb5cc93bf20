"""The section `municipality`: whose plan it is."""

from pydantic import ConfigDict, ValidationInfo, field_validator, model_validator

from dxrules.plan.municipality_code import KINDS, kind_of_code, kind_of_union
from dxrules.plan.municipality_names import check_name, completed
from dxrules.plan.value_types import MunicipalityCode
from dxrules.source import Strict, field
from dxrules.source.types import Line
from dxrules.texts import Text


class MunicipalityName(Strict):
    """The name in both languages."""

    ja: Line = field("日本語名", "name in Japanese", example="見本町")
    en: Line | None = field(
        "英語名(省けば団体コードから補う)",
        "name in English; left out, the code tells it",
        None,
        "Mihon",
    )

    @property
    def text(self) -> Text:
        """The name as a text; in Japanese where no English one is known."""
        return Text(self.ja, self.en or self.ja)


class Municipality(Strict):
    """Whose plan it is."""

    model_config = ConfigDict(json_schema_extra={"required": ["code"]})

    code: MunicipalityCode = field(
        "全国地方公共団体コード6桁(検査数字まで)",
        "six-digit code, check digit included",
        example='"349992"',
    )
    name: MunicipalityName = field(
        "団体名(省けば団体コードから補う)", "name; left out, the code tells it"
    )

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, said: object) -> object:
        """Add what code or name tell of the other."""
        return completed(said)

    @field_validator("name")
    @classmethod
    def _of_the_code(cls, name: MunicipalityName, info: ValidationInfo) -> MunicipalityName:
        """Refuse the name of another municipality."""
        if code := info.data.get("code"):
            check_name(code, name.ja)
        return name

    @property
    def prefecture(self) -> str:
        """The two digits of the prefecture."""
        return self.code[:2]

    @property
    def is_union(self) -> bool:
        """Whether it is a union of municipalities (広域連合, 一部事務組合).

        What is asked of local bodies is asked of it; what is asked of municipalities is not.
        """
        return kind_of_union(self.code, self.name.ja) is not None

    @property
    def town(self) -> Text:
        """What it is: a city, a ward of Tokyo, a town or a village, by its name, else its code.

        Or a union of them.
        """
        name = self.name.ja
        return kind_of_union(self.code, name) or KINDS.get(name[-1]) or kind_of_code(self.code)
