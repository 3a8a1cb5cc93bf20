"""Plan files drafted from published documents: what is sure, what is doubtful, and where it is."""

from dxrules.draft.draft import Draft, draft
from dxrules.draft.draft_context import DraftContext
from dxrules.draft.draft_files import places, written
from dxrules.draft.left_out import left_out, other_town
from dxrules.draft.lexicon import Lexicon, load_reading

__all__ = [
    "Draft",
    "DraftContext",
    "Lexicon",
    "draft",
    "left_out",
    "load_reading",
    "other_town",
    "places",
    "written",
]
