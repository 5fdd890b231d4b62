"""The examples of the documentation, on stores in memory."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import labelrelay
from labelrelay import Event
from labelrelay.testing import MemoryValues, build_event, shuffled

EXAMPLES = Path(__file__).parents[2] / "docs/examples"


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(labelrelay, "dynamo_values", lambda _: MemoryValues[Any]())
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def at(second: int) -> str:
    return f"2026-01-01T00:00:{second:02}Z"


def label(
    name: str, second: int, task: str, topic: str = "label.created", **more: Any
) -> Event[Any]:
    box = {"kind": "bbox", "name": "cat", "bbox": [0, 0, 1, 1], "classifications": []}
    return build_event(
        topic,
        {
            "project": {"id": more.get("project", "1")},
            "dataRow": {"id": task},
            "labels": [{"id": name, "annotations": [box] * more.get("boxes", 1)}],
        },
        source="/label-studio",
        subject=f"label/{name}",
        time=at(second),
    )


def gone(subject: str, second: int) -> Event[Any]:
    topic = f"{subject.partition('/')[0]}.deleted"
    return build_event(topic, source="/label-studio", subject=subject, time=at(second))


@pytest.mark.parametrize("seed", range(10))
def test_boxes_of_deleted_tasks_and_projects_do_not_count(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = load("count_boxes", monkeypatch)
    history = [
        # 2 boxes in the end.
        label("1", 1, "1"),
        label("1", 2, "1", "label.updated", boxes=2),
        # Its task is deleted.
        label("2", 1, "2"),
        gone("task/2", 5),
        # The task's id is given again: 3 boxes.
        label("3", 7, "2", boxes=3),
        # Its project is deleted.
        label("4", 1, "4", project="2"),
        gone("project/2", 5),
        # Deleted itself.
        label("5", 1, "1"),
        gone("label/5", 3),
    ]
    for event in shuffled(history, seed=seed, duplicate=0.5):
        example.worker(event.to_json())
    assert example.total() == {"cat": 5}
