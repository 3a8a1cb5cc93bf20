"""Keys to signs, bands between rows, labels in brackets, figures that a sentence introduces."""

from __future__ import annotations

import pytest

from dxrules.draft.key_to_signs import key_to_signs
from dxrules.draft.outline import sentences
from dxrules.document.text import original_of
from tests.helpers.documents import drafted, plan_of_town, reading_of_house, sure


def sure_of(body):
    """Return what a draft of a plan with a body is sure of."""
    return sure(drafted(plan_of_town(body)))


def systems(body):
    """Return what is sure of single tasks."""
    return sure_of(f"## 標準化\n\n{body}")["standardization"]["systems"]
