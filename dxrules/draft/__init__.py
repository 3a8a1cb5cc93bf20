"""Plan files drafted from published documents: what is sure, what is doubtful, and where it is."""

from dxrules.draft.draft import Draft, Source, draft
from dxrules.draft.left_out import left_out, other_town
from dxrules.draft.reading import Reading, load_reading
from dxrules.draft.writing import places, written

__all__ = [
    "Draft",
    "Reading",
    "Source",
    "draft",
    "left_out",
    "load_reading",
    "other_town",
    "places",
    "written",
]
