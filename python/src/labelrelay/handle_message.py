"""From a message to its outcome: deleted, retried, waiting or a dead letter."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from labelrelay.errors import Poison, RetryLater, UnknownVersion, Wait
from labelrelay.failure import Failure, OnError, tell_failure

# SQS hides a message for at most 12 hours. It has been hidden for a part of them already.
MAX_HIDDEN_SECONDS = 39_600
MAX_BACKOFF_SECONDS = 900


@dataclass(frozen=True)
class Message:
    """A received message of any queue."""

    body: str
    receive_count: int = 1
    """The number of times that the message was received, this time included."""
    receipt_handle: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    group_id: str | None = None
    """The message group: SQS is fair between groups."""

    @property
    def waits(self) -> int:
        """The number of times that the message has waited as a copy before."""
        text = self.attributes.get("waits", {}).get("StringValue", "0")
        return int(text) if str(text).isdecimal() else 0


class Queue(Protocol):
    """The actions on a message that is not acknowledged. Each raises if it fails."""

    def bury(self, message: Message, reason: str) -> None:
        """Sends a copy to the dead-letter queue, with the reason."""

    def delay(self, message: Message, seconds: int) -> None:
        """Makes the message visible again after so many seconds. That costs one of its tries."""

    def wait(self, message: Message, seconds: int) -> None:
        """Sends a fresh copy that becomes visible after so many seconds, then deletes the message.

        The copy has a receive count of 0, and has waited once more.
        """

    def tries(self) -> int:
        """The number of receives after which the queue gives a message up."""


def handle_message(
    worker: Callable[[str], object],
    message: Message,
    queue: Queue,
    on_error: OnError | None = None,
) -> bool:
    """Runs a worker on a message. If it raises, the message is retried, delayed or buried.

    Each failure is logged as a line of JSON on stderr, without the event's data, and is told to
    `on_error`. On the last try, the message goes to the dead letters at once.

    True if the message may be deleted: it was handled, skipped or buried, or a copy of it waits.
    """
    try:
        worker(message.body)
    except Exception as error:
        if isinstance(error, Wait) and (seconds := _wait(message, error, queue)) is not None:
            if isinstance(error, UnknownVersion):
                # Nothing else shows why a message stays in its queue.
                failure = Failure.of(message.body, message.receive_count, error, "wait")
                tell_failure(error, replace(failure, seconds=seconds), on_error)
            return True
        return _give_up_or_retry(message, error, queue, on_error)
    return True


def _wait(message: Message, error: Wait, queue: Queue) -> int | None:
    """The delay of a fresh copy; None if no copy was sent."""
    if message.waits >= error.max_waits:
        return None
    seconds = error.seconds(message.waits)
    try:
        queue.wait(message, seconds)
    except Exception:
        return None
    return seconds


def _give_up_or_retry(
    message: Message, error: Exception, queue: Queue, on_error: OnError | None
) -> bool:
    failure = Failure.of(message.body, message.receive_count, error, "retry")
    if isinstance(error, Poison) or message.receive_count >= queue.tries():
        try:
            queue.bury(message, failure.reason)
            failure = replace(failure, outcome="dead letter")
        except Exception as failed:
            # It is received again, and in the end SQS itself moves it to the dead letters.
            problem = f"the dead letter could not be sent: {type(failed).__name__}"
            failure = replace(failure, problem=problem)
    else:
        seconds = min(max(1, _seconds_until(message, error)), MAX_HIDDEN_SECONDS)
        failure = replace(failure, seconds=seconds)
        # If the call fails, it becomes visible at the end of its visibility timeout.
        with suppress(Exception):
            queue.delay(message, seconds)
    tell_failure(error, failure, on_error)
    return failure.outcome == "dead letter"


def _seconds_until(message: Message, error: Exception) -> int:
    # Without a copy, each receive must last as long as possible.
    if isinstance(error, UnknownVersion):
        return MAX_HIDDEN_SECONDS
    if isinstance(error, RetryLater) and error.seconds is not None:
        return math.ceil(error.seconds)
    # Grows with each receive, so that the tries outlast a short outage. Jitter spreads them.
    grown: int = min(5**message.receive_count, MAX_BACKOFF_SECONDS)
    return math.ceil(grown * random.uniform(0.5, 1))
