"""Messages to events."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from labelrelay import (
    AnyEvent,
    LabelCreated,
    Poison,
    RetryLater,
    ReviewCreated,
    S3Data,
    UnknownVersion,
    decode_event,
)
from labelrelay.testing import MemoryData, build_event

EVENT = build_event(LabelCreated, {"labels": [{"id": "a"}]}, subject="label/a")


def decode(members: dict[str, Any], data: MemoryData | None = None) -> AnyEvent:
    return decode_event(json.dumps(members), data or MemoryData())


def members(**others: Any) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(EVENT.to_json())
    return {name: each for name, each in {**known, **others}.items() if each is not ...}


def test_an_event_is_of_the_class_of_its_topic() -> None:
    event = decode(members())
    assert isinstance(event, LabelCreated)
    assert event == EVENT
    assert not event.is_gone
    assert decode(members(sequence="2026-01-01T00:00:00.000000Z-2")).is_gone


@pytest.mark.parametrize(
    "body",
    [
        "junk",
        "",
        "{}",
        "null",
        "[]",
        "5",
        "[" * 100_000,
        json.dumps(members(time="NaN")).replace('"NaN"', "NaN"),
        json.dumps(members(time="1")).replace('"1"', "-Infinity"),
        json.dumps(members(type="labelrelay.label.eaten")),
        json.dumps(members(type="label.created")),
        json.dumps(members(sequence="late")),
        json.dumps(members(source="labelbox")),
        json.dumps(members(subject=None)),
        json.dumps(members(data=None)),
        json.dumps(members(data=...)),
        json.dumps(members(data={})),
        json.dumps(members(data={"platform": "labelbox", "labels": [{"id": 5}]})),
        json.dumps(members(dataref="s3://bucket/data/1")),
        json.dumps(members(data=..., dataref="s3://bucket/data/1")),
        json.dumps(members(data=..., dataref="/etc/passwd", datadigest="sha256:" + "0" * 64)),
    ],
)
def test_what_is_no_event_is_poison_and_its_reason_has_no_content(body: str) -> None:
    with pytest.raises(Poison, match=r"^expected .*, got ") as raised:
        decode_event(body, MemoryData())
    assert raised.value.__cause__ is None
    assert "passwd" not in str(raised.value)


@pytest.mark.parametrize("levels", [60, 2_000])
def test_classifications_may_be_nested_as_deep_as_a_receiver_takes_them(levels: int) -> None:
    body = json.dumps(members(data={"platform": "labelbox", "labels": ["deep"]}))
    opened = '{"classifications":[{"type":"radio","answers":[' * levels
    deep = body.replace('"deep"', opened + "]}]}" * levels)
    if levels == 60:  # 240 levels of JSON: a receiver takes 256.
        assert decode_event(deep, MemoryData()).data.labels
        return
    with pytest.raises(Poison):
        decode_event(deep, MemoryData())


def test_half_a_character_is_no_reason_to_refuse_an_event() -> None:
    event = decode(members(data={"platform": "labelbox", "native": "\ud83d", "event": "\ud83d"}))
    assert json.loads(event.to_json())["data"]["native"] == "\ud83d"


def test_another_version_is_told_apart_before_anything_else() -> None:
    schema = "urn:labelrelay:schema:labelrelay.label.created:2"
    with pytest.raises(UnknownVersion, match=r"^expected version 1 of events, got 2$"):
        decode(members(dataschema=schema, data=5))
    with pytest.raises(UnknownVersion):
        decode(members(dataschema=schema, type="labelrelay.picture.painted"))


def claim_check(store: MemoryData, data: object, **others: Any) -> dict[str, Any]:
    return members(data=..., **{**store.put(data), **others})


def now(**ago: int) -> str:
    moment = datetime.now(timezone.utc) - timedelta(**ago)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_large_data_is_fetched_and_its_digest_is_verified() -> None:
    store = MemoryData()
    data = {"platform": "labelbox", "labels": [{"id": "large"}]}
    event = decode(claim_check(store, data), store)
    assert isinstance(event, LabelCreated)
    assert [label.id for label in event.data.labels or []] == ["large"]
    with pytest.raises(Poison, match="to fit its schema"):
        decode(claim_check(store, {}), store)


@pytest.mark.parametrize(
    ("change", "came"),
    [
        ({"dataref": "s3://bucket/data/none"}, "none"),
        ({"datadigest": "sha256:" + "0" * 64}, "other bytes"),
    ],
)
def test_missing_or_altered_data_is_retried_while_the_event_is_young(
    change: dict[str, str], came: str
) -> None:
    store = MemoryData()
    late = claim_check(store, {"platform": "labelbox"}, recordedtime=now(minutes=4), **change)
    with pytest.raises(RetryLater, match=f"got {came}$"):
        decode(late, store)
    with pytest.raises(Poison, match=f"got {came}$"):
        decode({**late, "recordedtime": now(minutes=6)}, store)


def test_data_in_another_bucket_is_poison(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryData("mine")
    check = claim_check(store, {"platform": "labelbox"}, dataref="s3://other/data/1")
    with pytest.raises(Poison, match=r"^expected data in the bucket mine, got another place$"):
        decode(check, store)
    monkeypatch.setenv("LABELRELAY_BUCKET", "of-the-stage")
    assert S3Data().bucket == "of-the-stage"
    assert S3Data("given").bucket == "given"
    monkeypatch.delenv("LABELRELAY_BUCKET")
    assert S3Data().bucket is None


def test_a_class_of_events_is_known_by_its_name() -> None:
    review = build_event(ReviewCreated, {"review": {"score": 1}}, subject="review/1")
    assert decode(json.loads(review.to_json())) == review
