"""An example worker: keeps the newest state of each label in a DynamoDB table, as
lib/aws/label-worker.ts does; both may work on one table. It needs boto3 and jsonschema:

    python worker.py --stage dev --bucket B --table T --schemas ../schemas [--until-empty]

Start as many as you like: what comes late, twice and in any order ends in the same state.
"""

import argparse
import hashlib
import json
import math
import random
import re
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from jsonschema import Draft202012Validator

TOPICS = ("label.created", "label.updated", "label.deleted", "task.deleted", "project.deleted")
PATIENCE = 5 * 60  # Seconds in which data that is missing may turn up.
TOMBSTONE = 90 * 86_400  # Seconds: longer than a message lives in a queue and its dead letters.
VERSION = 1  # Of events, of the table, and of each of its items.
IS_KNOWN = "(attribute_not_exists(#key) OR #version = :version)"
IS_BEFORE = "attribute_not_exists(#sequence) OR #sequence < :sequence"
IS_OLDER = f"{IS_BEFORE} OR (#sequence = :sequence AND #id < :id)"

parser = argparse.ArgumentParser(description="Keeps the newest state of each label.")
for option in ("--stage", "--bucket", "--table"):
    parser.add_argument(option, required=True)
parser.add_argument("--schemas", type=Path, default=Path(__file__).parent / "../schemas")
parser.add_argument("--until-empty", action="store_true")
args = parser.parse_args()

sqs, s3 = boto3.client("sqs"), boto3.client("s3")
dynamodb = boto3.resource("dynamodb").meta.client  # This client takes and gives plain values.
schemas = {
    name: Draft202012Validator(json.loads((args.schemas / f"{name}.json").read_text("utf-8")))
    for name in ("event", *(f"labelrelay.{topic}" for topic in TOPICS))
}
sys.setrecursionlimit(5_000)  # Answers may be nested so deep that to validate them takes more.


class Poison(Exception):
    """What no number of tries makes any better. Its text is the reason, and shows no content."""


class UnknownVersion(Exception):
    """Another version stored it: its message stays in its queue, until a worker knows it."""


def handle(body: str) -> None:
    """Raises Poison, or whatever else is in the way: then the message comes again."""
    event = parse(body)
    if (version := version_of(event)) != VERSION:
        raise UnknownVersion(f"expected events of version {VERSION}, got {version}")
    expect("event", event)
    if event["type"] not in schemas:
        raise Poison("expected a topic that this worker knows, got another")
    data = fetch(event) if "dataref" in event else event["data"]
    expect(event["type"], data)
    if "subject" not in event:
        return
    key = f"{event['source']}/{event['subject']}"
    if not event["type"].startswith("labelrelay.label."):
        bury(key, life_of(event) or event.get("sequence", "-"))
    elif event.get("sequence", "").endswith("-2"):
        change = "#expires = :expires REMOVE #labels, #parents, #buried"
        keep(key, event, change, {":expires": math.ceil(time.time()) + TOMBSTONE})
    elif "labels" in data:
        parents = parents_of(event, data)
        labels = json.dumps(data["labels"], separators=(",", ":"))
        change = "#labels = :labels, #parents = :parents REMOVE #expires, #buried"
        keep(key, event, change, {":labels": labels, ":parents": parents}, parents)


def parents_of(event: dict[str, Any], data: dict[str, Any]) -> dict[str, str]:
    """What takes a label along when it is deleted, and since when the label is in it."""
    if data["platform"] != "label-studio":
        return {}  # Labelbox tells of each label that is deleted.
    source, since = event["source"], life_of(event) or ""
    task, project = data.get("dataRow", {}), data.get("project", {})
    task_since = since
    if "createdAt" in task:
        task_since = min(microseconds(task["createdAt"]), microseconds(event["recordedtime"]))
    above = (("task", task, task_since), ("project", project, since))
    return {f"{source}/{kind}/{of['id']}": time for kind, of, time in above if of.get("id")}


def life_of(event: dict[str, Any]) -> str | None:
    """Label Studio gives ids again: its `sequence` begins with when the entity was created."""
    life, slash, _ = event.get("sequence", "").partition("/")
    return life if slash else None


def microseconds(time: str) -> str:
    return f"{time[:19]}.{time[20:-1][:6]:0<6}Z"


# A label writes its links, then itself, then looks whether a parent is gone. A parent writes that
# it is gone, then looks for links. Reads are consistent, so that one of the two sees the other.
# What is gone buries a label only if that is in it since before. A label is live when its `state`
# has `labels` and is not `buried`.


def keep(
    key: str,
    event: dict[str, Any],
    change: str,
    values: dict[str, Any],
    parents: Iterable[str] = (),
) -> None:
    for parent in parents:
        link = {"key": parent, "item": f"holds {key}", "version": VERSION}
        dynamodb.put_item(TableName=args.table, Item=link)
    # What has no order comes before all that has.
    position = {":sequence": event.get("sequence", "-"), ":id": event["id"]}
    change = f"#sequence = :sequence, #id = :id, {change}"
    # What was recovered is known when something of its `sequence` is.
    condition = IS_BEFORE if "recovered" in event else IS_OLDER
    # And go on when it is not newer: a worker that kept this event may have died right here.
    update(key, "state", change, position | values, condition)
    for parent in parents:
        found = {"TableName": args.table, "Key": {"key": parent, "item": "gone"}}
        if gone := dynamodb.get_item(**found, ConsistentRead=True).get("Item"):
            bury_label(key, parent, gone["until"])


def bury(parent: str, until: str) -> None:
    unless_later = "attribute_not_exists(#until) OR #until < :until"
    update(parent, "gone", "#until = :until", {":until": until}, unless_later)
    for page in dynamodb.get_paginator("query").paginate(
        TableName=args.table,
        ConsistentRead=True,
        KeyConditionExpression="#key = :key AND begins_with(#item, :holds)",
        ExpressionAttributeNames={"#key": "key", "#item": "item"},
        ExpressionAttributeValues={":key": parent, ":holds": "holds "},
    ):
        for link in page["Items"]:
            bury_label(link["item"].removeprefix("holds "), parent, until)


def bury_label(key: str, parent: str, until: str) -> None:
    values = {":true": True, ":until": until}
    is_before = "#parents.#parent <= :until"
    update(key, "state", "#buried = :true", values, is_before, **{"#parent": parent})


def update(
    key: str, item: str, change: str, values: dict[str, Any], condition: str = "", **names: str
) -> None:
    """Changes nothing where the condition does not hold."""
    place = {"TableName": args.table, "Key": {"key": key, "item": item}}
    change = f"SET #version = :version, {change}".rstrip(", ")
    condition = f"{IS_KNOWN} AND ({condition})" if condition else IS_KNOWN
    used = re.findall(r"#(\w+)", change + condition)
    try:
        dynamodb.update_item(
            **place,
            UpdateExpression=change,
            ConditionExpression=condition,
            ExpressionAttributeNames={f"#{name}": name for name in used} | names,
            ExpressionAttributeValues={":version": VERSION, **values},
        )
    except dynamodb.exceptions.ConditionalCheckFailedException:
        found = dynamodb.get_item(**place, ConsistentRead=True).get("Item", {"version": VERSION})
        if found.get("version") != VERSION:
            raise UnknownVersion(f"expected items of version {VERSION}, got others") from None


def version_of(event: Any) -> int:
    schema = event.get("dataschema") if isinstance(event, dict) else None
    found = re.search(r":(\d+)$", schema) if isinstance(schema, str) else None
    return int(found[1]) if found else VERSION


def parse(text: str | bytes) -> Any:
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False)  # Python reads NaN and Infinity, which are not JSON.
        return value
    except (ValueError, RecursionError):
        raise Poison("expected JSON, got something else") from None


def expect(schema: str, value: Any) -> None:
    for error in schemas[schema].iter_errors(value):
        place = f"{error.json_path} ({error.validator})"  # And never what stands there.
        raise Poison(f"expected {schema} to fit its schema, got a mismatch at {place}")


def fetch(event: dict[str, Any]) -> Any:
    bucket, _, key = event["dataref"].removeprefix("s3://").partition("/")
    if bucket != args.bucket or not key:
        raise Poison(f"expected data in the bucket {args.bucket}, got another place")
    try:
        found = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    except s3.exceptions.NoSuchKey:
        found = b""
    if f"sha256:{hashlib.sha256(found).hexdigest()}" == event["datadigest"]:
        return parse(found)
    # Times are all UTC, and compare as text.
    since = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() - PATIENCE))
    problem = LookupError if event["recordedtime"] > since else Poison
    raise problem("expected data with the digest of the event, got none or other bytes")


def poll(url: str) -> None:
    wait = 1 if args.until_empty else 20
    ask = {"MaxNumberOfMessages": 10, "WaitTimeSeconds": wait, "MessageAttributeNames": ["All"]}
    ask["MessageSystemAttributeNames"] = ["ApproximateReceiveCount"]
    while True:
        try:
            messages = sqs.receive_message(QueueUrl=url, **ask).get("Messages", [])
            for message in messages:
                finish(url, message)
            if args.until_empty and not messages and is_empty(url):
                return
        except (BotoCoreError, ClientError) as error:  # What was not deleted comes again.
            print(f"{url}: SQS fails: {error}", file=sys.stderr)
            time.sleep(5)


def is_empty(url: str) -> bool:
    """Whether nothing is left, not even what is hidden for another worker or until its next try."""
    counts = [f"ApproximateNumberOfMessages{which}" for which in ("", "NotVisible", "Delayed")]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]
    return all(found[count] == "0" for count in counts)


def finish(url: str, message: dict[str, Any]) -> None:
    body, here = message["Body"], {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]}
    try:
        handle(body)
    except Poison as poison:
        attributes = message.get("MessageAttributes", {})
        attributes["reason"] = {"DataType": "String", "StringValue": str(poison)}
        sqs.send_message(QueueUrl=f"{url}-dlq", MessageBody=body, MessageAttributes=attributes)
    except UnknownVersion as error:  # A fresh copy costs no receive, and so no try.
        print(f"{url}: {error}", file=sys.stderr)
        copy = {"MessageBody": body, "MessageAttributes": message.get("MessageAttributes", {})}
        sqs.send_message(QueueUrl=url, DelaySeconds=900, **copy)
    except Exception as error:  # Whatever it was may pass, and SQS counts the tries.
        tries = int(message["Attributes"]["ApproximateReceiveCount"])
        seconds = math.ceil(min(5**tries, 900) * random.uniform(0.5, 1))
        print(f"{url}: comes again in {seconds} s: {error!r}", file=sys.stderr)
        sqs.change_message_visibility(**here, VisibilityTimeout=seconds)
        return
    sqs.delete_message(**here)


update("#table", "#table", "", {})  # Says in a new table which form it is in.
names = (f"labelrelay-{args.stage}-{topic.replace('.', '-')}" for topic in TOPICS)
urls = [sqs.get_queue_url(QueueName=name)["QueueUrl"] for name in names]
threads = [threading.Thread(target=poll, args=(url,), daemon=True) for url in urls]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
