"""Shared parts of the DynamoDB stores: conditions, versions, and a table that may be missing."""

from __future__ import annotations

import math
import re
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from botocore.exceptions import ClientError

from labelrelay.aws import aws_client, is_local
from labelrelay.errors import UnknownVersion
from labelrelay.position import Position

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Item: TypeAlias = dict[str, Any]

ITEM_VERSION = 1
"""The version of the form of items in a table that workers share."""
VERSION: Item = {"N": str(ITEM_VERSION)}
KNOWN = "(attribute_not_exists(#key) OR #version = :version)"
"""The condition that an item has the known version, or does not exist."""
TABLE_KEY = "#table"
"""The key of the item with the version of the table. Keys of subjects begin with a slash."""
_BEFORE = "attribute_not_exists(#sequence) OR #sequence < :sequence"
_POLL_SECONDS = 0.1


def older(position: Position) -> str:
    """The condition that a position is newer than the item's, or that there is no item."""
    return _BEFORE if position.recovered else f"{_BEFORE} OR (#sequence = :sequence AND #id < :id)"


def position_values(position: Position) -> Item:
    return {":sequence": {"S": position.sequence}, ":id": {"S": position.id}}


def position_in(item: Item) -> Position | None:
    """The position of the event that took effect; None if none did."""
    if "sequence" not in item or "id" not in item:
        return None
    return Position(item["sequence"]["S"], item["id"]["S"])


def to_expires(expires_at: int) -> Item:
    """DynamoDB's time to live is in seconds."""
    return {"N": str(math.ceil(expires_at / 1_000))}


def placeholders(expressions: str, values: Item) -> dict[str, Any]:
    """Names and values that expressions use: some names are reserved, and unused ones refused."""
    names = set(re.findall(r"#(\w+)", expressions))
    used = set(re.findall(r":\w+", expressions))
    given = {
        "ExpressionAttributeNames": {f"#{name}": name for name in names},
        "ExpressionAttributeValues": {name: each for name, each in values.items() if name in used},
    }
    return {name: each for name, each in given.items() if each}


def refused(write: Callable[[], object]) -> ClientError | None:
    """The error of a conditional write whose condition does not hold; None if it holds."""
    try:
        write()
    except ClientError as error:
        if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
            return error
        raise
    return None


class DynamoTable:
    """A table with the string partition key `key` and the time to live `expires`.

    Where DynamoDB is on this machine, a missing table is created. Raises `UnknownVersion` if the
    table or an item has a form that this version does not know.
    """

    def __init__(self, name: str, client: DynamoDBClient | None) -> None:
        self.name = name
        self._client = client
        self._is_known = False
        self._lock = threading.Lock()

    @property
    def client(self) -> DynamoDBClient:
        """The client, after the version of the table was checked once."""
        with self._lock:
            if not self._is_known:
                self._client = self._client or aws_client("dynamodb")
                self._expect_version(self._client)
                self._is_known = True
            if self._client is None:  # For the type alone.
                raise RuntimeError("expected a client, got none")
            return self._client

    def read(self, key: str) -> Item | None:
        """An item of the known version."""
        found = self.client.get_item(
            TableName=self.name, Key={"key": {"S": key}}, ConsistentRead=True
        )
        return self.known(found.get("Item"))

    def known(self, item: Item | None) -> Item | None:
        """Raises `UnknownVersion` if an item has another version."""
        got = item.get("version", {}).get("N") if item else None
        if item and got != VERSION["N"]:
            raise UnknownVersion(f"the items in the table {self.name}", ITEM_VERSION, got)
        return item

    def refused_by(self, error: ClientError, key: str) -> Item | None:
        """The item that refused a write. An emulator may omit it: then it is read."""
        item: Item | None = error.response.get("Item")  # type: ignore[assignment]
        return self.known(item) if item else self.read(key)

    def _expect_version(self, client: DynamoDBClient) -> None:
        """Writes the version into a new table."""

        def write() -> object:
            return client.update_item(
                TableName=self.name,
                Key={"key": {"S": TABLE_KEY}},
                UpdateExpression="SET #version = :version",
                ConditionExpression=KNOWN,
                **placeholders(f"#version {KNOWN}", {":version": VERSION}),
            )

        try:
            is_other = refused(write)
        except client.exceptions.ResourceNotFoundException:
            if not is_local(client.meta.endpoint_url):
                raise
            self._create(client)
            is_other = refused(write)
        if is_other:
            raise UnknownVersion(f"the table {self.name}", ITEM_VERSION, "another")

    def _create(self, client: DynamoDBClient) -> None:
        # Another worker may be first.
        with suppress(client.exceptions.ResourceInUseException):
            client.create_table(
                TableName=self.name,
                AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
                KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
                BillingMode="PAY_PER_REQUEST",
            )
        while client.describe_table(TableName=self.name)["Table"]["TableStatus"] != "ACTIVE":
            time.sleep(_POLL_SECONDS)
