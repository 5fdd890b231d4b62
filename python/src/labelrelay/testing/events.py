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
# The time of a deletion of Label Studio.
_FINAL = "9999-12-31T23:59:59.999999Z"
# So few that most subjects have several events.
_SUBJECTS = 5
# The members that the data of a topic must have.
_NEEDED: dict[str, dict[str, Any]] = {
    "workflow.action": {"dataRow": {}, "workflow": {}},
    "task.completed": {"completedAt": "2026-01-01T00:00:00Z"},
    "project.completed": {"tasks": 1, "completedAt": "2026-01-01T00:00:00Z"},
    "milestone.reached": {
        "rule": "retrain",
        "reason": "count",
        "source": "labelbox",
        "subjects": 1,
        "firstAt": "2026-01-01T00:00:00Z",
        "lastAt": "2026-01-01T00:00:00Z",
        "epoch": 1,
    },
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
    `subject` gets a `sequence` of its time, with a rank by its topic. The form is that of its
    platform, after which the source is named.

    >>> event = build_event("label.created", {"labels": [{"id": "a"}]}, subject="label/a")
    >>> event.topic, event.sequence, event.data.labels[0].id
    ('label.created', '2026-01-01T00:00:00.000000Z-0', 'a')
    """
    topic = kind if isinstance(kind, str) else _topic_of(kind)
    model = EVENTS[topic] if isinstance(kind, str) else kind
    source = attributes.get("source", "/labelbox")
    time = attributes.get("time", f"{_START.isoformat()}Z")
    payload = {"platform": source[1:], **_NEEDED.get(topic, {}), **(data or {})}
    if attributes.get("subject") is not None and "sequence" not in attributes:
        attributes["sequence"] = _sequence_of(topic, payload["platform"], time)
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
        "data": payload,
    }
    return model.model_validate(members, by_alias=True, by_name=False)


def build_events(
    count: int,
    *,
    seed: int = 1,
    topics: Sequence[str] = tuple(EVENTS),
    sources: Sequence[str] = ("/labelbox", "/label-studio"),
) -> list[Event[Any]]:
    """So many events of a few subjects, of every topic in turn, each later than the one before.

    The labels in them have boxes of the classes `cat` and `dog`. Each source has the name of its
    platform. The same seed gives the same events.

    >>> [event.topic for event in build_events(3, topics=["label.created", "label.deleted"])]
    ['label.created', 'label.deleted', 'label.created']
    """
    chance = random.Random(seed)
    events = []
    for index in range(count):
        topic = topics[index % len(topics)]
        subject = str(chance.randrange(_SUBJECTS))
        event = build_event(
            topic,
            _data_of(topic, subject, chance),
            id=f"{chance.getrandbits(128):032x}",
            source=chance.choice(sources),
            subject=f"{topic.partition('.')[0]}/{subject}",
            time=f"{(_START + timedelta(seconds=index)).isoformat()}Z",
        )
        events.append(event)
    return events


def shuffled(events: Iterable[E], *, seed: int, duplicate: float = 0.2) -> list[E]:
    """A stream as queues deliver it: in any order, and this share of the events twice.

    The same seed gives the same stream.

    >>> stream = shuffled(build_events(10), seed=7, duplicate=0.5)
    >>> len(stream), len({event.id for event in stream})
    (15, 10)
    """
    chance = random.Random(seed)
    stream = list(events)
    # Half an event is a whole one, as in TypeScript.
    stream += chance.sample(stream, int(duplicate * len(stream) + 0.5))
    chance.shuffle(stream)
    return stream


def _data_of(topic: str, subject: str, chance: random.Random) -> dict[str, Any]:
    """The members of `data` that name the subject, and the work of an annotator."""
    project = {"id": "1"}
    entity = topic.partition(".")[0]
    if topic == "label.deleted":
        return {"project": project, "labels": [{"id": subject, "deleted": True}]}
    if entity == "label":
        boxes = [
            {
                "kind": "bbox",
                "name": chance.choice(("cat", "dog")),
                "bbox": [*chance.choices(range(100), k=2), *chance.choices(range(1, 101), k=2)],
                "classifications": [],
            }
            for _ in range(chance.randrange(4))
        ]
        label = {"id": subject, "annotations": boxes, "classifications": []}
        return {"project": project, "dataRow": {"id": subject}, "labels": [label]}
    if entity == "review":
        return {"project": project, "label": {"id": subject}, "review": {"id": subject}}
    if entity == "task":
        return {"project": project, "task": {"id": subject}}
    return {"project": {"id": subject}} if entity == "project" else {}


def _sequence_of(topic: str, platform: str, time: str) -> str:
    """In the form of the platform, as docs/workers.md has it."""
    rank = _RANKS.get(topic.rpartition(".")[2], 1)
    version = f"{_with_microseconds(time)}-{rank}"
    if platform != "label-studio":
        return version
    final = f"{_FINAL}-{rank}" if rank == _RANKS["deleted"] else version
    return f"{_with_microseconds(time)}/{final}"


def _topic_of(kind: type[Event[Any]]) -> str:
    found = [topic for topic, each in EVENTS.items() if each is kind]
    if not found:
        raise ValueError(f"expected a class of one topic, such as LabelCreated, got {kind}")
    return found[0]


def _with_microseconds(time: str) -> str:
    whole, _, fraction = time.removesuffix("Z").partition(".")
    return f"{whole}.{fraction[:6]:0<6}Z"
