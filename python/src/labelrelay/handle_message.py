"""From a message to its outcome: deleted, retried, waiting or a dead letter."""

from __future__ import annotations

import json
import math
import random
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from labelrelay.decode import subject_of
from labelrelay.errors import LabelrelayError, Poison, RetryLater, UnknownVersion, Wait

# SQS hides a message for at most 12 hours. It has been hidden for a part of them already.
MAX_HIDDEN_SECONDS = 39_600
MAX_BACKOFF_SECONDS = 900
MAX_REASON_LENGTH = 500


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


Outcome: TypeAlias = Literal["retry", "dead letter", "wait"]


@dataclass(frozen=True)
class Failure:
    """A message that was not handled, and what becomes of it. It has none of the event's data."""

    attempt: int
    """The number of times that the message was received."""
    outcome: Outcome
    reason: str
    """What a dead letter carries: the name and message of the error."""
    seconds: int | None = None
    """The time until the next try."""
    topic: str | None = None
    source: str | None = None
    subject: str | None = None
    id: str | None = None


OnError: TypeAlias = Callable[[Exception, Failure], None]


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
                _tell(message, error, _failure(message, error, "wait", seconds), on_error)
            return True
        return _give_up_or_retry(message, error, queue, on_error)
    return True


def reason_of(error: Exception) -> str:
    """The name and message of an error, in one line. Errors of this package need no name."""
    text = str(error)
    if not isinstance(error, LabelrelayError):
        text = f"{type(error).__name__}: {text}" if text.strip() else type(error).__name__
    line = _NOT_PRINTABLE.sub(" ", text).strip()
    cut = line if len(line) <= MAX_REASON_LENGTH else f"{line[: MAX_REASON_LENGTH - 1]}…"
    return cut or "no reason"


# Controls, lone surrogates, marks that turn the direction of text, and all white space.
_NOT_PRINTABLE = re.compile(
    "[\\s\u0000-\u001f\u007f-\u009f\ud800-\udfff\u2028\u2029"
    "\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+"
)


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
    problem: str | None = None
    if isinstance(error, Poison) or message.receive_count >= queue.tries():
        try:
            queue.bury(message, reason_of(error))
        except Exception as failed:
            # It is received again, and in the end SQS itself moves it to the dead letters.
            problem = f"the dead letter could not be sent: {type(failed).__name__}"
        outcome: Outcome = "retry" if problem else "dead letter"
        _tell(message, error, _failure(message, error, outcome), on_error, problem)
        return problem is None
    seconds = min(max(1, _seconds_until(message, error)), MAX_HIDDEN_SECONDS)
    try:
        queue.delay(message, seconds)
    except Exception:  # It becomes visible at the end of its visibility timeout.
        problem = "the message could not be delayed"
    _tell(message, error, _failure(message, error, "retry", seconds), on_error, problem)
    return False


def _seconds_until(message: Message, error: Exception) -> int:
    # Without a copy, each receive must last as long as possible.
    if isinstance(error, UnknownVersion):
        return MAX_HIDDEN_SECONDS
    if isinstance(error, RetryLater) and error.seconds is not None:
        return math.ceil(error.seconds)
    # Grows with each receive, so that the tries outlast a short outage. Jitter spreads them.
    grown: int = min(5**message.receive_count, MAX_BACKOFF_SECONDS)
    return math.ceil(grown * random.uniform(0.5, 1))


def _failure(
    message: Message, error: Exception, outcome: Outcome, seconds: int | None = None
) -> Failure:
    named = subject_of(message.body)
    return Failure(message.receive_count, outcome, reason_of(error), seconds, **named)


def _tell(
    message: Message,
    error: Exception,
    failure: Failure,
    on_error: OnError | None,
    problem: str | None = None,
) -> None:
    log(
        message="A message was not handled",
        topic=failure.topic,
        subject=failure.subject,
        source=failure.source,
        id=failure.id,
        attempt=message.receive_count,
        outcome=failure.outcome,
        seconds=failure.seconds,
        code=error.code if isinstance(error, LabelrelayError) else None,
        reason=failure.reason,
        problem=problem,
        stack="".join(traceback.format_exception(error)),
    )
    if on_error is None:
        return
    try:
        on_error(error, failure)
    except Exception as failed:
        log(message="on_error failed", reason=reason_of(failed))


def log(**members: object) -> None:
    """Writes a line of JSON to stderr."""
    line = {"level": "error", **{name: each for name, each in members.items() if each is not None}}
    print(json.dumps(line), file=sys.stderr, flush=True)
