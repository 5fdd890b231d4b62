"""The poller, beyond what docs/examples/worker.py shows against real servers."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import pytest

from labelrelay import LabelEvent, Worker, in_order, poll
from labelrelay.testing import MemoryMarks, build_event

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class QueueDoesNotExist(Exception):
    """The error of boto3 for a queue that does not exist."""


class FakeSqs:
    """One queue, whose first answer is an error."""

    class exceptions:  # noqa: N801
        QueueDoesNotExist = QueueDoesNotExist

    def __init__(self, bodies: list[str]) -> None:
        self.errors = [RuntimeError("broken")]
        self.bodies = bodies
        self.asked: list[int] = []
        self.deleted: list[str] = []

    def get_queue_url(self, QueueName: str) -> dict[str, str]:  # noqa: N803
        if QueueName.startswith("labelrelay-prod-label-"):
            return {"QueueUrl": f"https://sqs/{QueueName}"}
        raise QueueDoesNotExist

    def receive_message(self, **options: Any) -> dict[str, Any]:
        if self.errors:
            raise self.errors.pop()
        count = options["MaxNumberOfMessages"]
        self.asked.append(count)
        found, self.bodies = self.bodies[:count], self.bodies[count:]
        return {"Messages": [{"Body": body, "ReceiptHandle": body} for body in found]}

    def delete_message(self, QueueUrl: str, ReceiptHandle: str) -> None:  # noqa: ARG002, N803
        self.deleted.append(ReceiptHandle)

    def get_queue_attributes(self, **_: Any) -> dict[str, Any]:
        names = [f"ApproximateNumberOfMessages{each}" for each in ("", "NotVisible", "Delayed")]
        return {"Attributes": dict.fromkeys(names, "0")}


def worker_that(seen: list[str]) -> Worker[None]:
    worker = Worker(in_order(MemoryMarks()))

    @worker.on(LabelEvent)
    def see(event: LabelEvent) -> None:
        seen.append(threading.current_thread().name)
        assert event.subject

    return worker


def test_an_error_does_not_end_a_poller(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(import_module("labelrelay.poll"), "PAUSE_SECONDS", 0)
    bodies = [build_event("label.created", subject=f"label/{n}").to_json() for n in range(5)]
    sqs = FakeSqs(list(bodies))
    seen: list[str] = []
    poll(
        worker_that(seen),
        queues=["label-created"],
        stage="prod",
        concurrency=2,
        until_empty=True,
        client=cast("SQSClient", sqs),
    )
    assert "RuntimeError: broken" in capsys.readouterr().err
    assert sorted(sqs.deleted) == sorted(bodies)
    assert sqs.asked == [2, 2, 2, 2]
    assert len(set(seen)) <= 2


def test_a_queue_that_does_not_exist_is_named() -> None:
    with pytest.raises(SystemExit, match="expected the queue labelrelay-dev-labels, got none"):
        poll(worker_that([]), queues=["labels"], client=cast("SQSClient", FakeSqs([])))
