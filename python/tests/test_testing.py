"""The tools for the tests of workers."""

from __future__ import annotations

import pytest

from labelrelay import LabelCreated, LabelEvent, Worker, keep_newest
from labelrelay.models import EVENTS
from labelrelay.testing import MemoryValues, build_event, build_events, shuffled


def test_the_same_seed_gives_the_same_stream() -> None:
    events = build_events(100, seed=3)
    assert events == build_events(100, seed=3)
    assert events != build_events(100, seed=4)
    stream = shuffled(events, seed=3, duplicate=0.2)
    assert stream == shuffled(events, seed=3, duplicate=0.2)
    assert stream != shuffled(events, seed=4, duplicate=0.2)
    assert {event.id for event in stream} == {event.id for event in events}
    assert len(stream) == 120


@pytest.mark.parametrize("seed", range(20))
def test_a_worker_ends_in_the_same_state_whatever_comes_when(seed: int) -> None:
    values: MemoryValues[str] = MemoryValues()
    worker = Worker(keep_newest(values))

    @worker.on(LabelEvent)
    def keep(event: LabelEvent) -> str | None:
        return None if event.is_gone else event.id

    events = build_events(60, seed=seed, topics=["label.created", "label.updated", "label.deleted"])
    for event in shuffled(events, seed=seed, duplicate=0.5):
        worker(event.to_json())
    newest = {f"{event.source}/{event.subject}": event for event in events}
    expected = {key: event.id for key, event in newest.items() if not event.is_gone}
    assert dict(values.all()) == expected


def test_events_of_every_topic_and_platform_are_built() -> None:
    events = build_events(200)
    assert {event.topic for event in events} == set(EVENTS)
    assert {(event.source, event.data.platform) for event in events} == {
        ("/labelbox", "labelbox"),
        ("/label-studio", "label-studio"),
    }


def test_the_sequence_has_the_form_of_the_platform() -> None:
    def sequence(topic: str, source: str) -> str | None:
        return build_event(topic, source=source, subject="label/1").sequence

    start = "2026-01-01T00:00:00.000000Z"
    assert sequence("label.updated", "/labelbox") == f"{start}-1"
    assert sequence("label.deleted", "/labelbox") == f"{start}-2"
    assert sequence("label.updated", "/label-studio") == f"{start}/{start}-1"
    assert sequence("label.deleted", "/label-studio") == f"{start}/9999-12-31T23:59:59.999999Z-2"
    assert build_event("label.created").sequence is None
    assert build_event("label.created", subject="label/1", sequence=None).sequence is None


def test_only_a_class_of_one_topic_can_be_built() -> None:
    assert isinstance(build_event(LabelCreated), LabelCreated)
    with pytest.raises(ValueError, match="expected a class of one topic"):
        build_event(LabelEvent)
