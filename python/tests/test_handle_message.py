"""From a message to its outcome."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from labelrelay import (
    Failure,
    LabelEvent,
    Message,
    Poison,
    RetryLater,
    UnknownVersion,
    Wait,
    Worker,
    handle_message,
    in_order,
)
from labelrelay.failure import reason_of
from labelrelay.testing import MemoryMarks, MemoryQueue, build_event

EVENT = build_event("label.created", {"labels": [{"id": "PAYLOAD"}]}, subject="label/1")
BODY = EVENT.to_json()


def failing(error: Exception) -> Worker[None]:
    worker = Worker(in_order(MemoryMarks()))

    @worker.on(LabelEvent)
    def fail(_event: LabelEvent) -> None:
        raise error

    return worker


def message(receive_count: int = 1, waits: int = 0) -> Message:
    attributes = {"waits": {"DataType": "Number", "StringValue": str(waits)}} if waits else {}
    return Message(BODY, receive_count, attributes=attributes)


def test_a_message_that_was_handled_may_be_deleted() -> None:
    queue = MemoryQueue()
    assert handle_message(lambda _body: "done", message(), queue)
    assert (queue.buried, queue.delayed, queue.waiting) == ([], [], [])


def test_an_error_is_logged_told_and_retried(capsys: pytest.CaptureFixture[str]) -> None:
    queue = MemoryQueue()
    told: list[tuple[Exception, Failure]] = []
    error = ValueError("THE REASON")
    assert not handle_message(failing(error), message(3), queue, lambda *args: told.append(args))
    [(body, seconds)] = queue.delayed
    assert body == BODY
    assert 62 < seconds <= 125  # 5 ** 3 seconds, or down to half of it.
    failure = Failure(
        attempt=3,
        outcome="retry",
        reason="ValueError: THE REASON",
        seconds=seconds,
        topic="label.created",
        source="/labelbox",
        subject="label/1",
        id=EVENT.id,
    )
    assert told == [(error, failure)]
    shown = capsys.readouterr().err
    assert "PAYLOAD" not in shown
    line = json.loads(shown)
    stack = line.pop("stack")
    assert "in fail" in stack
    assert "THE REASON" not in stack
    assert line == {
        "level": "error",
        "message": "ValueError: THE REASON",
        "topic": "label.created",
        "subject": "label/1",
        "source": "/labelbox",
        "id": EVENT.id,
        "attempt": 3,
        "outcome": "retry",
        "seconds": seconds,
    }


def test_the_log_has_the_frames_of_causes_too(capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_body: str) -> None:
        try:
            raise KeyError("inner")
        except KeyError as inner:
            raise ValueError("outer") from inner

    assert not handle_message(fail, message(), MemoryQueue())
    line = json.loads(capsys.readouterr().err)
    assert line["message"] == "ValueError: outer"
    assert line["stack"].count("in fail") == 2
    assert "Caused by: KeyError: 'inner'\n" in line["stack"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("no JSON", {}),
        ("5", {}),
        ('{"id": 5, "subject": "a"}', {"subject": "a"}),
        ('{"type": "labelrelay.a.b", "id": "1"}', {"topic": "a.b", "id": "1"}),
        ('{"type": "other.a.b"}', {}),
        (json.dumps({"id": "x" * 501}), {"id": "x" * 500}),
    ],
)
def test_the_log_names_the_event_of_any_body(
    body: str, named: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert handle_message(failing(ValueError()), Message(body), MemoryQueue())
    line = json.loads(capsys.readouterr().err)
    names = ("topic", "source", "subject", "id")
    assert {name: line[name] for name in names if name in line} == named


def test_on_the_last_try_a_message_is_a_dead_letter_with_the_reason() -> None:
    queue = MemoryQueue(tries=3)
    assert handle_message(failing(ValueError("THE REASON")), message(3), queue)
    assert handle_message(failing(RetryLater("no model", 60)), message(4), queue)
    assert not handle_message(failing(ValueError("once more")), message(2), queue)
    assert queue.buried == [(BODY, "ValueError: THE REASON"), (BODY, "no model")]


def test_poison_is_a_dead_letter_at_once() -> None:
    queue = MemoryQueue()
    assert handle_message(failing(Poison("expected A, got B")), message(), queue)
    review = build_event("review.created").to_json()
    assert handle_message(failing(ValueError()), Message(review), queue)
    assert handle_message(failing(ValueError()), Message("no JSON"), queue)
    assert [reason for _, reason in queue.buried] == [
        "expected A, got B",
        "expected a topic with a handler, got review.created",
        "expected JSON, got something else",
    ]


def test_a_handler_may_say_when_to_retry() -> None:
    queue = MemoryQueue()
    for seconds in (60, 0, 10**9):
        assert not handle_message(failing(RetryLater("later", seconds)), message(), queue)
    assert [seconds for _, seconds in queue.delayed] == [60, 1, 39_600]


def test_a_message_that_waits_is_a_fresh_copy_and_no_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    queue = MemoryQueue()
    assert handle_message(failing(Wait("wait")), message(5), queue)
    assert handle_message(failing(Wait("wait", at_most=7)), message(5, waits=20), queue)
    assert handle_message(failing(Wait("wait")), message(5, waits=99), queue)
    [first, second, third] = [seconds for _, seconds in queue.waiting]
    assert 4 <= first <= 7  # 5 seconds, a quarter more or less.
    assert (second, third) == (7, 900)
    assert capsys.readouterr().err == ""
    # After 100 waits it counts as a failure.
    assert handle_message(failing(Wait("enough")), message(5, waits=100), queue)
    assert queue.buried == [(BODY, "enough")]


def test_an_unknown_version_waits_for_ever_and_is_logged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    queue = MemoryQueue()
    told: list[Failure] = []
    worker = failing(UnknownVersion("events", 1, 2))
    assert handle_message(worker, message(5, waits=1_000), queue, lambda _, f: told.append(f))
    assert queue.waiting == [(BODY, 900)]
    assert [(each.outcome, each.seconds) for each in told] == [("wait", 900)]
    assert json.loads(capsys.readouterr().err)["code"] == "unknown-version"


class Broken(MemoryQueue):
    """A queue of which every call fails."""

    def bury(self, message: Message, reason: str) -> None:  # noqa: ARG002
        raise OSError("no network")

    def delay(self, message: Message, seconds: int) -> None:  # noqa: ARG002
        raise OSError("no network")

    def wait(self, message: Message, seconds: int) -> None:  # noqa: ARG002
        raise OSError("no network")


@pytest.mark.parametrize(
    ("error", "receive_count"),
    [
        (Poison("poison"), 1),
        (ValueError("last"), 5),
        (ValueError("first"), 1),
        (Wait("wait"), 1),
        (UnknownVersion("events", 1, 2), 1),
    ],
)
def test_a_message_is_not_deleted_if_the_queue_cannot_be_reached(
    error: Exception, receive_count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not handle_message(failing(error), message(receive_count), Broken())
    line = json.loads(capsys.readouterr().err)
    assert line["outcome"] == "retry"
    is_dead = isinstance(error, Poison) or receive_count == 5
    problem = "the dead letter could not be sent: OSError" if is_dead else None
    assert line.get("problem") == problem


def test_an_error_of_the_hook_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    def hook(_error: Exception, _failure: Failure) -> None:
        raise KeyError("hook")

    queue = MemoryQueue()
    assert handle_message(failing(Poison("poison")), message(), queue, hook)
    assert len(queue.buried) == 1
    assert "KeyError" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("THE REASON"), "ValueError: THE REASON"),
        (ValueError(), "ValueError"),
        (ValueError("  "), "ValueError"),
        (Poison("expected A, got B"), "expected A, got B"),
        (Poison(""), "no reason"),
        (ValueError("a\n\tb\x00\x85c\u2028\u202ed\ud83d e\ufffe"), "ValueError: a b c d e"),
        (ValueError("déjà vu 🎉"), "ValueError: déjà vu 🎉"),
        (
            OSError("GET https://bucket.s3.amazonaws.com/a?X-Amz-Signature=SECRET failed"),
            "OSError: GET https://bucket.s3.amazonaws.com/a?… failed",
        ),
        (Poison("x" * 500), "x" * 500),
        (Poison("x" * 501), "x" * 499 + "…"),
        (Poison("🎉" * 501), "🎉" * 499 + "…"),
    ],
)
def test_the_reason_is_one_line_that_sqs_takes(error: Exception, reason: str) -> None:
    assert reason_of(error) == reason


def test_two_handlers_for_one_topic_are_refused() -> None:
    worker = failing(ValueError())
    with pytest.raises(ValueError, match="expected one handler for each topic"):
        worker.on(LabelEvent)
    with pytest.raises(ValueError, match="expected classes of events"):
        worker.on()
    assert worker.topics == ["label.created", "label.updated", "label.deleted"]


def test_an_async_handler_is_refused_since_nothing_would_await_it() -> None:
    async def handle(_event: LabelEvent) -> None:
        """Never awaited."""

    worker: Worker[Any] = Worker(in_order(MemoryMarks()))
    with pytest.raises(TypeError, match="expected a plain function"):
        worker.on(LabelEvent)(handle)
    assert worker.topics == []


def test_a_handler_may_take_the_context() -> None:
    worker = Worker(in_order(MemoryMarks()))
    checks: list[Callable[[], None]] = []

    @worker.on(LabelEvent)
    def handle(_event: LabelEvent, context: object) -> None:
        checks.append(context.check)  # type: ignore[attr-defined]

    assert worker(BODY) == "done"
    assert len(checks) == 1
