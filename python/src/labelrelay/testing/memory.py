"""Stores in memory, for tests and for a single process."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from labelrelay.guard import Clock, system_clock
from labelrelay.handle_message import Message
from labelrelay.keep_newest import Kept, Over
from labelrelay.marks import PENDING_MS, Claim, Lease
from labelrelay.position import Position

V = TypeVar("V")


@dataclass(frozen=True)
class _Pending:
    position: Position
    until: int


@dataclass(frozen=True)
class _Entry:
    mark: Position | None = None
    expires_at: int | None = None
    lease: Lease | None = None
    pending: _Pending | None = None


class MemoryMarks:
    """Marks for `in_order`."""

    def __init__(self, *, now: Clock = system_clock) -> None:
        self._now = now
        self._entries: dict[str, _Entry] = {}
        self._lock = threading.RLock()

    def claim(self, key: str, position: Position, lease: Lease) -> Claim:
        with self._lock:
            entry = self._entry(key)
            order = position.compare_to_mark(entry.mark) if entry.mark else 1
            if order <= 0:
                return Claim("duplicate" if order == 0 else "stale")
            if self._is_outdone(entry, position):
                return Claim("stale")
            other = entry.lease if entry.lease and entry.lease.owner != lease.owner else None
            if other and other.until > self._now():
                return Claim("busy", other.until)
            pending = _Pending(position, lease.until + PENDING_MS)
            self._entries[key] = replace(entry, lease=lease, pending=pending)
            return Claim("claimed")

    def announce(self, key: str, position: Position) -> None:
        with self._lock:
            entry = self._entry(key)
            if not self._is_outdone(entry, position):
                pending = _Pending(position, self._now() + PENDING_MS)
                self._entries[key] = replace(entry, pending=pending)

    def extend(self, key: str, lease: Lease) -> bool:
        with self._lock:
            entry = self._entry(key)
            if not _is_own(entry, lease):
                return False
            self._entries[key] = replace(entry, lease=lease)
            return True

    def settle(
        self, key: str, position: Position, lease: Lease, expires_at: int | None = None
    ) -> bool:
        with self._lock:
            entry = self._entry(key)
            mark = Position(position.sequence, position.id)
            if not _is_own(entry, lease):
                return entry.mark == mark
            self._entries[key] = _Entry(mark, expires_at, pending=entry.pending)
            return True

    def newest(self, key: str) -> Position | None:
        with self._lock:
            return self._entry(key).mark

    def release(self, key: str, lease: Lease) -> None:
        with self._lock:
            entry = self._entry(key)
            if _is_own(entry, lease):
                self._entries[key] = replace(entry, lease=None, pending=None)

    def _entry(self, key: str) -> _Entry:
        entry = self._entries.get(key, _Entry())
        is_expired = entry.expires_at is not None and entry.expires_at <= self._now()
        return _Entry() if is_expired else entry

    def _is_outdone(self, entry: _Entry, position: Position) -> bool:
        pending = entry.pending
        if pending is None or pending.until <= self._now():
            return False
        return position.compare(pending.position) < 0


def _is_own(entry: _Entry, lease: Lease) -> bool:
    return entry.lease is not None and entry.lease.owner == lease.owner


class MemoryValues(Generic[V]):
    """Values for `keep_newest`. A value must be JSON here too, and becomes what JSON gives back."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept[V]] = {}
        self._lock = threading.Lock()

    def newest(self, key: str) -> Kept[V] | None:
        with self._lock:
            return self._kept.get(key)

    def put_if_newer(
        self,
        key: str,
        position: Position,
        value: V | None,
        expires_at: int | None = None,  # noqa: ARG002
        over: Over = "any",
    ) -> bool:
        with self._lock:
            kept = self._kept.get(key)
            if over not in ("any", kept.position if kept else None):
                return False
            if kept and position.compare_to_mark(kept.position) <= 0:
                return False
            stored = json.loads(json.dumps(value, allow_nan=False))
            self._kept[key] = Kept(Position(position.sequence, position.id), stored)
            return True

    def all(self) -> Iterator[tuple[str, V]]:
        with self._lock:
            kept = list(self._kept.items())
        for key, each in kept:
            if each.value is not None:
                yield key, each.value


class MemoryData:
    """A bucket. `put` stores the data of an event, and returns its claim check.

    >>> list(MemoryData().put({"platform": "labelbox"}))
    ['dataref', 'datadigest']
    """

    def __init__(self, bucket: str = "bucket") -> None:
        self.bucket = bucket
        self._objects: dict[str, bytes] = {}

    def get(self, bucket: str, key: str) -> bytes | None:
        return self._objects.get(key) if bucket == self.bucket else None

    def put(self, data: Any) -> dict[str, str]:
        found = json.dumps(data).encode()
        digest = hashlib.sha256(found).hexdigest()
        self._objects[f"data/{digest}"] = found
        return {"dataref": f"s3://{self.bucket}/data/{digest}", "datadigest": f"sha256:{digest}"}


class MemoryQueue:
    """A queue that records its calls in `buried`, `delayed` and `waiting`."""

    def __init__(self, tries: int = 5) -> None:
        self.buried: list[tuple[str, str]] = []
        """The body of each dead letter, and its reason."""
        self.delayed: list[tuple[str, int]] = []
        """The body of each message to retry, and the seconds until then."""
        self.waiting: list[tuple[str, int]] = []
        """The body of each message that waits as a fresh copy, and the seconds until then."""
        self._tries = tries

    def bury(self, message: Message, reason: str) -> None:
        self.buried.append((message.body, reason))

    def delay(self, message: Message, seconds: int) -> None:
        self.delayed.append((message.body, seconds))

    def wait(self, message: Message, seconds: int) -> None:
        self.waiting.append((message.body, seconds))

    def tries(self) -> int:
        return self._tries
