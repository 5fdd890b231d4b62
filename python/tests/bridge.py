"""Lets a suite in TypeScript drive the guards and stores of this package.

It reads a JSON object from each line of stdin, and runs each in a thread of its own:

- `{"id", "do": "make", "store", "kind", "endpoint"?, "table"?}` makes marks or values, in memory
  or in DynamoDB.
- `{"id", "do": "call", "store", "method", "args", "now"}` calls a method of a store.
- `{"id", "do": "guard", "guard", "endpoint", "table", "event", "now"}` lets an event take effect.
  Every call of DynamoDB is a step, before it and before its answer is read: this program asks
  `{"id", "ask": "step"}` and waits for `{"id", "answer", "now"}`. It asks `{"ask": "handle"}` for
  the effect of the handler. The answer is `go`, with the `value` of the handler; `fail`, if the
  call is to fail; or `die`, if the worker is to go no further.

It prints `{"id", "result"}`, or `{"id", "error": {"code", "message"}}`.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias

import boto3

from labelrelay import (
    Claim,
    Context,
    Kept,
    LabelrelayError,
    Lease,
    Marks,
    Position,
    Values,
    dynamo_marks,
    dynamo_values,
    in_order,
    keep_newest,
)
from labelrelay.models import EVENTS
from labelrelay.testing import MemoryMarks, MemoryValues

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Request: TypeAlias = dict[str, Any]


class Died(BaseException):
    """The worker goes no further."""


@dataclass
class Store:
    """A store, and the time by its clock."""

    now: int = 0
    marks: Marks | None = None
    values: Values[Any] | None = None


@dataclass
class Play:
    """The steps of one event: the suite answers each."""

    id: int
    now: int
    answers: SimpleQueue[Request] = field(default_factory=SimpleQueue)

    def ask(self, what: str) -> Any:
        tell({"id": self.id, "ask": what})
        answer = self.answers.get()
        if answer["answer"] == "die":
            raise Died
        self.now = answer["now"]
        if answer["answer"] == "fail":
            raise OSError("down")
        return answer.get("value")


class SteppedClient:
    """A client of DynamoDB of which every call is a step."""

    def __init__(self, client: DynamoDBClient, play: Play) -> None:
        self._client = client
        self._play = play

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if name not in ("get_item", "put_item", "update_item"):
            return found

        def call(**arguments: Any) -> Any:
            self._play.ask("step")
            try:
                return found(**arguments)
            finally:
                # Its answer may be lost, whatever it is.
                self._play.ask("step")

        return call


stores: dict[int, Store] = {}
plays: dict[int, Play] = {}
_output = threading.Lock()


def tell(line: Request) -> None:
    with _output:
        print(json.dumps(line), flush=True)


@lru_cache
def client_at(endpoint: str) -> DynamoDBClient:
    return boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )


def make(request: Request) -> None:
    store = stores[request["store"]] = Store()

    def now() -> int:
        return store.now

    table, endpoint = request.get("table"), request.get("endpoint")
    if request["kind"] == "marks":
        store.marks = (
            dynamo_marks(table, client_at(endpoint), now=now)
            if table and endpoint
            else MemoryMarks(now=now)
        )
    else:
        store.values = (
            dynamo_values(table, client_at(endpoint)) if table and endpoint else MemoryValues()
        )


def call(request: Request) -> Any:
    store = stores[request["store"]]
    store.now = request["now"]
    arguments = [_from_json(each) for each in request["args"]]
    found = getattr(store.marks or store.values, request["method"])
    return _to_json(found(*arguments, **request.get("options", {})))


def guard(request: Request) -> str:
    play = plays[request["id"]]
    client: Any = SteppedClient(client_at(request["endpoint"]), play)
    topic = request["event"]["type"].removeprefix("labelrelay.")
    event = EVENTS[topic].model_validate(request["event"], by_alias=True, by_name=False)
    guards: dict[str, Callable[[], Any]] = {
        "in_order": lambda: in_order(
            dynamo_marks(request["table"], client, now=lambda: play.now),
            wait_ms=0,
            now=lambda: play.now,
        ),
        "keep_newest": lambda: keep_newest(dynamo_values(request["table"], client)),
    }

    def handle(_context: Context[Any]) -> Any:
        return play.ask("handle")

    verdict: str = guards[request["guard"]]()(event, handle)
    return verdict


def _from_json(value: Any) -> Any:
    if isinstance(value, dict) and "sequence" in value:
        return Position(value["sequence"], value["id"], bool(value.get("recovered")))
    if isinstance(value, dict) and "owner" in value:
        return Lease(**value)
    return value


def _to_json(value: Any) -> Any:
    if isinstance(value, Claim):
        busy = {"until": value.until} if value.outcome == "busy" else {}
        return {"is": value.outcome, **busy}
    if isinstance(value, Position):
        return {"sequence": value.sequence, "id": value.id}
    if isinstance(value, Kept):
        return {**_to_json(value.position), "value": value.value}
    if isinstance(value, Iterator):
        return list(value)
    return value


def run(request: Request) -> None:
    doing: dict[str, Callable[[Request], Any]] = {"make": make, "call": call, "guard": guard}
    try:
        tell({"id": request["id"], "result": doing[request["do"]](request)})
    except LabelrelayError as error:
        tell({"id": request["id"], "error": {"code": error.code, "message": str(error)}})
    except Exception as error:
        tell({"id": request["id"], "error": {"message": f"{type(error).__name__}: {error}"}})
    except Died:
        pass


def main() -> None:
    for line in sys.stdin:
        request: Request = json.loads(line)
        if "answer" in request:
            plays[request["id"]].answers.put(request)
            continue
        if request["do"] == "guard":
            plays[request["id"]] = Play(request["id"], request["now"])
        threading.Thread(target=run, args=(request,), daemon=True).start()


if __name__ == "__main__":
    main()
