"""A queue of SQS with its dead-letter queue."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from labelrelay.handle_message import Message

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

DEAD_LETTER_SUFFIX = "-dlq"
USUAL_TRIES = 5
"""The tries of a queue as labelrelay deploys it."""


class SqsQueue:
    """A queue with its dead-letter queue, `<name>-dlq`."""

    def __init__(self, client: SQSClient, url: str) -> None:
        self.client = client
        self.url = url
        self._tries: int | None = None

    def bury(self, message: Message, reason: str) -> None:
        attributes: dict[str, Any] = {
            name: each for name, each in message.attributes.items() if name != "waits"
        }
        attributes["reason"] = {"DataType": "String", "StringValue": reason}
        self.client.send_message(
            QueueUrl=self.url + DEAD_LETTER_SUFFIX,
            MessageBody=message.body,
            MessageAttributes=attributes,
        )

    def delay(self, message: Message, seconds: int) -> None:
        self.client.change_message_visibility(
            QueueUrl=self.url, ReceiptHandle=message.receipt_handle, VisibilityTimeout=seconds
        )

    def wait(self, message: Message, seconds: int) -> None:
        attributes = dict(message.attributes)
        attributes["waits"] = {"DataType": "Number", "StringValue": str(message.waits + 1)}
        group: dict[str, Any] = {"MessageGroupId": message.group_id} if message.group_id else {}
        self.client.send_message(
            QueueUrl=self.url,
            MessageBody=message.body,
            MessageAttributes=attributes,
            DelaySeconds=seconds,
            **group,
        )
        # At once: if the batch fails, SQS would deliver the original beside its copy.
        with suppress(BotoCoreError, ClientError):
            self.delete(message)

    def delete(self, message: Message) -> None:
        self.client.delete_message(QueueUrl=self.url, ReceiptHandle=message.receipt_handle)

    def tries(self) -> int:
        if self._tries is None:
            with suppress(BotoCoreError, ClientError, KeyError, TypeError, ValueError):
                self._tries = self._read_tries()
        return self._tries or USUAL_TRIES

    def _read_tries(self) -> int:
        found = self.client.get_queue_attributes(
            QueueUrl=self.url, AttributeNames=["RedrivePolicy"]
        )
        return int(json.loads(found["Attributes"]["RedrivePolicy"])["maxReceiveCount"])
