"""Counts the boxes of each class, by subject: the sum over the table's values is that of all boxes.

When a task or a project of Label Studio is deleted, its labels still count: the platform sends no
`label.deleted` for them.
"""

from collections import Counter

from labelrelay import LabelEvent, Worker, dynamo_values, keep_newest, poll

worker = Worker(keep_newest(dynamo_values("box-counts")))


@worker.on(LabelEvent)
def count(event: LabelEvent) -> dict[str, int] | None:
    labels = [each for each in event.data.labels or [] if not (each.skipped or each.deleted)]
    drawn = [each for label in labels for each in label.annotations or [] if each.kind == "bbox"]
    names = [name for each in drawn for name in each.names or [each.name or "none"]]
    return None if event.is_gone else dict(Counter(names))


if __name__ == "__main__":
    poll(worker)
