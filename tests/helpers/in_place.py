"""Documents are read, and databases asked, in this process: to start another one takes longer.

Tests of those other processes, of their bounds and of their end, ask for them: `_children`.
"""

from __future__ import annotations

import json

from dxrules.document import reading_process
from dxrules.document.child import packed, read_within
from dxrules.report.database import query

CHILDREN = {reading_process: reading_process._in_a_child, query: query._in_a_child}


def install():
    """Let both be done in place."""
    reading_process._in_a_child = _document
    query._in_a_child = _answer


def _document(raw, form, name):
    """Return what a document holds, by way of the answer that the process would give."""
    original = read_within(raw, form, name)
    return reading_process._unpacked(json.dumps({"original": original}, default=packed).encode())


def _answer(request):
    """Return the answer to a query, by way of what the process would hand back."""
    from dxrules.report.database.query_child import Fault, QueryBounds, Request, answer

    said = json.loads(request)
    try:
        made = answer(Request(**said | {"bounds": QueryBounds(**said["bounds"])}))
    except Fault as fault:
        made = {"fault": fault.name, "said": fault.said}
    return query._unpacked(json.dumps(made, ensure_ascii=False).encode())
