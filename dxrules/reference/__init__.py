"""What the nation has fixed, as dated data: a value that is passed in, never a global."""

from dxrules.reference.load import data_root, load_reference
from dxrules.reference.models import (
    Charge,
    CitedDocument,
    Edition,
    Event,
    Name,
    Prerequisite,
    Reference,
    Revision,
    Source,
    SourceKind,
    Task,
    Verification,
)

__all__ = [
    "Charge",
    "CitedDocument",
    "Edition",
    "Event",
    "Name",
    "Prerequisite",
    "Reference",
    "Revision",
    "Source",
    "SourceKind",
    "Task",
    "Verification",
    "data_root",
    "load_reference",
]
