"""The marks of `in_order` in DynamoDB. Workers in TypeScript may use the same table."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from labelrelay.guard import Clock, system_clock
from labelrelay.marks import PENDING_MS, Claim, Lease, Marks
from labelrelay.position import Position

if TYPE_CHECKING:
    from botocore.exceptions import ClientError
    from mypy_boto3_dynamodb import DynamoDBClient

# The condition that no newer position is pending.
_NOT_OUTDONE = (
    f"{KNOWN} AND (attribute_not_exists(#pendingUntil) OR #pendingUntil <= :now"
    " OR #pendingSequence < :sequence"
    " OR (#pendingSequence = :sequence AND #pendingId <= :id))"
)
_NOT_LEASED = "(attribute_not_exists(#until) OR #until <= :now OR #owner = :owner)"
_SET_PENDING = (
    "SET #version = :version, #pendingSequence = :sequence, #pendingId = :id,"
    " #pendingUntil = :pendingUntil"
)
_SET_LEASE = ", #owner = :owner, #until = :until"
_RELEASE = "REMOVE #owner, #until, #pendingSequence, #pendingId, #pendingUntil"


def dynamo_marks(
    table: str, client: DynamoDBClient | None = None, *, now: Clock = system_clock
) -> Marks:
    """Marks in a DynamoDB table, for `in_order`.

    The table has the string partition key `key` and the time to live `expires`. A claim takes
    one call, and so does settling it. By default, the client is made of the environment.
    """
    return _DynamoMarks(DynamoTable(table, client), now)


class _DynamoMarks:
    def __init__(self, table: DynamoTable, now: Clock) -> None:
        self._table = table
        self._now = now

    def claim(self, key: str, position: Position, lease: Lease) -> Claim:
        refusal = self._set_pending(key, position, lease)
        if not refusal:
            return Claim("claimed")
        return self._judge(self._table.refused_by(refusal, key) or {}, position)

    def announce(self, key: str, position: Position) -> None:
        self._set_pending(key, position)

    def extend(self, key: str, lease: Lease) -> bool:
        return self._update(key, lease, "SET #until = :until", {":until": _number(lease.until)})

    def settle(
        self, key: str, position: Position, lease: Lease, expires_at: int | None = None
    ) -> bool:
        change = "SET #sequence = :sequence, #id = :id"
        values = position_values(position)
        if expires_at is None:
            change += " REMOVE #owner, #until, #expires"
        else:
            change += ", #expires = :expires REMOVE #owner, #until"
            values[":expires"] = to_expires(expires_at)
        if self._update(key, lease, change, values):
            return True
        # An earlier call may have settled it, and its answer may have been lost.
        mark = self.newest(key)
        return mark is not None and position.compare_to_mark(mark) == 0

    def newest(self, key: str) -> Position | None:
        return position_in(self._table.read(key) or {})

    def release(self, key: str, lease: Lease) -> None:
        self._update(key, lease, _RELEASE, {})

    def _set_pending(
        self, key: str, position: Position, lease: Lease | None = None
    ) -> ClientError | None:
        """Marks a position as pending, and takes the lease if one is given."""
        change, condition = _SET_PENDING, _NOT_OUTDONE
        values = {":version": VERSION, ":now": _number(self._now()), **position_values(position)}
        until = self._now()
        if lease:
            change += _SET_LEASE
            condition += f" AND ({older(position)}) AND {_NOT_LEASED}"
            until = lease.until
            values |= {":owner": {"S": lease.owner}, ":until": _number(until)}
        values[":pendingUntil"] = _number(until + PENDING_MS)
        return self._write(key, change, condition, values)

    def _update(self, key: str, lease: Lease, change: str, values: Item) -> bool:
        """False if another owner has the lease."""
        values = {":owner": {"S": lease.owner}, **values}
        return self._write(key, change, "#owner = :owner", values) is None

    def _write(self, key: str, change: str, condition: str, values: Item) -> ClientError | None:
        client = self._table.client
        return refused(
            lambda: client.update_item(
                TableName=self._table.name,
                Key={"key": {"S": key}},
                UpdateExpression=change,
                ConditionExpression=condition,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **placeholders(f"{change} {condition}", values),
            )
        )

    def _judge(self, item: Item, position: Position) -> Claim:
        """The reason why a claim was refused."""
        mark = position_in(item)
        order = position.compare_to_mark(mark) if mark else 1
        if order <= 0:
            return Claim("duplicate" if order == 0 else "stale")
        if "pendingUntil" in item and int(item["pendingUntil"]["N"]) > self._now():
            pending = Position(item["pendingSequence"]["S"], item["pendingId"]["S"])
            if position.compare(pending) < 0:
                return Claim("stale")
        return Claim("busy", int(item["until"]["N"]) if "until" in item else 0)


def _number(value: int) -> Item:
    return {"N": str(value)}
