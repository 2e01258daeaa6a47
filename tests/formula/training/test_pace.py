from __future__ import annotations

from app.formula.training.pace import KEPT_STEPS, TRIED_STEPS, Pace


def test_the_fastest_number_of_threads_learns_most_of_the_time() -> None:
    # GIVEN a machine on which one thread is faster, until another program ends
    now, used = [0.0], list[int]()
    cost = {1: 1.0, 2: 2.0}
    pace = Pace((2, 1), used.append, lambda: now[0])

    def learn(steps: int) -> list[int]:
        taken = []
        for _ in range(steps):
            pace.begin()
            now[0] += cost[pace.threads]
            taken.append(pace.threads)
            pace.end(1000)
        return taken

    # WHEN it learns THEN both are tried and one thread goes on
    taken = learn(200)
    assert taken[:TRIED_STEPS] == [2] * TRIED_STEPS
    assert taken[2 * TRIED_STEPS : 2 * TRIED_STEPS + KEPT_STEPS] == [1] * KEPT_STEPS
    assert used[0] == 2
    # WHEN two threads become faster THEN they take over
    cost[2] = 0.5
    learn(100)
    assert learn(200).count(2) > 150


def test_one_choice_needs_no_trials() -> None:
    used: list[int] = []
    pace = Pace((1,), used.append)
    for _ in range(50):
        pace.begin()
        pace.end(10)
    assert used == [1]
