"""Events for tests."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar, overload

from labelrelay.decode import SCHEMA_VERSION
from labelrelay.models import EVENTS, Event

E = TypeVar("E", bound=Event[Any])

_START = datetime(2026, 1, 1)
_RANKS = {"created": 0, "deleted": 2}
# The members that the data of a topic must have.
_NEEDED: dict[str, dict[str, Any]] = {
    "workflow.action": {"dataRow": {}, "workflow": {}},
    "unrecognized": {"reason": "unknown-event"},
}


@overload
def build_event(kind: type[E], data: Mapping[str, Any] | None = None, **attributes: Any) -> E: ...
@overload
def build_event(
    kind: str, data: Mapping[str, Any] | None = None, **attributes: Any
) -> Event[Any]: ...
def build_event(
    kind: type[Event[Any]] | str, data: Mapping[str, Any] | None = None, **attributes: Any
) -> Event[Any]:
    """A valid event of a topic or class.

    `data` has the members of `data` as in JSON; those that are required have a default.
    `attributes` are the members beside it, such as `subject` and `time`. An event with a
    `subject` gets a `sequence` of its time, and a rank by its topic.

    >>> event = build_event("label.created", {"labels": [{"id": "a"}]}, subject="label/a")
    >>> event.topic, event.sequence, event.data.labels[0].id
    ('label.created', '2026-01-01T00:00:00.000000Z-0', 'a')
    """
    topic = kind if isinstance(kind, str) else _topic_of(kind)
    model = EVENTS[topic] if isinstance(kind, str) else kind
    source = attributes.get("source", "/labelbox")
    time = attributes.get("time", f"{_START.isoformat()}Z")
    if "subject" in attributes and "sequence" not in attributes:
        rank = _RANKS.get(topic.rpartition(".")[2], 1)
        attributes["sequence"] = f"{_with_microseconds(time)}-{rank}"
    members = {
        "specversion": "1.0",
        "id": f"{random.getrandbits(128):032x}",
        "source": source,
        "type": f"labelrelay.{topic}",
        "time": time,
        "recordedtime": time,
        "partitionkey": source[1:],
        "datacontenttype": "application/json",
        "dataschema": f"urn:labelrelay:schema:labelrelay.{topic}:{SCHEMA_VERSION}",
        **{name: each for name, each in attributes.items() if each is not None},
        "data": {"platform": source[1:], **_NEEDED.get(topic, {}), **(data or {})},
    }
    return model.model_validate(members, by_alias=True, by_name=False)


def build_events(count: int, *, seed: int = 1, topics: Sequence[str] = ()) -> list[Event[Any]]:
    """So many events of a few subjects, of every topic in turn, each later than the one before.

    The same seed gives the same events.

    >>> [event.topic for event in build_events(3, topics=["label.created", "label.deleted"])]
    ['label.created', 'label.deleted', 'label.created']
    """
    chance = random.Random(seed)
    all_topics = list(topics) or list(EVENTS)
    return [
        build_event(
            topic,
            id=f"{chance.getrandbits(128):032x}",
            subject=f"{topic.partition('.')[0]}/{chance.randrange(5)}",
            time=f"{(_START + timedelta(seconds=index)).isoformat()}Z",
        )
        for index, topic in enumerate(all_topics[n % len(all_topics)] for n in range(count))
    ]


def shuffled(events: Iterable[E], *, seed: int, duplicate: float = 0.2) -> list[E]:
    """A stream as queues deliver it: in any order, and this share of the events twice.

    The same seed gives the same stream.

    >>> sorted(event.topic for event in shuffled(build_events(2), seed=7, duplicate=1))
    ['label.created', 'label.created', 'label.updated', 'label.updated']
    """
    chance = random.Random(seed)
    stream = [
        each
        for event in events
        for each in ([event, event] if chance.random() < duplicate else [event])
    ]
    chance.shuffle(stream)
    return stream


def _topic_of(kind: type[Event[Any]]) -> str:
    found = [topic for topic, each in EVENTS.items() if each is kind]
    if not found:
        raise ValueError(f"expected a class of one topic, such as LabelCreated, got {kind}")
    return found[0]


def _with_microseconds(time: str) -> str:
    whole, _, fraction = time.removesuffix("Z").partition(".")
    return f"{whole}.{fraction[:6]:0<6}Z"
