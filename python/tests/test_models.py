"""Models of events, from the fixtures of both platforms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from labelrelay import EVENTS, BboxAnnotation, Label, LabelData, LabelUpdated, Relationship
from labelrelay.testing import build_event

FIXTURES = Path(__file__).parents[2] / "test/fixtures"
EXPECTED = [
    pytest.param(sent["event"], id=f"{file.name.split('.')[0]}-{index}")
    for file in sorted(FIXTURES.glob("*/*.events.json"))
    for index, sent in enumerate(json.loads(file.read_text("utf-8")))
]
# Members that fixtures leave out, since they differ each time.
RECEIVED = "2026-01-01T00:00:00.000000Z"
ALWAYS = {
    "id": "1",
    "time": "2026-01-01T00:00:00Z",
    "recordedtime": "2026-01-01T00:00:00Z",
    "partitionkey": "p",
    "datacontenttype": "application/json",
}


@pytest.mark.parametrize("expected", EXPECTED)
def test_every_event_of_the_fixtures_is_read_and_written_without_loss(
    expected: dict[str, Any],
) -> None:
    schema = f"urn:labelrelay:schema:{expected['type']}:1"
    event = {**ALWAYS, "dataschema": schema, **expected}
    if "sequence" in event:
        event["sequence"] = event["sequence"].replace("<received>", RECEIVED)
    model = EVENTS[expected["type"].removeprefix("labelrelay.")]
    read = model.model_validate(event, by_alias=True, by_name=False)
    assert json.loads(read.to_json()) == event
    assert f"labelrelay.{read.topic}" == expected["type"]


def read_label(member: str, value: object) -> Label:
    event = build_event("label.updated", {"labels": [{member: value}]})
    assert isinstance(event, LabelUpdated)
    assert event.data.labels is not None
    return event.data.labels[0]


def test_members_have_names_of_python_and_numbers_stay_as_they_are() -> None:
    assert read_label("secondsToLabel", 5).seconds_to_label == 5
    assert isinstance(read_label("secondsToLabel", 5).seconds_to_label, int)
    assert read_label("secondsToLabel", 0.5).seconds_to_label == 0.5
    assert read_label("id", "a").skipped is None
    link = Relationship.model_validate({"from": "a", "to": "b"})
    assert (link.from_, link.to) == ("a", "b")
    assert link.model_dump(by_alias=True, exclude_unset=True) == {"from": "a", "to": "b"}


def test_the_kind_tells_the_geometry() -> None:
    box = {"kind": "bbox", "bbox": [1, 2, 3.5, 4], "classifications": []}
    [annotation] = read_label("annotations", [box]).annotations or []
    assert isinstance(annotation, BboxAnnotation)
    assert annotation.bbox == (1, 2, 3.5, 4)


def test_members_that_are_not_known_yet_are_kept() -> None:
    label = read_label("mood", {"is": "good"})
    assert label.model_extra == {"mood": {"is": "good"}}
    # A name of Python is not a name of JSON.
    assert read_label("created_at", 7).created_at is None


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("id", None),
        ("id", 5),
        ("skipped", "true"),
        ("skipped", 1),
        ("secondsToLabel", "5"),
        ("secondsToLabel", True),
        ("secondsToLabel", float("inf")),
        ("createdAt", "2026-02-30T00:00:00Z"),
        ("createdAt", "2026-01-01T00:00:00+01:00"),
        ("createdAt", "٢٠٢٦-01-01T00:00:00Z"),
        ("annotations", [{"kind": "bbox", "bbox": [1, 2, 3], "classifications": []}]),
        ("annotations", [{"kind": "bbox", "bbox": [1, 2, 3, 4]}]),
        ("annotations", [{"kind": "blob", "classifications": []}]),
    ],
)
def test_a_label_that_does_not_fit_the_schema_is_refused(member: str, value: object) -> None:
    with pytest.raises(ValidationError):
        read_label(member, value)


def test_an_event_cannot_be_changed() -> None:
    data = LabelData.model_validate({"platform": "labelbox"})
    with pytest.raises(ValidationError):
        data.platform = "other"


def test_every_topic_has_a_class() -> None:
    schemas = Path(__file__).parents[2] / "docs/schemas"
    topics = {file.stem.removeprefix("labelrelay.") for file in schemas.glob("labelrelay.*.json")}
    assert set(EVENTS) == topics
    assert all(build_event(topic).topic == topic for topic in topics)
