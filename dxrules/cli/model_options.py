"""The options of a language model: off unless its address is named, and told to whoever calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dxrules.cli.bilingual import flag, option, taken_as
from dxrules.cli.streams import complain
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.texts import Text, join, same

if TYPE_CHECKING:
    from dxrules.draft import DraftContext
    from dxrules.draft.model_candidates import ModelFound
    from dxrules.draft.outline import Sentence

_ALONE = Text(
    "{options} は --model とともに指定してください。", "{options} goes with --model only."
)
_NAME = Text(
    "--model には --model-name で、モデルの名前も指定してください。",
    "With --model give the name of the model, too, by --model-name.",
)
_NO_UPDATE = Text(
    "--update と --model は、同時に使えません。", "--update and --model do not go together."
)
_SENT = Text(
    "文書の本文を {host} のモデル {name} に送ります。候補はすべて確認待ちになります。",
    "The text of the document is sent to the model {name} at {host}. All of its candidates will "
    "be in doubt.",
)
_FOUND = Text(
    "モデルの候補: 採用 {kept}件、引用から同じ値を読み取れず不採用 {dropped}件。",
    "Candidates of the model: {kept} kept, {dropped} dropped, as the words quoted do not say so.",
)
_FAILED = Text("--model: {said}。", "--model: {said}.")


@frozen
class ModelAsked:
    """What a call says of a model."""

    url: str | None = None
    model_name: str | None = None
    allow_remote: bool = False

    def refuse_elsewhere(self) -> None:
        """Raise UsageError where a model is named for what asks none."""
        if self.url is not None:
            raise UsageError(_NO_UPDATE)

    def reader(self, source: DraftContext) -> Callable[[Sequence[Sentence]], ModelFound] | None:
        """Return what reads sentences by the model; None where none was named.

        Raises UsageError where address and name do not fit.
        """
        if self.url is None:
            given = {
                "--model-name": self.model_name is not None,
                "--allow-remote": self.allow_remote,
            }
            if alone := [same(name) for name, is_given in given.items() if is_given]:
                raise UsageError(_ALONE.format(options=join(alone)))
            return None
        if not self.model_name:
            raise UsageError(_NAME)
        from dxrules.draft.model_endpoint import Endpoint
        from dxrules.draft.model_reading import read_by_model

        endpoint = Endpoint.of(
            self.url, self.model_name, os.environ, allow_remote=self.allow_remote
        )
        complain(_SENT.format(host=endpoint.host, name=endpoint.name))

        def read(sentences: Sequence[Sentence]) -> ModelFound:
            found = read_by_model(sentences, source.reading, source.reference, endpoint.ask)
            for remark in found.remarks:
                complain(_FAILED.format(said=remark))
            kept = len(found.candidates) + len(found.measures)
            complain(_FOUND.format(kept=kept, dropped=found.dropped))
            return found

        return read


model_options = taken_as(
    "model",
    ModelAsked,
    option(
        "--model",
        "url",
        ja="このOpenAI互換APIの言語モデルにも候補を尋ねる(既定では使わない)",
        en="ask a language model behind this OpenAI-compatible API as well (off by default)",
        metavar="URL",
    ),
    option("--model-name", ja="モデルの名前", en="its name", called=Text("名前", "NAME")),
    flag(
        "--allow-remote",
        ja="この端末の外にあるモデルも使う(本文が外部に送られる)",
        en="the model may be on another machine, to which the text is sent",
    ),
)
"""The options of a model; a command takes them as `model`."""
