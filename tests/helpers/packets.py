"""Packets to be altered: the entries of one, and archives made of entries again."""

from __future__ import annotations

import io
import json
from hashlib import sha256

from dxrules.assessment import replay
from dxrules.assessment.packet import open_packet, own_digest
from dxrules.report.json_report import render_json


def signed(files, **manifest):
    """Return files whose manifest has new digests, and says something else besides."""
    said = json.loads(files["manifest.json"]) | manifest
    said["sha256"] = {n: sha256(c).hexdigest() for n, c in files.items() if n != "manifest.json"}
    if "manifest_sha256" in said:
        said["manifest_sha256"] = own_digest(said)
    return {**files, "manifest.json": json.dumps(said).encode()}


def earlier(files):
    """Return the same packet of one plan in the first form, which had one assessment of all."""
    said = json.loads(files["manifest.json"])
    (plan,) = said["plans"]
    content = files[plan["assessment"]]
    others = {n: c for n, c in files.items() if n != plan["assessment"]}
    said["format"] = "dxrules/packet/1"
    said["plans"] = [{"path": plan["path"], "name": plan["name"]}]
    del said["manifest_sha256"]
    others |= {"manifest.json": json.dumps(said).encode(), "assessment.json": content}
    return signed(others)


def judged_again(raw, name="out.zip"):
    """Judge the bytes of a packet again, as the command does."""
    packet = open_packet(io.BytesIO(raw), name)
    return replay.replay(packet, render_json)
