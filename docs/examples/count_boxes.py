"""Counts the boxes of each class of all labels that exist, as count-boxes.ts does."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict

from labelrelay import (
    LabelEvent,
    ProjectDeleted,
    TaskDeleted,
    Worker,
    dynamo_values,
    keep_newest,
    poll,
)


class Boxes(TypedDict, total=False):
    """The boxes of a subject, or `deleted` alone for a task or project that Label Studio deleted.

    A deletion takes along the labels that were created before it.
    """

    by_class: dict[str, int]
    parents: list[str]
    sequence: str
    deleted: str


values = dynamo_values("box-counts")
worker = Worker(keep_newest(values))


@worker.on(LabelEvent)
def count(event: LabelEvent) -> Boxes | None:
    """A box of several classes counts for each. Boxes in videos are of other kinds."""
    if event.is_gone:
        return None
    data = event.data
    labels = [each for each in data.labels or [] if not (each.skipped or each.deleted)]
    drawn = [each for label in labels for each in label.annotations or [] if each.kind == "bbox"]
    names = [name for each in drawn for name in each.names or [each.name or "none"]]
    task = data.data_row.id if data.data_row else None
    project = data.project.id if data.project else None
    return {
        "by_class": dict(Counter(names)),
        "parents": [f"{event.source}/task/{task}", f"{event.source}/project/{project}"],
        "sequence": event.sequence or "",
    }


@worker.on(TaskDeleted, ProjectDeleted)
def end(event: TaskDeleted | ProjectDeleted) -> Boxes:
    return {"deleted": event.sequence or ""}


def total() -> dict[str, int]:
    """The boxes of each class, whatever came late, twice or in any order."""
    kept = dict(values.all())
    deletions = {key: each["deleted"] for key, each in kept.items() if "deleted" in each}
    sums: Counter[str] = Counter()
    for each in kept.values():
        if "deleted" in each:
            continue
        if all(deletions.get(parent, "") <= each["sequence"] for parent in each["parents"]):
            sums.update(each["by_class"])
    return dict(sums)


if __name__ == "__main__":
    poll(worker)
