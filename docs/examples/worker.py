"""Counts the boxes of each class in the labels that are there: the sum over the table's values."""

from collections import Counter

from labelrelay import LabelEvent, Worker, dynamo_values, keep_newest, poll

worker = Worker(keep_newest(dynamo_values("box-counts")))


@worker.on(LabelEvent)
def count(event: LabelEvent) -> dict[str, int] | None:
    labels = [label for label in event.data.labels or [] if not label.skipped]
    drawn = [each for label in labels for each in label.annotations or [] if each.kind == "bbox"]
    names = [name for each in drawn for name in each.names or [each.name or "none"]]
    return None if event.is_gone else dict(Counter(names))


if __name__ == "__main__":
    poll(worker)
