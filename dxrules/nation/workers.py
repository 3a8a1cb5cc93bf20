"""Workers: this process, processes beside it, or any executor; and what happens if one dies.

What is done, judging a plan or drafting from a document, is a `Job`.
"""

from __future__ import annotations

import os
import shutil
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Protocol, TypeVar

from dxrules import __version__
from dxrules.errors import UsageError
from dxrules.frozen import frozen
from dxrules.nation.judging import PlanInPieces, PlanTask, judge
from dxrules.texts import Text, visible

if TYPE_CHECKING:
    from dxrules.nation.order import Order

P = ParamSpec("P")
T = TypeVar("T")


class Versioned(Protocol):
    """What comes of a task."""

    @property
    def version(self) -> str:
        """Of which version of dxrules it is."""


Given = TypeVar("Given")
Found = TypeVar("Found", bound=Versioned)


@frozen
class Job(Generic[Given, Found]):
    """What is done with each task: `call`, with an order and the task, is all that is sent.

    A task of which a process died is done `apart` from all others, in one way after another; where
    a process dies of the last, too, what came of it is `lost`.
    """

    call: Callable[[Any, Given], Found]
    order: Any
    apart: Callable[[Given], tuple[Given, ...]]
    lost: Callable[[Given], Found]


def judging(order: Order) -> Job[PlanTask, PlanInPieces]:
    """Return the work of judging by an order; apart, the interpreter has the last try alone."""
    return Job(judge, order.sent, lambda task: (task, replace(task, alone=True)), _lost)


def _lost(task: PlanTask) -> PlanInPieces:
    return PlanInPieces(fault=_DIED.format(file=visible(task.name)), broken=True)


WORTH_A_POOL = 60
"""Fewer plans are judged sooner by one process than others are ready to help."""
_AHEAD = 3
"""How many plans are handed out for each process, so that none has to wait."""

_DIED = Text(
    "{file}: 判定するプロセスが、インタープリターだけでも異常終了しました。"
    "この計画は判定していません。",
    "{file}: a process that judged this plan ended before it was done, with the interpreter alone, "
    "too. The plan is not judged.",
)
_OTHER_VERSION = Text(
    "別のプロセスの dxrules は {other} で、こちらの {own} と違います。"
    "すべてのコンピューターに同じ版を入れてください。",
    "A process that works for this one has dxrules {other}, and here it is {own}. Install one "
    "version on all machines.",
)

_NO_MORE = Text(
    "システムがこれ以上のプロセスやスレッドを許しません(メモリーかプロセス数の上限)。"
    "--jobs を減らすか、上限を上げてください。",
    "The system allows no more processes or threads, for lack of memory or by a limit. Give fewer "
    "--jobs, or raise the limit.",
)
_OF_THE_POOL, _OF_A_WORKER = 4, 2
"""Processes and threads that are needed: for what makes and feeds workers, and for each of them."""
_SMALL_STACK = 65_536


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0)) or 1
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def jobs_for(tasks: int, asked: int | None, worth: int = WORTH_A_POOL) -> int:
    """Return how many processes work on so many tasks, where so many are asked for.

    Fewer than are `worth` a pool are done by one.
    """
    if tasks < worth and asked is None:
        return 1
    return max(1, min(asked or cores(), tasks))


class Here(Executor):
    """Judges in this process, when it is asked to."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call a function at once."""
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def pool(jobs: int, work: Job[Given, Found]) -> Executor:
    """Return processes beside this one; each ends with it, however it ends."""
    if jobs == 1:
        return Here()
    _refuse_crowd(jobs)
    return processes(jobs, work)


def _refuse_crowd(jobs: int) -> None:
    """Raise UsageError where the system does not allow as many processes as are wanted.

    A pool that gets some and not others fails in many ways, and waits for ever in some. Threads
    count as processes do, and cost little; those of the pool itself will be in this process, as
    large as threads are.
    """
    crowd, enough, before = [], threading.Event(), threading.stack_size()
    try:
        for number in range(_OF_THE_POOL + _OF_A_WORKER * jobs):
            if number == _OF_THE_POOL:
                threading.stack_size(_SMALL_STACK)
            crowd.append(threading.Thread(target=enough.wait, daemon=True))
            crowd[-1].start()
    except RuntimeError as error:
        crowd.pop()
        raise UsageError(_NO_MORE) from error
    finally:
        threading.stack_size(before)
        enough.set()
        for each in crowd:
            each.join()


class _Beside(ProcessPoolExecutor):
    """Processes beside this one; each was told what to do by `_begin`, so that tasks are small."""


def processes(jobs: int, work: Job[Given, Found]) -> ProcessPoolExecutor:
    """Return processes beside this one, even if it is only one."""
    import multiprocessing

    ways = multiprocessing.get_all_start_methods()
    way = "forkserver" if "forkserver" in ways else "spawn"
    context = multiprocessing.get_context(way)
    if way == "forkserver":
        context.set_forkserver_preload(["dxrules.nation.cut_short", "dxrules.nation.judging"])
        _start_unharmed()
    return _Beside(jobs, context, _begin, (work.call, work.order))


def _submitted(executor: Executor, work: Job[Given, Found], task: Given) -> Future[Found]:
    if not isinstance(executor, _Beside):
        return executor.submit(work.call, work.order, task)
    try:
        return executor.submit(_as_told, task)
    except (EOFError, ConnectionError) as error:  # what makes processes has died of one too many
        raise UsageError(_NO_MORE) from error


def _ended(executor: Executor) -> None:
    """End processes; those of a pool that was never quite begun are not there."""
    with suppress(RuntimeError):
        executor.shutdown(cancel_futures=True)


_TOLD: list[Callable[[Any], Any]] = []
"""What a process beside another one does with each task."""


def _as_told(task: Any) -> Any:
    return _TOLD[0](task)


@contextmanager
def _without(*waiting: int) -> Iterator[None]:
    """Let signals wait while another one is made.

    One that is made in part would end with a traceback of its own.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_unharmed() -> None:
    """Start what makes the processes, so that no interrupt of the terminal reaches it."""
    from multiprocessing import forkserver, resource_tracker, util

    folder = util.get_temp_dir()  # its socket lies there
    if folder not in _FOLDERS:
        _FOLDERS.append(folder)
    resource_tracker.ensure_running()  # it lets interrupts in again, so it comes first
    with _without(signal.SIGINT):  # and no more: it and what it makes keep that
        forkserver.ensure_running()


_FOLDERS: list[str] = []


def tidy_up() -> None:
    """Remove what processes beside this one have left; a process that just ends would leave it."""
    while _FOLDERS:
        shutil.rmtree(_FOLDERS.pop(), ignore_errors=True)


def _begin(call: Callable[[Any, Any], Any], order: Any) -> None:
    """Make a process ready: an interrupt is for whoever waits for it, whom it never outlives."""
    import gc
    import multiprocessing
    from multiprocessing.connection import wait

    _TOLD[:] = [partial(call, order)]
    gc.set_threshold(1_000_000)  # collected between plans, as one leaves hardly any garbage
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@dataclass
class _Handed(Generic[Given, Found]):
    """A task that was handed out; without an answer to wait for it is done apart."""

    task: Given
    answer: Future[Found] | None
    crew: int


class Crew(Generic[Given, Found]):
    """Does tasks in the order given, a few at a time, on an executor.

    One whose process dies is done again in a process of its own.
    """

    def __init__(
        self, work: Job[Given, Found], executor: Executor, width: int, *, own: bool = False
    ) -> None:
        """Hand out so many tasks at once as `width` processes need; an `own` executor is ended."""
        self._work = work
        self._executor = executor
        self._width = width
        self._own = own
        self._crew = 0
        self._apart: Executor | None = None

    def close(self) -> None:
        """End what was begun for this run."""
        with ExitStack() as closing:
            if self._own:
                closing.callback(_ended, self._executor)
            if self._apart is not None:
                closing.callback(_ended, self._apart)

    def answers(self, tasks: Iterable[Given | None]) -> Iterator[Found | None]:
        """Yield what came of each task, in order; for None, which is no task, None."""
        handed: deque[_Handed[Given, Found] | None] = deque()
        for task in tasks:
            handed.append(None if task is None else self._hand(task))
            if len(handed) >= self._width * _AHEAD:
                yield self._next(handed.popleft())
        while handed:
            yield self._next(handed.popleft())

    def _hand(self, task: Given) -> _Handed[Given, Found]:
        try:
            if isinstance(self._executor, ProcessPoolExecutor):
                with _without(signal.SIGINT, signal.SIGTERM):
                    answer = _submitted(self._executor, self._work, task)
            else:
                answer = _submitted(self._executor, self._work, task)
            return _Handed(task, answer, self._crew)
        except BrokenExecutor:
            self._renew(self._crew)
            return _Handed(task, None, self._crew)

    def _next(self, handed: _Handed[Given, Found] | None) -> Found | None:
        if handed is None:
            return None
        if handed.answer is None:
            return _checked(self._on_its_own(handed.task))
        try:
            return _checked(handed.answer.result())
        except UsageError:
            raise
        except BrokenExecutor:
            self._renew(handed.crew)
        except Exception:  # noqa: BLE001, S110  (a cluster tells in many ways that a worker died)
            pass
        return _checked(self._on_its_own(handed.task))

    def _renew(self, crew: int) -> None:
        """Put processes in the place of those of which one died, unless that is done."""
        if crew != self._crew:
            return
        self._crew += 1
        if self._own:
            self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor, self._own = processes(self._width, self._work), True

    def _on_its_own(self, task: Given) -> Found:
        """Do a task apart from all others."""
        work = self._work
        for attempt in work.apart(task):
            if self._apart is None:
                self._apart = processes(1, work)
            try:
                return _submitted(self._apart, work, attempt).result()
            except BrokenExecutor:
                self._apart.shutdown(wait=False)
                self._apart = None
        return work.lost(task)


def _checked(found: Found) -> Found:
    """Return what came of a task; raise UsageError if another version of dxrules did it."""
    if found.version != __version__:
        raise UsageError(_OTHER_VERSION.format(other=visible(found.version), own=__version__))
    return found
