"""Messages to events."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn, TypeAlias, TypeVar

from pydantic import ValidationError

from labelrelay.data import DataStore, fetch_data
from labelrelay.errors import Poison, UnknownVersion
from labelrelay.model import Model
from labelrelay.models import EVENTS, ClaimCheck, Event

SCHEMA_VERSION = 1
"""The version of events that this package knows: `dataschema` ends in it."""
MAX_PLACES = 5
_TYPE = "labelrelay."

AnyEvent: TypeAlias = Event[Any]
_M = TypeVar("_M", bound=Model)


def decode_event(body: str, data: DataStore) -> AnyEvent:
    """The event in the body of a message. Large data is fetched from S3.

    Members that are not known (yet) stay in the event.

    Raises `Poison` if it is no event of labelrelay or if its data does not fit the published
    schema, `UnknownVersion` if its schema has another version, and `RetryLater` if its data is
    not there yet.
    """
    value = parse_json(body, "JSON")
    _expect_version(value)
    topic = _topic_of(value)
    if topic not in EVENTS:
        raise Poison("expected the event to fit its schema, got a mismatch at type (unknown)")
    if "dataref" in value or "data" not in value:
        claim = _validate(ClaimCheck, value, "the event without data")
        if "data" in value:
            raise Poison("expected `data` or `dataref` in the event, got both")
        value["data"] = parse_json(fetch_data(claim, data), "JSON as data")
    return _validate(EVENTS[topic], value, "the event")


def parse_json(text: str | bytes, expected: str) -> Any:
    """Raises `Poison` if the text is no JSON. `NaN` and `Infinity` are none, unlike in Python."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Poison(f"expected {expected}, got something else") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _topic_of(value: Any) -> str | None:
    kind = value.get("type") if isinstance(value, dict) else None
    return kind.removeprefix(_TYPE) if isinstance(kind, str) and kind.startswith(_TYPE) else None


def _expect_version(value: Any) -> None:
    """This check comes first, since another version may have other members and topics."""
    schema = value.get("dataschema") if _topic_of(value) is not None else None
    found = re.search(r":([0-9]+)\Z", schema) if isinstance(schema, str) else None
    if found and found[1] != str(SCHEMA_VERSION):
        raise UnknownVersion("events", SCHEMA_VERSION, found[1])


def _validate(model: type[_M], value: Any, what: str) -> _M:
    try:
        return model.model_validate(value, by_alias=True, by_name=False)
    except ValidationError as error:
        # The reason has the place of each mismatch, and never a value.
        found = error.errors(include_input=False, include_context=False, include_url=False)
        places = [f"{'.'.join(map(str, e['loc'][:20]))} ({e['type']})" for e in found[:MAX_PLACES]]
        got = f"a mismatch at {', '.join(places)}"
    except RecursionError:
        got = "members that are nested too deep"
    raise Poison(f"expected {what} to fit its schema, got {got}")
