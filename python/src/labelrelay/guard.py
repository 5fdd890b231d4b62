"""The guards' interface: they decide whether an event takes effect, and when."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeAlias, TypeVar

from labelrelay.models import Event

Verdict: TypeAlias = Literal["done", "stale", "duplicate"]
"""The event took effect, it was older than one that did, or it had taken effect before."""

Change: TypeAlias = Literal["new", "changed", "gone"]
"""The change of the subject since the last event that took effect."""

Clock: TypeAlias = Callable[[], int]
"""The time in milliseconds since 1970."""

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)
V = TypeVar("V")


def system_clock() -> int:
    return time.time_ns() // 1_000_000


def _nothing() -> None:
    """A lease that nobody has cannot be lost."""


@dataclass(frozen=True)
class Context(Generic[V]):
    """The second argument of a handler, where it takes one."""

    change: Change | None = None
    """With `keep_newest`: whether the subject is new, changed or gone."""
    before: V | None = None
    """With `keep_newest`: the value that is stored of the subject; None if there is none."""
    check: Callable[[], None] = _nothing
    """With `in_order`: raises `RetryLater` if another worker has the lease of the subject.

    Call it in a handler that takes long, before it writes.
    """


class Guard(Protocol[R_contra]):
    """Decides whether an event takes effect, and when.

    Raises `RetryLater` or `Wait` if it cannot decide now, and any error of the handler.
    """

    def __call__(
        self, event: Event[Any], handle: Callable[[Context[Any]], R_contra], /
    ) -> Verdict: ...
