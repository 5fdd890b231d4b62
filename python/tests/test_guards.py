"""`in_order` and `keep_newest`, beyond what the suites for both languages test."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from labelrelay import (
    SKIP,
    AnyEvent,
    Context,
    Lease,
    Position,
    Result,
    RetryLater,
    Wait,
    hold_back,
    in_order,
    keep_newest,
)
from labelrelay.testing import MemoryMarks, MemoryValues, build_event


def at(second: int, topic: str = "label.updated", **others: Any) -> AnyEvent:
    return build_event(topic, subject="label/1", time=f"2026-01-01T00:00:0{second}Z", **others)


KEY = "/labelbox/label/1"


def returning(value: Result[int]) -> Callable[[Context[Any]], Result[int]]:
    return lambda _context: value


def nothing(_context: Context[Any]) -> None:
    """A handler without effect."""


class TestInOrder:
    def test_an_older_event_is_stale_and_the_same_is_a_duplicate(self) -> None:
        guard = in_order(MemoryMarks())
        newer = at(2)
        assert [guard(each, nothing) for each in (newer, at(1), newer, at(3))] == [
            "done",
            "stale",
            "duplicate",
            "done",
        ]

    def test_an_event_that_failed_runs_again(self) -> None:
        guard = in_order(MemoryMarks())
        event = at(1)

        def fail(_context: Context[Any]) -> None:
            raise OSError("down")

        with pytest.raises(OSError, match="down"):
            guard(event, fail)
        assert guard(event, nothing) == "done"

    def test_an_event_waits_while_another_worker_has_the_lease(self) -> None:
        marks = MemoryMarks()
        other = Position("2026-01-01T00:00:01.000000Z-1", "a")
        marks.claim(KEY, other, Lease("other", 2**60))
        with pytest.raises(Wait, match="expected no other worker"):
            in_order(marks, wait_ms=0)(at(2), nothing)
        assert in_order(marks, wait_ms=0)(at(0), nothing) == "stale"

    def test_a_handler_whose_lease_is_lost_is_told_and_its_event_is_not_done(self) -> None:
        clock = [0]
        marks = MemoryMarks(now=lambda: clock[0])
        guard = in_order(marks, lease_ms=60_000, now=lambda: clock[0])

        def stall(context: Context[Any]) -> None:
            context.check()
            clock[0] = 60_000
            assert (
                marks.claim(KEY, Position("3", "a"), Lease("other", 120_000)).outcome == "claimed"
            )
            context.check()

        with pytest.raises(RetryLater, match="its end before it was extended"):
            guard(at(1), stall)

        def stall_unawares(_context: Context[Any]) -> None:
            marks.claim("/labelbox/label/2", Position("3", "a"), Lease("third", clock[0]))
            clock[0] += 60_000
            marks.claim("/labelbox/label/2", Position("3", "a"), Lease("third", 2**60))

        with pytest.raises(RetryLater, match="got another worker on it"):
            guard(build_event("label.updated", subject="label/2", time=at(1).time), stall_unawares)

    def test_a_lease_is_extended_while_the_handler_runs(self) -> None:
        marks = MemoryMarks()
        lasted = threading.Event()

        def last(context: Context[Any]) -> None:
            assert not lasted.wait(0.5)
            context.check()

        assert in_order(marks, lease_ms=150)(at(1), last) == "done"

    def test_each_event_takes_effect_and_replay_repeats_them(self) -> None:
        seen: list[str] = []
        marks = MemoryMarks()
        newer, older = at(2), at(1)

        def show(event: AnyEvent) -> Callable[[Context[Any]], None]:
            return lambda _context: seen.append(event.time[17:19])

        each = in_order(marks, effect="each")
        assert [each(e, show(e)) for e in (newer, older, newer)] == ["done", "done", "duplicate"]
        assert in_order(marks, effect="each", replay=True)(newer, show(newer)) == "done"
        assert seen == ["02", "01", "02"]

    def test_an_event_without_order_takes_effect_once(self) -> None:
        guard = in_order(MemoryMarks())
        event = build_event("training.requested")
        assert [guard(event, nothing), guard(event, nothing)] == ["done", "duplicate"]


class TestHoldBack:
    def test_an_event_waits_for_another_subject_and_goes_on_alone_in_the_end(self) -> None:
        clock = [0]
        marks = MemoryMarks(now=lambda: clock[0])
        guard = hold_back(
            marks,
            guard=in_order(marks, now=lambda: clock[0]),
            subject_before=lambda event: "label/1" if event.topic == "review.created" else None,
            now=lambda: clock[0],
        )
        started = "1970-01-01T00:00:00Z"
        review = build_event("review.created", subject="review/1", time=started)
        with pytest.raises(Wait, match="expected label/1 before") as raised:
            guard(review, nothing)
        assert raised.value.at_most == 900
        clock[0] = 899_001
        with pytest.raises(Wait) as raised:
            guard(review, nothing)
        assert raised.value.at_most == 1
        clock[0] = 900_000
        assert guard(review, nothing) == "done"

    def test_a_label_that_was_deleted_in_an_earlier_life_does_not_count(self) -> None:
        marks = MemoryMarks()
        guard = hold_back(
            marks,
            guard=in_order(marks),
            subject_before=lambda event: "label/1" if event.topic == "review.created" else None,
            now=lambda: 0,
        )

        def life(second: int, version: str) -> str:
            return f"2026-01-01T00:00:0{second}.000000Z/{version}"

        gone = life(2, "9999-12-31T23:59:59.999999Z-2")
        guard(build_event("label.deleted", subject="label/1", sequence=gone), nothing)
        version = "2026-01-01T00:00:05.000000Z-0"
        late, new = (
            build_event("review.created", subject=f"review/{n}", sequence=life(n, version))
            for n in (1, 3)
        )
        assert guard(late, nothing) == "done"
        with pytest.raises(Wait):
            guard(new, nothing)
        label = build_event("label.created", subject="label/1", sequence=life(3, version))
        guard(label, nothing)
        assert guard(new, nothing) == "done"


class TestKeepNewest:
    def test_a_handler_is_told_what_changed_and_what_was_before(self) -> None:
        values: MemoryValues[int] = MemoryValues()
        guard = keep_newest(values)
        told: list[tuple[object, object]] = []

        def keep(event: AnyEvent, value: int | None) -> str:
            def handle(context: Context[Any]) -> int | None:
                told.append((context.change, context.before))
                return value

            return guard(event, handle)

        assert keep(at(1, "label.created"), 1) == "done"
        assert keep(at(3), 3) == "done"
        assert keep(at(2), 2) == "stale"
        assert keep(at(4, "label.deleted"), None) == "done"
        assert list(values.all()) == []
        assert keep(at(5), 5) == "done"
        assert told == [("new", None), ("changed", 1), ("gone", 3), ("new", None)]
        assert list(values.all()) == [(KEY, 5)]

    def test_the_same_event_is_a_duplicate_and_its_handler_does_not_run(self) -> None:
        guard = keep_newest(MemoryValues[int]())
        event = at(1)
        assert guard(event, returning(1)) == "done"
        assert guard(event, lambda _context: pytest.fail("it ran")) == "duplicate"

    def test_what_is_skipped_is_not_stored(self) -> None:
        values: MemoryValues[int] = MemoryValues()
        guard = keep_newest(values)
        guard(at(1), returning(1))
        assert guard(at(2), returning(SKIP)) == "done"
        assert list(values.all()) == [(KEY, 1)]

    def test_a_value_that_is_no_json_is_refused_in_memory_too(self) -> None:
        values: MemoryValues[Any] = MemoryValues()
        guard = keep_newest(values)
        assert guard(at(1), lambda _context: {1: (2, 3)}) == "done"
        assert list(values.all()) == [(KEY, {"1": [2, 3]})]
        with pytest.raises(TypeError, match="not JSON serializable"):
            guard(at(2), lambda _context: {1, 2})
        with pytest.raises(ValueError, match="not JSON compliant"):
            guard(at(2), lambda _context: float("nan"))

    def test_an_event_without_a_subject_keeps_nothing(self) -> None:
        values: MemoryValues[int] = MemoryValues()
        assert keep_newest(values)(build_event("label.updated"), returning(1)) == "done"
        assert list(values.all()) == []

    def test_an_event_without_order_is_kept_where_nothing_ordered_is(self) -> None:
        values: MemoryValues[int] = MemoryValues()
        guard = keep_newest(values)
        unordered = build_event("label.updated", subject="label/1", sequence=None)
        assert guard(unordered, returning(0)) == "done"
        assert guard(at(1), returning(1)) == "done"
        assert guard(unordered, returning(2)) == "stale"
        assert list(values.all()) == [(KEY, 1)]

    def test_a_value_is_made_anew_if_another_worker_wrote_in_between(self) -> None:
        values: MemoryValues[int] = MemoryValues()
        guard = keep_newest(values)
        befores: list[object] = []

        def add(context: Context[Any]) -> int:
            if not befores:
                values.put_if_newer(KEY, Position("1", "a"), 5, over=None)
            befores.append(context.before)
            return int(context.before or 0) + 1

        assert guard(at(1), add) == "done"
        assert befores == [None, 5]
        assert list(values.all()) == [(KEY, 6)]

    def test_after_a_few_rounds_the_event_waits(self) -> None:
        values: MemoryValues[int] = MemoryValues()
        rounds: list[int] = []

        def collide(_context: Context[Any]) -> int:
            stored = values.newest(KEY)
            rounds.append(1)
            over = stored.position if stored else None
            assert values.put_if_newer(KEY, Position(f"1.{len(rounds)}", "a"), 0, over=over)
            return 1

        with pytest.raises(Wait):
            keep_newest(values)(at(1), collide)
        assert len(rounds) == 5

    def test_events_of_one_subject_run_one_after_the_other(self) -> None:
        values: MemoryValues[int] = MemoryValues()
        guard = keep_newest(values)
        runs: list[int] = []

        def count(context: Context[Any]) -> int:
            runs.append(1)
            return int(context.before or 0) + 1

        threads = [threading.Thread(target=guard, args=(at(second), count)) for second in range(9)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        stored = values.newest(KEY)
        # Without turns, some would have run again.
        assert stored is not None
        assert stored.value == len(runs)
