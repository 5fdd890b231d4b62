"""The report of a message that was not handled: in the log, to a hook, and on a dead letter."""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

from labelrelay.errors import LabelrelayError

MAX_LENGTH = 500
"""The longest reason, and the longest name of an event, in characters."""
MAX_CAUSES = 5
# A query may sign the URL.
_QUERY = re.compile(r"(\bhttps?://[^\s?]+)\?\S+")
# White space, and what a terminal does not print or SQS does not accept.
_NOT_PRINTABLE = re.compile(
    "[\\s\u0000-\u001f\u007f-\u009f\ud800-\udfff\u2028\u2029"
    "\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+"
)

Outcome: TypeAlias = Literal["retry", "dead letter", "wait"]


@dataclass(frozen=True)
class Failure:
    """A message that was not handled, and what becomes of it. It has none of the event's data."""

    attempt: int
    """The number of times that the message was received."""
    outcome: Outcome
    """The message comes again, goes to the dead letters, or waits as a copy."""
    reason: str
    """The name and the message of the error in one line, as the dead letter carries it."""
    seconds: int | None = None
    """The time until the message comes again."""
    topic: str | None = None
    """Such as `label.created`. None if the body is no event, as are the three below."""
    source: str | None = None
    subject: str | None = None
    id: str | None = None
    problem: str | None = None
    """The problem that kept a dead letter in its queue. Then SQS moves it at its next receive."""

    @classmethod
    def of(cls, body: str, attempt: int, error: Exception, outcome: Outcome) -> Failure:
        """The failure of a message with this body."""
        return cls(attempt, outcome, reason_of(error), **_name_event(body))


OnError: TypeAlias = Callable[[Exception, Failure], None]
"""A hook for failures. An error in it is logged, and changes nothing."""


def tell_failure(error: Exception, failure: Failure, on_error: OnError | None) -> None:
    """Logs a failure as a line of JSON on stderr, and hands it to the hook."""
    members = asdict(failure)
    log(members.pop("reason"), error, **members)
    if on_error is None:
        return
    try:
        on_error(error, failure)
    except Exception as raised:
        log(f"on_error failed: {reason_of(raised)}", raised, id=failure.id)


def reason_of(error: BaseException) -> str:
    """The name and message of an error, in one line. Errors of this package need no name."""
    text = str(error)
    if not isinstance(error, LabelrelayError):
        text = f"{type(error).__name__}: {text}" if text.strip() else type(error).__name__
    line = _NOT_PRINTABLE.sub(" ", _QUERY.sub(r"\1?…", text)).strip()
    cut = line if len(line) <= MAX_LENGTH else f"{line[: MAX_LENGTH - 1]}…"
    return cut or "no reason"


def log(message: str, error: BaseException | None = None, **members: object) -> None:
    """Writes a line of JSON to stderr."""
    line = {
        "level": "error",
        "message": message,
        "code": error.code if isinstance(error, LabelrelayError) else None,
        **members,
        "stack": _stack_of(error),
    }
    known = {name: each for name, each in line.items() if each is not None}
    # In one piece, since other threads write lines too.
    sys.stderr.write(f"{json.dumps(known)}\n")
    sys.stderr.flush()


def _stack_of(error: BaseException | None) -> str | None:
    """The frames of an error and of its causes, without the text of the error itself."""
    parts: list[str] = []
    cause = error
    for depth in range(MAX_CAUSES + 1):
        if cause is None:
            break
        if depth > 0:
            parts.append(f"Caused by: {reason_of(cause)}\n")
        parts.extend(traceback.format_tb(cause.__traceback__))
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "".join(parts) or None


def _name_event(body: str) -> dict[str, Any]:
    """Names the event in a message, whatever else its body has."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    members = value if isinstance(value, dict) else {}
    texts = {
        name: each[:MAX_LENGTH]
        for name in ("type", "source", "subject", "id")
        if isinstance(each := members.get(name), str)
    }
    prefix, _, topic = texts.pop("type", "").partition(".")
    return {**texts, "topic": topic} if prefix == "labelrelay" and topic else texts
