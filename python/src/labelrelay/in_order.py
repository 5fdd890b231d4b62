"""The guard for handlers with effects of any kind."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from labelrelay.errors import LabelrelayError, RetryLater, Wait
from labelrelay.guard import Clock, Context, Guard, Verdict, system_clock
from labelrelay.marks import Lease
from labelrelay.position import TOMBSTONE_MS, Place, place_alone, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelrelay.marks import Claim, Marks
    from labelrelay.models import Event

POLL_MS = 50
T = TypeVar("T")


def in_order(
    marks: Marks,
    *,
    lease_ms: int = 60_000,
    wait_ms: int = 2_000,
    effect: Literal["newest", "each"] = "newest",
    replay: bool = False,
    now: Clock = system_clock,
) -> Guard[None]:
    """One event of a subject takes effect at a time, and no event that is older than the last one.

    `lease_ms` is the length of a lease: if a worker dies, its subject is free after that.
    `wait_ms` is how long this worker waits for a subject that is leased. `effect="each"` applies
    every event once, in the order of receipt. `replay` also applies stale and duplicate events,
    to process them again on purpose.

    >>> from labelrelay.testing import MemoryMarks, build_event
    >>> guard, event = in_order(MemoryMarks()), build_event("label.created")
    >>> guard(event, lambda context: None), guard(event, lambda context: None)
    ('done', 'duplicate')
    """

    return _InOrder(marks, lease_ms, wait_ms, effect, replay, now)


@dataclass(frozen=True)
class _InOrder:
    marks: Marks
    lease_ms: int
    wait_ms: int
    effect: Literal["newest", "each"]
    replay: bool
    now: Clock

    def __call__(self, event: Event[Any], handle: Callable[[Context[Any]], None], /) -> Verdict:
        place = place_alone(event) if self.effect == "each" else place_of(event)
        claimed, lease = self._claim_or_wait(place)
        if claimed.outcome == "busy":
            raise Wait(f"expected no other worker on the subject of {_named(event)}, got one")
        if claimed.outcome != "claimed":
            if not self.replay:
                return claimed.outcome
            handle(Context())
            return "done"

        try:
            with _kept(place.key, lease, self) as check:
                handle(Context(check=check))
        except Exception:
            with suppress(Exception):
                self.marks.release(place.key, lease)
            raise
        expires_at = self.now() + TOMBSTONE_MS if place.is_last else None
        if _again(lambda: self.marks.settle(place.key, place.position, lease, expires_at)):
            return "done"
        raise RetryLater(
            f"expected to keep the lease until {_named(event)} took effect, "
            "got another worker on it"
        )

    def _claim_or_wait(self, place: Place) -> tuple[Claim, Lease]:
        """Polls the lease for a moment, after announcing the event to other workers."""
        owner = str(uuid.uuid4())
        end = self.now() + self.wait_ms
        pause = POLL_MS
        while True:
            lease = Lease(owner, self.now() + self.lease_ms)
            claimed = _again(partial(self.marks.claim, place.key, place.position, lease))
            if claimed.outcome != "busy":
                return claimed, lease
            if pause == POLL_MS:
                self.marks.announce(place.key, place.position)
            if self.now() + pause >= end:
                return claimed, lease
            time.sleep(pause / 1_000 * random.uniform(0.5, 1.5))
            pause *= 2


@contextmanager
def _kept(key: str, claimed: Lease, guard: _InOrder) -> Iterator[Callable[[], None]]:
    """Extends a lease while a handler runs. Yields a check that raises if it was lost."""
    confirmed = claimed.until
    taken = False
    is_over = threading.Event()

    def extend() -> None:
        nonlocal confirmed, taken
        while not taken and not is_over.wait(guard.lease_ms / 3_000):
            until = guard.now() + guard.lease_ms
            # A failed call does not prove that the lease is lost: the next one may succeed.
            with suppress(Exception):
                if guard.marks.extend(key, Lease(claimed.owner, until)):
                    confirmed = until
                else:
                    taken = True

    def check() -> None:
        if taken or guard.now() >= confirmed:
            came = "another worker on it" if taken else "its end before it was extended"
            raise RetryLater(f"expected to keep the lease while the handler runs, got {came}")

    threading.Thread(target=extend, name="labelrelay-lease", daemon=True).start()
    try:
        yield check
    finally:
        is_over.set()


def _again(call: Callable[[], T]) -> T:
    """Repeats a call once. If its answer was lost but its work was done, the second reports it."""
    try:
        return call()
    except LabelrelayError:
        raise
    except Exception:
        return call()


def _named(event: Event[Any]) -> str:
    return f"{event.type} {event.id}"
