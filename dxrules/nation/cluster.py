"""Work on a Dask cluster: its workers have dxrules of the same version, and nothing else.

Plans, documents and rulesets are sent to them, so that they need no shared disk. What a worker was
doing that dies is done by another; what no worker survives is done here, by a process of its own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dxrules.errors import UsageError
from dxrules.nation.workers import Crew, Found, Given, Job
from dxrules.texts import Text, shorten, visible

if TYPE_CHECKING:
    from concurrent.futures import Executor

_SECONDS = 30
_MISSING = Text(
    "--scheduler には dask が必要です。pip install 'dxrules[dask]' で入れてください。",
    "--scheduler needs dask. Install it by pip install 'dxrules[dask]'.",
)
_UNREACHED = Text(
    "{address}: Daskのスケジューラーにつながりません({said})。アドレスと、起動しているかを"
    "確かめてください。",
    "{address}: no Dask scheduler answers there ({said}). Check the address, and that it runs.",
)
_NOBODY = Text(
    "{address}: このクラスターにはワーカーがありません。ワーカーを起動してください。",
    "{address}: this cluster has no workers. Start some.",
)


class _OfCluster(Crew[Given, Found]):
    """A crew on a cluster, whose client it closes at the end."""

    def __init__(self, client: Any, work: Job[Given, Found]) -> None:
        executor: Executor = client.get_executor(pure=False)
        threads = sum(client.nthreads().values())
        super().__init__(work, executor, threads)
        self._client = client

    def close(self) -> None:
        """End what was begun for this run; the cluster goes on."""
        super().close()
        self._client.close()


def crew_on(address: str, work: Job[Given, Found]) -> Crew[Given, Found]:
    """Return who works on a cluster; raise UsageError if it cannot be reached."""
    try:
        distributed: Any = import_module("distributed")
    except ModuleNotFoundError as error:
        raise UsageError(_MISSING) from error
    named = shorten(address)
    try:
        client = distributed.Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        said = visible(f"{type(error).__name__}: {error}")
        raise UsageError(_UNREACHED.format(address=named, said=said)) from error
    if not client.nthreads():
        client.close()
        raise UsageError(_NOBODY.format(address=named))
    return _OfCluster(client, work)
