"""From a plan, for a day, to flat facts."""

from dxrules.derivation.absence_words import open_value, open_values
from dxrules.derivation.context import Context
from dxrules.derivation.declaration import Attribute, Kind, Type
from dxrules.derivation.derive import absence, derive
from dxrules.derivation.describe import date_of, describe
from dxrules.derivation.fact import Fact, Proof
from dxrules.derivation.values import SILENT, UNKNOWN, Absent, Cause, Code, Value, is_known, unknown
from dxrules.derivation.vocabulary import VOCABULARY

__all__ = [
    "SILENT",
    "UNKNOWN",
    "VOCABULARY",
    "Absent",
    "Attribute",
    "Cause",
    "Code",
    "Context",
    "Fact",
    "Kind",
    "Proof",
    "Type",
    "Value",
    "absence",
    "date_of",
    "derive",
    "describe",
    "is_known",
    "open_value",
    "open_values",
    "unknown",
]
