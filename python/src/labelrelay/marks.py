"""The interface of what `in_order` remembers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from labelrelay.position import Position

PENDING_MS = 30 * 60_000
"""How long a position is pending after its lease ended, or after it was announced."""


@dataclass(frozen=True)
class Claim:
    """The answer to a claim.

    - `claimed`: the claimant has the lease. No other event of the subject is applied until it ends.
    - `stale`: a newer event took effect or is pending.
    - `duplicate`: this event took effect before.
    - `busy`: another worker has the lease, until the time `until` in milliseconds since 1970.
    """

    outcome: Literal["claimed", "stale", "duplicate", "busy"]
    until: int = 0


@dataclass(frozen=True)
class Lease:
    """The right to apply an event of a subject."""

    owner: str
    """The id of the claimant: a new random id for each try."""
    until: int
    """The end of the lease, in milliseconds since 1970."""


class Marks(Protocol):
    """For each key, the position of the newest event that took effect, and who works on it."""

    def claim(self, key: str, position: Position, lease: Lease) -> Claim:
        """Takes the lease if the position is newer than the mark and nothing is in the way.

        That is a newer position that is pending, or a lease of another owner. The position is
        pending from then on. The owner of a lease may claim it again.
        """

    def announce(self, key: str, position: Position) -> None:
        """Marks a position as pending that cannot be applied yet, unless a newer one is."""

    def extend(self, key: str, lease: Lease) -> bool:
        """False if the lease was lost."""

    def settle(
        self, key: str, position: Position, lease: Lease, expires_at: int | None = None
    ) -> bool:
        """Sets the mark, and gives up the lease.

        `expires_at` is the time when the mark may be deleted, in milliseconds since 1970. False
        if the lease was lost, and nothing was set; True also if the position was settled before.
        """

    def newest(self, key: str) -> Position | None:
        """The position of the newest event that took effect under the key."""

    def release(self, key: str, lease: Lease) -> None:
        """Gives up the lease, so that the next try need not wait for its end.

        The position is not pending any more: an event that failed must not keep older ones from
        taking effect.
        """
