"""Order to whoever judges plans: by which law, how, and what is made of each plan.

An order goes to other processes and other machines, so it holds the rulesets themselves, and
nothing of the machine that gives it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from dxrules import __version__
from dxrules.assessment import EngineChoice
from dxrules.assessment.assess import engines_of
from dxrules.frozen import frozen
from dxrules.report.how_to_write import How, Writer
from dxrules.report.writers import CHECK, EVIDENCE, NATION

if TYPE_CHECKING:
    from dxrules.assessment.selection import Selection
    from dxrules.nation.before import Basis
    from dxrules.report.piecewise import Piecewise

_KINDS = {"check": CHECK, "evidence": EVIDENCE, "nation": NATION}


@frozen
class Wanted:
    """A format that is written of all plans, of which kind of report, and how."""

    kind: Literal["check", "evidence", "nation"]
    form: str
    how: How

    @property
    def in_pieces(self) -> bool:
        """Whether it is written in pieces, or takes all plans at once."""
        return _KINDS[self.kind].piecewise(self.form) is not None

    @property
    def pieces(self) -> Piecewise:
        """How it is written in pieces; raise ValueError if it is not."""
        found = _KINDS[self.kind].piecewise(self.form)
        if found is None:
            raise ValueError(f"{self.form} is not written in pieces")
        return found

    @property
    def writer(self) -> Writer:
        """Who writes it of plans that are all held."""
        return _KINDS[self.kind].named(self.form)

    def plain(self) -> Wanted:
        """Return the same without what only whoever called knows, and what no piece rests on."""
        how = self.how
        bare = type(how)(how.style)
        kept = replace(how, locate=bare.locate, tell=bare.tell, ending=None, call=None)
        return replace(self, how=kept)


@frozen
class Order:
    """By which rulesets plans are judged, on which day, by which engines, and what is made of them.

    `files` are those of the rulesets' folder, which messages call `called`; where it was `sent`
    they are `packed`. `basis` is what plans are compared with.
    """

    files: Mapping[str, bytes]
    called: str
    day: date
    engine: EngineChoice
    waivers: bool
    wanted: tuple[Wanted, ...]
    selection: Selection | None = None
    packed: bytes = b""
    basis: Basis | None = None

    @property
    def sent(self) -> Order:
        """The same as it is sent with each plan: small, and without what stays here."""
        texts = {name: content.decode("latin-1") for name, content in self.files.items()}
        packed = zlib.compress(json.dumps(texts).encode())
        wanted = tuple(each.plain() for each in self.wanted)
        return replace(self, files={}, wanted=wanted, packed=packed)

    @property
    def rulesets(self) -> Mapping[str, bytes]:
        """The files, wherever it is read."""
        if not self.packed:
            return self.files
        texts: dict[str, str] = json.loads(zlib.decompress(self.packed))
        return {name: text.encode("latin-1") for name, text in texts.items()}

    @property
    def digest(self) -> str:
        """What tells this order from every other, on whichever machine it is given."""
        found = sha256()
        for name, content in sorted(self.files.items()):
            found.update(f"{name}\n{len(content)}\n".encode())
            found.update(content)
        rest = (
            __version__,
            self.called,
            self.day,
            engines_of(self.engine),
            self.waivers,
            [_told(each) for each in self.wanted],
            () if self.selection is None else _terms(self.selection),
            () if self.basis is None else (self.basis.baseline, self.basis.commit),
        )
        found.update(repr(rest).encode())
        return found.hexdigest()


def _told(wanted: Wanted) -> tuple[object, ...]:
    """Return all of a format that pieces rest on, alike in each process."""
    how = wanted.how
    style = how.style.lang, how.style.width, how.style.colour
    counted = how.threshold, how.unknown
    shown = how.everything, how.alone, how.full, how.summary, how.show_known
    return wanted.kind, wanted.form, style, counted, shown


def _terms(selection: Selection) -> list[tuple[str, list[str]]]:
    """Return what is selected, and what is left out; a set has no order that would stay."""
    sides = (("select", selection.select), ("ignore", selection.ignore))
    return [(f"{side} {t.trait}", sorted(t.values)) for side, terms in sides for t in terms]
