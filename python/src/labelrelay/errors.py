"""The errors that the package raises on purpose."""

from __future__ import annotations

import math
import random
from typing import Literal

ErrorCode = Literal["poison", "retry", "wait", "unknown-version"]

MAX_DELAY_SECONDS = 900
"""The longest delay of a message in SQS."""
_FIRST_SECONDS = 5
_GROWTH = 1.5
_MAX_WAITS = 100


class LabelrelayError(Exception):
    """An error with a code. Its message says what was expected and what came, without content."""

    code: ErrorCode


class Poison(LabelrelayError):
    """No retry can fix the message: it goes to the dead-letter queue, with this text as reason.

    >>> raise Poison("expected a known project, got another")
    Traceback (most recent call last):
    labelrelay.errors.Poison: expected a known project, got another
    """

    code: ErrorCode = "poison"


class RetryLater(LabelrelayError):
    """The message cannot be handled now. It is received again, which costs one of its tries."""

    code: ErrorCode = "retry"

    def __init__(self, message: str, seconds: float | None = None) -> None:
        """`seconds` is the delay before the next try. Without it, the delay grows each time."""
        super().__init__(message)
        self.seconds = seconds


class Wait(LabelrelayError):
    """The message must wait for something else. That costs none of its tries.

    A fresh copy of it is received later: after 5 seconds, then 7.5, and so on up to 15 minutes.
    """

    code: ErrorCode = "wait"
    max_waits: float = _MAX_WAITS
    """The most times that a message may wait, which take almost a day together."""

    def __init__(self, message: str, at_most: float = MAX_DELAY_SECONDS) -> None:
        """`at_most` is the longest delay before the message is received again, in seconds."""
        super().__init__(message)
        self.at_most = at_most

    def seconds(self, waits: int) -> int:
        """The delay of a message that has waited so many times, with jitter."""
        grown = _FIRST_SECONDS * _GROWTH**waits * random.uniform(0.75, 1.25)
        return math.ceil(max(1, min(grown, self.at_most, MAX_DELAY_SECONDS)))


class UnknownVersion(Wait):
    """An event or item has a form that this version of the package does not know.

    Its message stays in the queue until a newer worker handles it.
    """

    code: ErrorCode = "unknown-version"
    max_waits = math.inf

    def __init__(self, what: str, expected: int, got: object) -> None:
        came = "none" if got is None else str(got)[:20]
        super().__init__(f"expected version {expected} of {what}, got {came}")

    def seconds(self, waits: int) -> int:  # noqa: ARG002
        """As long as SQS can delay a message."""
        return MAX_DELAY_SECONDS
