"""The values of `keep_newest` in DynamoDB. Workers in TypeScript may use the same table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from labelrelay.dynamo_table import (
    KNOWN,
    VERSION,
    DynamoTable,
    Item,
    older,
    placeholders,
    position_in,
    position_values,
    refused,
    to_expires,
)
from labelrelay.errors import Poison
from labelrelay.keep_newest import Kept, Over, Values
from labelrelay.position import Position

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MAX_JSON_BYTES = 380_000
"""The longest JSON of a value. DynamoDB limits an item to 400 KB, names and keys included."""


def dynamo_values(table: str, client: DynamoDBClient | None = None) -> Values[Any]:
    """Values in a DynamoDB table, for `keep_newest`. A value is anything that JSON can hold.

    The table has the string partition key `key` and the time to live `expires`. An item has
    `value` as JSON, and the `sequence` and `id` of the event that made it. By default, the
    client is made of the environment.
    """
    return _DynamoValues(DynamoTable(table, client))


class _DynamoValues:
    def __init__(self, table: DynamoTable) -> None:
        self._table = table

    def newest(self, key: str) -> Kept[Any] | None:
        item = self._table.read(key) or {}
        position = position_in(item)
        return Kept(position, _value_in(item)) if position else None

    def put_if_newer(
        self,
        key: str,
        position: Position,
        value: Any,
        expires_at: int | None = None,
        over: Over = "any",
    ) -> bool:
        item: Item = {
            "key": {"S": key},
            "version": VERSION,
            "sequence": {"S": position.sequence},
            "id": {"S": position.id},
            "value": {"NULL": True} if value is None else _to_attribute(value),
        }
        if expires_at is not None:
            item["expires"] = to_expires(expires_at)
        values = {":version": VERSION, **position_values(position)}
        condition = f"{KNOWN} AND ({older(position)})"
        if over is None:
            condition += " AND attribute_not_exists(#sequence)"
        elif over != "any":
            condition += " AND #sequence = :overSequence AND #id = :overId"
            values |= {":overSequence": {"S": over.sequence}, ":overId": {"S": over.id}}
        client = self._table.client
        refusal = refused(
            lambda: client.put_item(
                TableName=self._table.name,
                Item=item,
                ConditionExpression=condition,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **placeholders(condition, values),
            )
        )
        if refusal:
            self._table.refused_by(refusal, key)
        return refusal is None

    def all(self) -> Iterator[tuple[str, Any]]:
        pages = self._table.client.get_paginator("scan").paginate(
            TableName=self._table.name, ConsistentRead=True
        )
        for page in pages:
            for item in page["Items"]:
                if not item["key"]["S"].startswith("#") and "S" in item.get("value", {}):
                    self._table.known(item)
                    yield item["key"]["S"], _value_in(item)


def _value_in(item: Item) -> Any:
    text = item.get("value", {}).get("S")
    return None if text is None else json.loads(text)


def _to_attribute(value: Any) -> Item:
    """Raises `Poison` if the value is too large for an item."""
    # As in JavaScript: no spaces, and no escapes but those that JSON needs.
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    text = json.dumps(value, separators=(",", ":")) if _has_surrogates(text) else text
    size = len(text.encode())
    if size > MAX_JSON_BYTES:
        raise Poison(f"expected at most {MAX_JSON_BYTES} bytes for an item of DynamoDB, got {size}")
    return {"S": text}


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
