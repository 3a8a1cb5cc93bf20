"""What is said of a text that is no date."""

from __future__ import annotations

import pytest

from dxrules.dates import parse_date
from dxrules.errors import DateError


def complaint(text, read=parse_date):
    """Return what is said of a text that cannot be read as a date."""
    with pytest.raises(DateError) as caught:
        read(text)
    return caught.value.text
