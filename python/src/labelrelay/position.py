"""The place of an event in the order of its subject's events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from labelrelay.models import Event

TOMBSTONE_MS = 90 * 86_400_000
"""How long a deletion is remembered: longer than a message lives in all queues together."""

_UNORDERED = "-"
"""Sorts before every time."""


@dataclass(frozen=True)
class Position:
    """A place in the order by `sequence`, then by `id`, as strings."""

    sequence: str
    id: str
    recovered: bool = False
    """Whether the event was recovered. Then it duplicates any other event with its sequence."""

    def compare(self, other: Position) -> int:
        """Less than, equal to or greater than 0."""
        one, another = (self.sequence, self.id), (other.sequence, other.id)
        return (one > another) - (one < another)

    def compare_to_mark(self, mark: Position) -> int:
        """Compares with the position of an event that took effect: 0 is a duplicate.

        The id of a recovered event sorts after all others, so a platform's own event with the
        same sequence is stale after it.
        """
        return 0 if self.recovered and self.sequence == mark.sequence else self.compare(mark)


@dataclass(frozen=True)
class Place:
    """The key under which an event is ordered, and its position there."""

    key: str
    """`<source>/<subject>`, or `<source>#<id>` for an event without order."""
    position: Position
    is_last: bool
    """Whether the mark may expire: the subject is gone, or no other event has the key."""


def place_of(event: Event[Any]) -> Place:
    """The place of an event. An event without order has a key of its own."""
    if event.subject is None or event.sequence is None:
        return place_alone(event)
    return Place(f"{event.source}/{event.subject}", _position_of(event), event.is_gone)


def place_alone(event: Event[Any]) -> Place:
    """A key of its own for every event."""
    return Place(f"{event.source}#{event.id}", Position(_UNORDERED, event.id), True)


def place_of_value(event: Event[Any]) -> Place | None:
    """The place of a value of a subject. An event without order sorts before all others."""
    if event.subject is None:
        return None
    return Place(f"{event.source}/{event.subject}", _position_of(event), event.is_gone)


def _position_of(event: Event[Any]) -> Position:
    return Position(event.sequence or _UNORDERED, event.id, recovered=bool(event.recovered))
