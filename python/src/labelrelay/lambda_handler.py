"""A worker on AWS Lambda."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeAlias

from labelrelay.aws import aws_client
from labelrelay.failure import OnError
from labelrelay.handle_message import Message, handle_message
from labelrelay.sqs_queue import SqsQueue
from labelrelay.worker import Worker

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

SqsEvent: TypeAlias = dict[str, Any]
LambdaHandler: TypeAlias = Callable[[SqsEvent, object], dict[str, list[dict[str, str]]]]


def lambda_handler(
    worker: Worker[Any], *, client: SQSClient | None = None, on_error: OnError | None = None
) -> LambdaHandler:
    """A Lambda handler for an event source mapping of SQS.

    The mapping needs `ReportBatchItemFailures`: the answer names the messages that must be
    received again, and SQS deletes all others. The messages of a batch are handled in threads.

    >>> from labelrelay import Worker, in_order
    >>> from labelrelay.testing import MemoryMarks
    >>> handler = lambda_handler(Worker(in_order(MemoryMarks())))
    >>> handler({"Records": []}, None)
    {'batchItemFailures': []}
    """
    queues: dict[str, SqsQueue] = {}

    def queue_of(arn: str) -> SqsQueue:
        if arn not in queues:
            # arn:aws:sqs:<region>:<account>:<name>
            account, name = arn.split(":")[4:6]
            sqs = client or aws_client("sqs")
            queues[arn] = SqsQueue(sqs, f"{sqs.meta.endpoint_url}/{account}/{name}")
        return queues[arn]

    def handle(record: dict[str, Any]) -> bool:
        queue = queue_of(record["eventSourceARN"])
        return handle_message(worker, _to_message(record), queue, on_error)

    def handler(event: SqsEvent, _context: object = None) -> dict[str, list[dict[str, str]]]:
        records = event["Records"]
        for arn in {record["eventSourceARN"] for record in records}:
            queue_of(arn)
        with ThreadPoolExecutor(max_workers=max(1, len(records))) as threads:
            done = list(threads.map(handle, records))
        failed = [record for record, is_done in zip(records, done, strict=True) if not is_done]
        return {"batchItemFailures": [{"itemIdentifier": each["messageId"]} for each in failed]}

    return handler


def _to_message(record: dict[str, Any]) -> Message:
    attributes = {
        name: {"DataType": each["dataType"], "StringValue": each["stringValue"]}
        for name, each in record.get("messageAttributes", {}).items()
        if "stringValue" in each
    }
    return Message(
        body=record["body"],
        receive_count=int(record["attributes"]["ApproximateReceiveCount"]),
        receipt_handle=record["receiptHandle"],
        attributes=attributes,
        group_id=record["attributes"].get("MessageGroupId"),
    )
