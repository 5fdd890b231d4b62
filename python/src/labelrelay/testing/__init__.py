"""Tools for the tests of a worker: events, streams of them, and stores in memory."""

from labelrelay.testing.events import build_event, build_events, shuffled
from labelrelay.testing.memory import MemoryData, MemoryMarks, MemoryQueue, MemoryValues

__all__ = [
    "MemoryData",
    "MemoryMarks",
    "MemoryQueue",
    "MemoryValues",
    "build_event",
    "build_events",
    "shuffled",
]
