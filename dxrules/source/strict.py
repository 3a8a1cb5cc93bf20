"""What every model at a gate is made of: strict keys, bilingual fields, refusals with a way out."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from dxrules.texts import Text

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


class Strict(BaseModel):
    """A mapping of a file: unknown keys are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Refusal(ValueError):  # noqa: N818  (pydantic wants a ValueError; this is no fault of ours)
    """A value that a field refuses, in both languages, with a way out if there is one."""

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message.en)
        self.text = message
        self.hint = hint


def field(ja: str, en: str, default: Any = ..., example: str = "", alias: str | None = None) -> Any:
    """Declare a field with its description in both languages, and an example for templates.

    `alias` is the key in the file where Python keeps that word for itself.
    """
    return Field(
        default,
        alias=alias,
        description=f"{ja} / {en}",
        examples=[example] if example else None,
        json_schema_extra={"x-text": {"ja": ja, "en": en}},
    )


def description(info: FieldInfo) -> Text:
    """Return the description of a field in both languages."""
    extra = info.json_schema_extra
    both: Any = extra.get("x-text") if isinstance(extra, dict) else None
    return Text(**both) if both else Text("", "")


def strip_text(text: str) -> str:
    """Bring a text of a file to one form: composed characters, no space around it."""
    return unicodedata.normalize("NFC", text).strip()
