"""What the nation has fixed, as dated data: a value that is passed in, never a global."""

from dxrules.reference.articles import Article, article_text, clause_on, is_article_path
from dxrules.reference.load import data_root, load_reference
from dxrules.reference.reference_data import (
    LAW_KINDS,
    NATIONAL_PLAN,
    Area,
    ChargeEntry,
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
    "LAW_KINDS",
    "NATIONAL_PLAN",
    "Area",
    "Article",
    "ChargeEntry",
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
    "article_text",
    "clause_on",
    "data_root",
    "is_article_path",
    "load_reference",
]
