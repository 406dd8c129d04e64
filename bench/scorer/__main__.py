"""How fast the scorers are on this machine: `python -m bench.scorer`, about ten minutes on two cores.

Each contender lives in a process of its own; every round asks all the same texts in turn, so that what else runs
on the machine is shared. Medians over the rounds; ratios are medians of the rounds' ratios.
"""

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.scorer.contenders import CONTENDERS, EAGER, prepare
from bench.scorer.seats import Round, Seat, in_its_own_process

_ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scorer", description=__doc__)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        in_its_own_process(prepare, folder)  # memory is counted from what the parent process took
        seats = {name: Seat(name, folder) for name in CONTENDERS}
        found: dict[str, list[Round]] = {name: [] for name in CONTENDERS}
        for seed in range(rounds):
            for name, seat in seats.items():
                found[name].append(seat.ask(seed))
        print(table(found, {name: seat.leave() for name, seat in seats.items()}))  # noqa: T201 - its purpose


def table(found: dict[str, list[Round]], left: dict[str, tuple[float, float]]) -> str:
    """One line a contender."""
    head = f"{'':32} {'one: p50':>9} {'p99 ms':>8} {'c/s':>7} {'32: c/s':>9} {'queue':>7} {'x one':>7} {'x 32':>7}"
    lines = [f"{head} {'ready s':>8} {'MB':>6}"]
    eager = found[EAGER]
    for name, rounds in found.items():
        every = sorted(second * 1000 for each in rounds for second in each.one)
        alone = statistics.median(len(each.one) / sum(each.one) for each in rounds)
        listed = statistics.median(each.listed for each in rounds)
        drained = statistics.median(each.drained for each in rounds)
        ready, memory = left[name]
        times = (_ratio(rounds, eager, one=True), _ratio(rounds, eager, one=False))
        p50, p99 = statistics.median(every), every[int(len(every) * 0.99)]
        lines.append(
            f"{name:32} {p50:9.2f} {p99:8.2f} {alone:7.0f} {listed:9.1f} {drained:7.1f} "
            f"{times[0]:7.1f} {times[1]:7.1f} {ready:8.2f} {memory:6.0f}"
        )
    return "\n".join(lines)


def _ratio(rounds: Sequence[Round], eager: Sequence[Round], *, one: bool) -> float:
    """To Detoxify's loop of single texts, or to its list of 32."""
    pairs = zip(rounds, eager, strict=True)
    return statistics.median(
        (sum(theirs.one) / sum(ours.one)) if one else (ours.listed / theirs.listed) for ours, theirs in pairs
    )


if __name__ == "__main__":
    main()
