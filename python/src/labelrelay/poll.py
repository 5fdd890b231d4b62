"""A worker as a process of its own, which polls its queues."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from labelrelay.aws import aws_client
from labelrelay.failure import OnError, log, reason_of
from labelrelay.handle_message import Message, handle_message
from labelrelay.sqs_queue import SqsQueue
from labelrelay.worker import Worker

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

MAX_BATCH = 10
# Short, since a worker that is to end waits for it.
WAIT_SECONDS = 5
PAUSE_SECONDS = 5
_COUNTS = tuple(f"ApproximateNumberOfMessages{which}" for which in ("", "NotVisible", "Delayed"))


def poll(
    worker: Worker[Any],
    *,
    queues: Iterable[str] | None = None,
    stage: str | None = None,
    concurrency: int = MAX_BATCH,
    until_empty: bool = False,
    client: SQSClient | None = None,
    on_error: OnError | None = None,
) -> None:
    """Polls the queues of a worker until SIGTERM or SIGINT, and finishes what it has begun.

    `queues` are names without their prefix `labelrelay-<stage>-`, or URLs. By default they are
    those of the topics that have a handler. `stage` is by default `LABELRELAY_STAGE` of the
    environment, or `dev`. Each queue has up to `concurrency` messages in threads at a time.
    `until_empty` returns once the queues have no message left.

    Raises `SystemExit` if a queue does not exist.
    """
    sqs = client or aws_client("sqs")
    stage = stage or os.environ.get("LABELRELAY_STAGE") or "dev"
    names = [topic.replace(".", "-") for topic in worker.topics] if queues is None else queues
    urls = [_url_of(sqs, name, stage) for name in dict.fromkeys(names)]
    stop = threading.Event()
    pollers = [
        threading.Thread(
            target=_Poller(worker, SqsQueue(sqs, url), stop, concurrency, until_empty, on_error).run
        )
        for url in urls
    ]
    with _set_on_signals(stop):
        for each in pollers:
            each.start()
        for each in pollers:
            # A join without a timeout would keep signals from their handler on some systems.
            while each.is_alive():
                each.join(timeout=1)


def _url_of(sqs: SQSClient, name: str, stage: str) -> str:
    if name.startswith(("http://", "https://")):
        return name
    full = f"labelrelay-{stage}-{name}"
    try:
        return sqs.get_queue_url(QueueName=full)["QueueUrl"]
    except sqs.exceptions.QueueDoesNotExist:
        raise SystemExit(f"expected the queue {full}, got none: is the stage {stage}?") from None


@contextmanager
def _set_on_signals(stop: threading.Event) -> Iterator[None]:
    """Sets the event once the process is asked to end. Only the main thread may handle signals."""
    is_main = threading.current_thread() is threading.main_thread()
    numbers = (signal.SIGTERM, signal.SIGINT) if is_main else ()
    before = [(number, signal.signal(number, lambda *_: stop.set())) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


class _Poller:
    """Polls one queue."""

    def __init__(
        self,
        worker: Worker[Any],
        queue: SqsQueue,
        stop: threading.Event,
        concurrency: int,
        until_empty: bool,
        on_error: OnError | None,
    ) -> None:
        self._worker = worker
        self._queue = queue
        self._stop = stop
        self._concurrency = min(concurrency, MAX_BATCH)
        self._until_empty = until_empty
        self._on_error = on_error

    def run(self) -> None:
        with ThreadPoolExecutor(max_workers=self._concurrency) as threads:
            while not self._stop.is_set():
                try:
                    messages = self._receive()
                    list(threads.map(self._handle, messages))
                    if self._until_empty and not messages and self._is_empty():
                        return
                except Exception as error:
                    # Whatever it is may pass, and nobody else polls this queue.
                    log(f"polling failed: {reason_of(error)}", error, queue=self._queue.url)
                    self._stop.wait(PAUSE_SECONDS)

    def _receive(self) -> list[Message]:
        received = self._queue.client.receive_message(
            QueueUrl=self._queue.url,
            MaxNumberOfMessages=self._concurrency,
            WaitTimeSeconds=1 if self._until_empty else WAIT_SECONDS,
            MessageAttributeNames=["All"],
            MessageSystemAttributeNames=["ApproximateReceiveCount", "MessageGroupId"],
        )
        return [_to_message(each) for each in received.get("Messages", [])]

    def _handle(self, message: Message) -> None:
        if handle_message(self._worker, message, self._queue, self._on_error):
            # A message that is not deleted comes again, as a duplicate.
            self._queue.delete(message)

    def _is_empty(self) -> bool:
        """Whether nothing is left, hidden for another worker or until its next try."""
        found = self._queue.client.get_queue_attributes(
            QueueUrl=self._queue.url,
            AttributeNames=list(_COUNTS),  # type: ignore[arg-type]
        )
        return all(found["Attributes"][count] == "0" for count in _COUNTS)  # type: ignore[index]


def _to_message(received: MessageTypeDef) -> Message:
    system = received.get("Attributes", {})
    return Message(
        body=received["Body"],
        receive_count=int(system.get("ApproximateReceiveCount", "1")),
        receipt_handle=received["ReceiptHandle"],
        attributes=dict(received.get("MessageAttributes", {})),
        group_id=system.get("MessageGroupId"),
    )
