"""The bytes of a file as they reach a desk: as base64 within JSON."""

from __future__ import annotations

import base64
import binascii

from dxrules.errors import UsageError
from dxrules.texts import Text

_NO_BYTES = Text("ファイルの内容が届きませんでした。", "The content of the file did not arrive.")


def received(content: str) -> bytes:
    """Return the bytes; raise UsageError where the text stands for none."""
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UsageError(_NO_BYTES) from error
