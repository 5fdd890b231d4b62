"""The guard for events that must come after another, such as a review after its label."""

from __future__ import annotations

import calendar
import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from labelrelay.errors import Wait
from labelrelay.guard import Clock, Context, Guard, R, Verdict, system_clock

if TYPE_CHECKING:
    from labelrelay.marks import Marks
    from labelrelay.models import Event
    from labelrelay.position import Position


def hold_back(
    marks: Marks,
    *,
    guard: Guard[R],
    subject_before: Callable[[Event[Any]], str | None],
    at_most_ms: int = 900_000,
    now: Clock = system_clock,
) -> Guard[R]:
    """Lets an event wait until another subject took effect under the same marks.

    `subject_before` gives the subject that must be first, such as `label/<id>` for a review;
    None if there is none. An event waits for `at_most_ms` after it was received, which costs
    none of its tries, and then goes on alone.

    >>> from labelrelay import in_order
    >>> from labelrelay.testing import MemoryMarks, build_event
    >>> marks = MemoryMarks()
    >>> guard = hold_back(
    ...     marks,
    ...     guard=in_order(marks),
    ...     subject_before=lambda event: "label/1" if event.topic == "review.created" else None,
    ...     now=lambda: 0,
    ... )
    >>> start = "1970-01-01T00:00:00Z"
    >>> review = build_event("review.created", subject="review/1", id="7", time=start)
    >>> guard(review, print)
    Traceback (most recent call last):
    labelrelay.errors.Wait: expected label/1 before labelrelay.review.created 7, got none
    >>> guard(build_event("label.created", subject="label/1"), lambda context: None)
    'done'
    >>> guard(review, lambda context: None)
    'done'
    """

    def guarded(event: Event[Any], handle: Callable[[Context[Any]], R], /) -> Verdict:
        subject = subject_before(event)
        left = _milliseconds(event.recordedtime) + at_most_ms - now()
        if subject is not None and left > 0:
            before = marks.newest(f"{event.source}/{subject}")
            if before is None or _is_of_later_life(event, before):
                message = f"expected {subject} before {event.type} {event.id}, got none"
                raise Wait(message, at_most=math.ceil(left / 1_000))
        return guard(event, handle)

    return guarded


def _is_of_later_life(event: Event[Any], before: Position) -> bool:
    """Whether the subject before was deleted before the life of the event's subject began.

    Label Studio can give an id again. Then the event is for the subject that has it now.
    """
    life = _life_of(event.sequence or "") or ""
    return before.sequence.endswith("-2") and life > (_life_of(before.sequence) or before.sequence)


def _life_of(sequence: str) -> str | None:
    life, slash, _ = sequence.partition("/")
    return life if slash else None


def _milliseconds(moment: str) -> int:
    return calendar.timegm(time.strptime(moment[:19], "%Y-%m-%dT%H:%M:%S")) * 1_000
