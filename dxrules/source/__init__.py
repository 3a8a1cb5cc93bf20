"""Reading YAML with every fault in its place, and writing files whole or not at all."""

from dxrules.source.placed_data import Document, Path
from dxrules.source.read import from_text, read
from dxrules.source.strict import Refusal, Strict, description, field, strip_text
from dxrules.source.suggest import did_you_mean
from dxrules.source.validate import duplicates, known_keys, validate
from dxrules.source.write import stamp, write_whole

__all__ = [
    "Document",
    "Path",
    "Refusal",
    "Strict",
    "description",
    "did_you_mean",
    "duplicates",
    "field",
    "from_text",
    "known_keys",
    "read",
    "stamp",
    "strip_text",
    "validate",
    "write_whole",
]
