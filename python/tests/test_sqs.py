"""Lambda and queues, as calls of SQS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from labelrelay import (
    LabelEvent,
    Message,
    Poison,
    RetryLater,
    SqsQueue,
    Wait,
    Worker,
    handle_message,
    in_order,
    lambda_handler,
)
from labelrelay.aws import aws_client, is_local
from labelrelay.testing import MemoryMarks, build_event

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/labelrelay-prod-label-created"
TYPE = {"DataType": "String", "StringValue": "labelrelay.label.created"}
WAITED = {"DataType": "Number", "StringValue": "1"}


@pytest.fixture
def sqs() -> SQSClient:
    return boto3.client(
        "sqs", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b"
    )


@pytest.fixture
def stub(sqs: SQSClient) -> Iterator[Stubber]:
    with Stubber(sqs) as stub:
        yield stub
        stub.assert_no_pending_responses()


def failing(errors: dict[str, Exception]) -> Worker[None]:
    worker = Worker(in_order(MemoryMarks()))

    @worker.on(LabelEvent)
    def fail(event: LabelEvent) -> None:
        if event.subject in errors:
            raise errors[event.subject]

    return worker


def body(subject: str) -> str:
    return build_event("label.created", subject=subject).to_json()


def record(subject: str, receive_count: int = 1) -> dict[str, Any]:
    return {
        "messageId": f"of {subject}",
        "receiptHandle": f"handle of {subject}",
        "body": body(subject),
        "attributes": {"ApproximateReceiveCount": str(receive_count), "MessageGroupId": "group"},
        "messageAttributes": {
            "type": {"dataType": "String", "stringValue": TYPE["StringValue"]},
            "waits": {"dataType": "Number", "stringValue": "1"},
        },
        "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:labelrelay-prod-label-created",
    }


def expect_tries(stub: Stubber, policy: dict[str, str]) -> None:
    wanted = {"QueueUrl": URL, "AttributeNames": ["RedrivePolicy"]}
    stub.add_response("get_queue_attributes", {"Attributes": policy}, wanted)


def test_the_answer_of_lambda_names_what_must_come_again(sqs: SQSClient, stub: Stubber) -> None:
    handler = lambda_handler(failing({"label/2": RetryLater("later", 60)}), client=sqs)
    expect_tries(stub, {})
    hidden = {"QueueUrl": URL, "ReceiptHandle": "handle of label/2", "VisibilityTimeout": 60}
    stub.add_response("change_message_visibility", {}, hidden)
    answer = handler({"Records": [record("label/1"), record("label/2")]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "of label/2"}]}


def test_a_dead_letter_has_the_reason_and_all_attributes_but_the_waits(
    sqs: SQSClient, stub: Stubber
) -> None:
    handler = lambda_handler(failing({"label/1": Poison("expected A, got B")}), client=sqs)
    sent = {
        "QueueUrl": f"{URL}-dlq",
        "MessageBody": ANY,
        "MessageAttributes": {
            "type": TYPE,
            "reason": {"DataType": "String", "StringValue": "expected A, got B"},
        },
    }
    stub.add_response("send_message", {}, sent)
    assert handler({"Records": [record("label/1")]}, None) == {"batchItemFailures": []}


def test_a_message_that_waits_is_sent_anew_and_deleted_even_if_that_fails(
    sqs: SQSClient, stub: Stubber
) -> None:
    handler = lambda_handler(failing({"label/1": Wait("wait", at_most=3)}), client=sqs)
    sent = {
        "QueueUrl": URL,
        "MessageBody": ANY,
        "MessageAttributes": {"type": TYPE, "waits": {**WAITED, "StringValue": "2"}},
        "DelaySeconds": 3,
        "MessageGroupId": "group",
    }
    stub.add_response("send_message", {}, sent)
    stub.add_client_error("delete_message", "InternalError")
    assert handler({"Records": [record("label/1")]}, None) == {"batchItemFailures": []}


@pytest.mark.parametrize(
    ("policy", "receive_count", "is_last"),
    [
        ({"RedrivePolicy": json.dumps({"maxReceiveCount": 3})}, 3, True),
        ({"RedrivePolicy": json.dumps({"maxReceiveCount": "3"})}, 2, False),
        ({}, 5, True),
        ({}, 4, False),
        ({"RedrivePolicy": "junk"}, 5, True),
    ],
)
def test_the_tries_are_those_of_the_queue(
    sqs: SQSClient, stub: Stubber, policy: dict[str, str], receive_count: int, is_last: bool
) -> None:
    expect_tries(stub, policy)
    stub.add_response("send_message" if is_last else "change_message_visibility", {})
    worker = failing({"label/1": ValueError("THE REASON")})
    message = Message(body("label/1"), receive_count, "handle")
    assert handle_message(worker, message, SqsQueue(sqs, URL)) is is_last


def test_tries_that_were_read_are_not_read_again(sqs: SQSClient, stub: Stubber) -> None:
    queue = SqsQueue(sqs, URL)
    stub.add_client_error("get_queue_attributes", "AccessDenied")
    assert queue.tries() == 5
    expect_tries(stub, {"RedrivePolicy": json.dumps({"maxReceiveCount": 7})})
    assert [queue.tries(), queue.tries()] == [7, 7]


def test_a_local_endpoint_needs_no_region_and_no_credentials(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://localhost:8000")
    assert aws_client("sqs").meta.endpoint_url == "http://127.0.0.1:4566"
    assert aws_client("dynamodb").meta.endpoint_url == "http://localhost:8000"
    assert aws_client("s3").meta.region_name == "us-east-1"
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    assert aws_client("sqs").meta.region_name == "eu-west-1"


def test_only_this_machine_is_local() -> None:
    assert is_local("http://[::1]:4566")
    assert not is_local(None)
    assert not is_local("https://sqs.eu-west-1.amazonaws.com")
    assert not is_local("https://127.0.0.1.example.com")
