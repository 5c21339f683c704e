"""The one runner between the window and the work.

A single worker thread does everything that touches the store, in order, so the window
never waits. Results come back on the window's thread. A refusal is told, a bug is logged
and told; neither stops the program.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from bulletin_study.domain.errors import Cancelled, Refusal
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import Office, UnitOfWork

T = TypeVar("T")


class Job(QObject):
    """Long work under way: ``progress(done, total)`` arrives on the window's thread."""

    progress = Signal(object, object)
    """Whole numbers; bytes of a film are more than Qt's own 32 bits hold."""
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it stops at its next report, leaving nothing behind."""
        self._cancelled.set()

    def report(self, done: int, total: int) -> None:
        """Called by the work itself. Raises ``Cancelled`` once asked to stop."""
        if self._cancelled.is_set():
            raise Cancelled
        self.progress.emit(done, total)

    def end(self) -> None:
        """Say that it is over. As a method it keeps the job alive until then, which its signal
        would not, should nobody follow it any more."""
        self.finished.emit()


class Runner(QObject):
    """``read`` queries, ``do`` changes, ``work`` does long things with progress."""

    committed = Signal(object)
    """A :class:`Committed`, after every change that was saved."""
    refused = Signal(object)
    """A ``Refusal`` that nobody took care of."""
    crashed = Signal(object)
    """The exception of a bug on the worker."""
    busy = Signal(bool)

    _deliver = Signal(object)

    def __init__(
        self, office: Office, executor: Executor | None = None, files: Executor | None = None
    ) -> None:
        super().__init__()
        self._office = office
        self._executor = executor or ThreadPoolExecutor(1, thread_name_prefix="store")
        self._files = files or ThreadPoolExecutor(1, thread_name_prefix="files")
        self._deliver.connect(self._on_deliver, Qt.ConnectionType.AutoConnection)
        self._closed = False

    @property
    def office(self) -> Office:
        """The store, for what must be decided before a job is made (its clock)."""
        return self._office

    def read(self, query: Callable[[UnitOfWork], T], then: Callable[[T], object]) -> None:
        """Run a query on the worker and hand its result to ``then`` here."""

        def job() -> T:
            with self._office.view() as unit:
                return query(unit)

        self._submit(self._executor, job, then, None)

    def do(
        self,
        action: Callable[[UnitOfWork], Any],
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Refusal], object] | None = None,
    ) -> None:
        """Run a use case that commits; tell ``committed`` what changed, then call ``then``.

        The action gives a ``Committed`` or a value with one in ``.committed`` or first in a
        tuple. ``failed`` takes a refusal instead of the window's own bar.
        """

        def job() -> Any:
            with self._office.unit() as unit:
                return action(unit)

        def done(result: Any) -> None:
            saved = committed_of(result)
            if saved is not None and saved.operation_id is not None:
                self.committed.emit(saved)
            if then is not None and not _gone(then):
                then(result)

        self._submit(self._executor, job, done, failed)

    def work(
        self,
        action: Callable[[Job], T],
        then: Callable[[T], object],
        failed: Callable[[Refusal], object] | None = None,
    ) -> Job:
        """Run long work that needs no store (writing a file) beside the store's worker."""
        job = Job()
        self._submit(self._files, lambda: action(job), then, failed, job.end)
        return job

    def read_long(
        self,
        query: Callable[[UnitOfWork, Job], T],
        then: Callable[[T], object],
        failed: Callable[[Refusal], object] | None = None,
    ) -> Job:
        """A query that takes seconds, with progress and cancel."""
        job = Job()

        def run() -> T:
            with self._office.view() as unit:
                return query(unit, job)

        self._submit(self._executor, run, then, failed, job.end)
        return job

    def close(self) -> None:
        """Finish what was begun, take nothing new."""
        self._closed = True
        self._executor.shutdown(wait=True)
        self._files.shutdown(wait=True, cancel_futures=True)

    def _submit(
        self,
        executor: Executor,
        job: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Refusal], object] | None,
        finished: Callable[[], object] | None = None,
    ) -> None:
        if self._closed:
            return

        def ended(future: Future[Any]) -> None:
            self._deliver.emit((future, then, failed, finished))

        executor.submit(job).add_done_callback(ended)

    def _on_deliver(self, parcel: Any) -> None:
        future, then, failed, finished = parcel
        if finished is not None:
            finished()
        try:
            result = future.result()
        except Refusal as refusal:
            if failed is not None and not _gone(failed):
                failed(refusal)
            else:
                self.refused.emit(refusal)
        except Exception as error:  # noqa: BLE001 - the last resort for bugs on the worker
            self.crashed.emit(error)
        else:
            if not _gone(then):
                then(result)


def _gone(receiver: Callable[..., object]) -> bool:
    """Whether it is of a widget that was closed while the answer was on its way."""
    while isinstance(receiver, partial):
        receiver = receiver.func
    owner = getattr(receiver, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


def committed_of(result: Any) -> Committed | None:
    """The :class:`Committed` inside what a use case gave back, if it saved something."""
    if isinstance(result, Committed):
        return result
    if isinstance(result, tuple) and result and isinstance(result[0], Committed):
        return result[0]
    inner = getattr(result, "committed", None)
    return inner if isinstance(inner, Committed) else None


class Immediately(ThreadPoolExecutor):
    """A worker whose caller waits for it (for tests and tours)."""

    def __init__(self) -> None:
        super().__init__(1)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn`` on the worker; the future is done when this returns."""
        future = super().submit(fn, *args, **kwargs)
        wait([future])
        return future
