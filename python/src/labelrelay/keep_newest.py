"""The guard for handlers that make a value of an event and do nothing else."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, Protocol, TypeAlias

from labelrelay.errors import Wait
from labelrelay.guard import Change, Clock, Context, Guard, V, Verdict, system_clock
from labelrelay.position import TOMBSTONE_MS, Place, Position, place_of_value

if TYPE_CHECKING:
    from labelrelay.models import Event

MAX_ROUNDS = 5
"""How often a value is made anew because another worker wrote in between."""


class Skip:
    """The type of `SKIP`."""

    def __repr__(self) -> str:
        return "SKIP"


SKIP: Final = Skip()
"""Returned by a handler that leaves the stored value as it is."""

Result: TypeAlias = V | Skip | None
"""The result of a handler: the value; None if there is none (any more); `SKIP` to store nothing."""


Over: TypeAlias = Position | Literal["any"] | None
"""The value that a new one replaces: that of a position, nothing (None), or any older one."""


@dataclass(frozen=True)
class Kept(Generic[V]):
    """A stored value, and the position of the event that made it."""

    position: Position
    value: V | None


class Values(Protocol[V]):
    """The newest value of each key, `<source>/<subject>`."""

    def newest(self, key: str) -> Kept[V] | None:
        """The stored value of a subject, also if it is gone and its value is None."""

    def put_if_newer(
        self,
        key: str,
        position: Position,
        value: V | None,
        expires_at: int | None = None,
        over: Over = "any",
    ) -> bool:
        """Stores a value atomically, unless the stored one is as new or newer.

        `value` is None if the subject is gone: then only its position is stored. `expires_at` is
        the time when the item may be deleted, in milliseconds since 1970. `over` is the position
        that must be stored now, or None if nothing may be stored. False if nothing was stored.
        """

    def all(self) -> Iterator[tuple[str, V]]:
        """The key and the value of every subject that is not gone, in no order."""


def keep_newest(values: Values[V], *, now: Clock = system_clock) -> Guard[Result[V]]:
    """Stores what a handler returns, unless the value of a newer event is stored.

    The context tells the handler whether the subject is new, changed or gone, and its value
    before. A handler may run more than once for an event, and must do nothing else.

    >>> from labelrelay.testing import MemoryValues, build_event
    >>> values = MemoryValues()
    >>> event = build_event("label.created", {"labels": []}, subject="label/1")
    >>> keep_newest(values)(event, lambda context: len(event.data.labels))
    'done'
    >>> list(values.all())
    [('/labelbox/label/1', 0)]
    """
    turns = _Turns()

    def keep(
        event: Event[Any], place: Place, handle: Callable[[Context[Any]], Result[V]]
    ) -> Verdict:
        for _ in range(MAX_ROUNDS):
            kept = values.newest(place.key)
            order = place.position.compare_to_mark(kept.position) if kept else 1
            if order <= 0:
                return "stale" if order < 0 else "duplicate"
            before = kept.value if kept else None
            value = handle(Context(_change_of(event, before), before))
            if isinstance(value, Skip):
                return "done"
            expires_at = now() + TOMBSTONE_MS if place.is_last else None
            over = kept.position if kept else None
            if values.put_if_newer(place.key, place.position, value, expires_at, over):
                return "done"
        raise Wait(f"expected to store the value of {event.type} {event.id}, got other workers")

    def guard(event: Event[Any], handle: Callable[[Context[Any]], Result[V]], /) -> Verdict:
        place = place_of_value(event)
        if place is None:
            handle(Context("new"))
            return "done"
        with turns.of(place.key):
            return keep(event, place, handle)

    return guard


def _change_of(event: Event[Any], before: object) -> Change:
    if event.is_gone:
        return "gone"
    return "new" if before is None else "changed"


class _Turns:
    """Has events of one key run one after the other in this process: they would only collide."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._users: Counter[str] = Counter()

    @contextmanager
    def of(self, key: str) -> Iterator[None]:
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
            self._users[key] += 1
        try:
            with turn:
                yield
        finally:
            with self._lock:
                self._users[key] -= 1
                if not self._users[key]:
                    del self._turns[key], self._users[key]
