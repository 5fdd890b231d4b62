"""A worker: handlers for events, and the guard that decides which of them take effect."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, Generic, TypeAlias, TypeVar, cast, overload

from labelrelay.data import DataStore, S3Data
from labelrelay.decode import decode_event
from labelrelay.errors import Poison
from labelrelay.guard import Context, Guard, R, Verdict
from labelrelay.models import EVENTS, Event

E = TypeVar("E", bound=Event[Any])
F = TypeVar("F", bound=Event[Any])
Handler: TypeAlias = Callable[[E], R] | Callable[[E, Context[Any]], R]
"""Takes an event, and the context of its guard if it has a second parameter."""


class Worker(Generic[R]):
    """Handles the body of one message after the other.

    If a handler returns, its message is deleted. If it raises, the message is received again.

    >>> from labelrelay import LabelEvent, Worker, in_order
    >>> from labelrelay.testing import MemoryMarks, build_event
    >>> worker = Worker(in_order(MemoryMarks()))
    >>> @worker.on(LabelEvent)
    ... def show(event: LabelEvent) -> None:
    ...     print(event.topic, event.subject)
    >>> worker(build_event("label.created", subject="label/1").to_json())
    label.created label/1
    'done'
    """

    def __init__(self, guard: Guard[R], *, data: DataStore | None = None) -> None:
        """`guard` is `in_order(...)` or `keep_newest(...)`.

        `data` is the store of the data of large events. By default it is found by itself: see
        `S3Data`.
        """
        self._guard = guard
        self._data = data or S3Data()
        self._handlers: dict[str, Callable[[Event[Any], Context[Any]], R]] = {}

    @property
    def topics(self) -> list[str]:
        """The topics that have a handler."""
        return list(self._handlers)

    # mypy takes the common base of several classes for E, so two of them have a type of their own.
    @overload
    def on(self, first: type[E], /) -> Callable[[Handler[E, R]], Handler[E, R]]: ...
    @overload
    def on(
        self, first: type[E], second: type[F], /
    ) -> Callable[[Handler[E | F, R]], Handler[E | F, R]]: ...
    @overload
    def on(self, *events: type[E]) -> Callable[[Handler[E, R]], Handler[E, R]]: ...
    def on(self, *events: type[Event[Any]]) -> Callable[[Handler[Any, R]], Handler[Any, R]]:
        """Registers a handler for some classes of events: `LabelCreated`, or all of `LabelEvent`.

        Raises `ValueError` if a topic has a handler already, and `TypeError` if the handler is
        asynchronous: nothing would await it.
        """
        topics = [topic for topic, kind in EVENTS.items() if issubclass(kind, events)]
        if not topics:
            raise ValueError(f"expected classes of events such as LabelEvent, got {events}")
        if taken := [topic for topic in topics if topic in self._handlers]:
            raise ValueError(f"expected one handler for each topic, got two for {taken}")

        def register(handler: Handler[Any, R]) -> Handler[Any, R]:
            handle = _with_context(handler)
            self._handlers |= dict.fromkeys(topics, handle)
            return handler

        return register

    def __call__(self, body: str) -> Verdict:
        """Handles the body of a message.

        Raises `Poison` if the message can never be handled; `RetryLater`, `Wait` or the error of
        the handler if the message must be received again.
        """
        event = decode_event(body, self._data)
        handler = self._handlers.get(event.topic)
        if handler is None:
            raise Poison(f"expected a topic with a handler, got {event.topic}")
        return self._guard(event, lambda context: handler(event, context))


def _with_context(handler: Handler[E, R]) -> Callable[[Event[Any], Context[Any]], R]:
    if inspect.iscoroutinefunction(handler):
        raise TypeError("expected a plain function as handler, got an async one: use asyncio.run")
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(handler).parameters.values()
    required = [p for p in parameters if p.kind in positional and p.default is p.empty]
    if len(required) > 1:
        return cast(Callable[[Event[Any], Context[Any]], R], handler)
    without = cast(Callable[[Event[Any]], R], handler)
    return lambda event, _context: without(event)
