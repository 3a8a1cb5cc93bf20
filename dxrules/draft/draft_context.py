"""What every part of a draft is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dxrules.frozen import frozen

if TYPE_CHECKING:
    from dxrules.draft.lexicon import Lexicon
    from dxrules.reference import Reference
    from dxrules.reference.gazetteer import Gazetteer
    from dxrules.texts import Lang


@frozen
class DraftContext:
    """What a draft is made with, and the language in which it tells its doubts."""

    reading: Lexicon
    reference: Reference
    gazetteer: Gazetteer
    lang: Lang = "ja"
