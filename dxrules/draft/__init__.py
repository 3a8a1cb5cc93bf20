"""Plan files drafted from published documents: what is sure, what is doubtful, and where it is."""

from dxrules.draft.draft import Draft, DraftContext, draft
from dxrules.draft.left_out import left_out
from dxrules.draft.reading import Lexicon, load_reading
from dxrules.draft.writing import places, written

__all__ = [
    "Draft",
    "DraftContext",
    "Lexicon",
    "draft",
    "left_out",
    "load_reading",
    "places",
    "written",
]
