"""The training run: one process that learns, others that draw, a line a minute in the log, weights kept as it goes."""

from __future__ import annotations

import copy
import json
import math
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from app.formula.training import checkpoint
from app.formula.training.crew import Crew
from app.formula.training.dataset import Batch
from app.formula.training.evaluate import score_layouts, score_pictures
from app.formula.training.model import Config, Recogniser
from app.formula.training.worker import Feeder, Feeding

PEAK_RATE: Final = 1.3e-3
LEAST_RATE: Final = 0.02
"""Share of the peak at the end."""
WARM_UP: Final = 300
"""Steps."""
WEIGHT_DECAY: Final = 0.03
LONGEST_STEP: Final = 1.0
"""Norm of the gradient above which it is shortened."""
AVERAGING: Final = 0.998
AVERAGING_START: Final = 20
"""The average forgets its first steps sooner: at step n its inertia is n / (n + this)."""
LOG_EVERY: Final = 60.0
"""Seconds."""
SAVE_EVERY: Final = 240.0
EVALUATE_EVERY: Final = 600.0
STATISTICS_BATCHES: Final = 100
"""Over which the statistics of the normalisations are measured at the end."""
HELD_OUT_PICTURES: Final = 200
VALIDATION_PICTURES: Final = 60


@dataclass(frozen=True)
class Plan:
    """What to train, on what, for how long."""

    feeding: Feeding
    out: Path
    vocabulary: tuple[str, ...]
    minutes: float
    workers: int = 1
    rate: float = PEAK_RATE
    resume: Path | None = None
    """Weights to start from: a checkpoint or a folder with the shipped model."""
    held_out: Path | None = None
    validation: Path | None = None
    learners: int = 1
    """Threads that learn, each from a batch of its own."""
    progress: float = 0.0
    """Where the curriculum starts, 0 to 1; a run that goes on from good weights need not start with short formulas."""
    until: float = 1.0
    """Where the curriculum ends, 0 to 1; a run too short for long formulas had better learn the short ones well."""


@dataclass
class Meter:
    """What happened since the last line of the log."""

    since: float = field(default_factory=time.monotonic)
    pictures: int = 0
    waited: float = 0.0
    parts: list[Tensor] = field(default_factory=list)

    def line(self) -> dict[str, float]:
        """Return rates and mean losses."""
        seconds = time.monotonic() - self.since
        token, glyph, look = torch.stack(self.parts).mean(0).tolist()
        return {
            "rate": round(self.pictures / seconds, 1),
            "waiting": round(self.waited / seconds, 3),
            "token": round(token, 4),
            "glyph": round(glyph, 4),
            "look": round(look, 4),
        }


class Trainer:
    """One training run; `run` takes it to its end, from where a killed one stopped if its files are there."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        torch.manual_seed(plan.feeding.seed)
        self.model = Recogniser(Config(vocabulary=len(plan.vocabulary)))
        if plan.resume is not None:
            checkpoint.restore(self.model, checkpoint.weights_of(plan.resume))
        self.model = self.model.to(memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.model)
        self.optimiser = _optimiser(self.model, plan.rate)
        self.step = self.pictures = 0
        self.minutes = 0.0
        """Spent before this process."""
        if self.state_file.is_file():
            self._take_up(torch.load(self.state_file, weights_only=True))
        self.begin = time.monotonic()
        self.meter = Meter()
        self.crew = Crew(self.model, plan.learners)
        self.recent: deque[Batch] = deque(maxlen=STATISTICS_BATCHES)

    @property
    def state_file(self) -> Path:
        """Everything that an interrupted run needs to go on."""
        return self.plan.out / "optimiser.pt"

    @property
    def elapsed(self) -> float:
        """Return the minutes of training so far, those before an interruption included."""
        return self.minutes + (time.monotonic() - self.begin) / 60

    @property
    def done(self) -> float:
        """Return the share of the time that is over."""
        return min(1.0, self.elapsed / self.plan.minutes)

    def run(self) -> None:
        """Train until the time is over; then save and evaluate. A run that is told to end saves first."""
        feeder = Feeder(self.plan.feeding, self.plan.workers)
        saved = evaluated = time.monotonic()
        try:
            while self.done < 1:
                feeder.progress.value = self.plan.progress + (self.plan.until - self.plan.progress) * self.done
                self._learn(feeder)
                now = time.monotonic()
                if now - self.meter.since > LOG_EVERY:
                    self._log(self.meter.line())
                    self.meter = Meter()
                if now - saved > SAVE_EVERY:
                    self._save()
                    saved = now
                if now - evaluated > EVALUATE_EVERY:
                    self._evaluate()
                    evaluated = now
        except (KeyboardInterrupt, SystemExit):
            self._save()
            raise
        finally:
            feeder.stop()
        settle(self.average, self.recent)
        self._save()
        self._evaluate()

    def _learn(self, feeder: Feeder) -> None:
        """Take one step, on a batch for each learner."""
        asked = time.monotonic()
        batches = [feeder.next() for _ in range(self.plan.learners)]
        self.recent.extend(batches)
        self.meter.waited += time.monotonic() - asked
        self.meter.parts.append(self.crew.learn(batches, feeder.progress.value))
        rate = learning_rate(self.plan.rate, self.step, self.done)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), LONGEST_STEP)
        self.optimiser.step()
        pictures = sum(len(batch.image) for batch in batches)
        self.step += 1
        self.pictures += pictures
        self.meter.pictures += pictures
        self._update_average()

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def _update_average(self) -> None:
        """Move the averaged weights towards the weights; running statistics are taken over."""
        inertia = min(AVERAGING, self.step / (self.step + AVERAGING_START))
        torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - inertia)
        for mean, current in zip(self.average.buffers(), self.model.buffers(), strict=True):
            mean.copy_(current)

    def _save(self) -> None:
        facts = {"step": self.step, "pictures": self.pictures, "minutes": self.elapsed, "seed": self.plan.feeding.seed}
        checkpoint.save(self.plan.out / "latest.pt", self.average, facts)
        state = {"model": self.model.state_dict(), "average": self.average.state_dict()}
        checkpoint.save_atomic(self.state_file, {**facts, **state, "optimiser": self.optimiser.state_dict()})

    def _take_up(self, state: dict[str, Any]) -> None:
        """Go on where an interrupted run stopped."""
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.pictures, self.minutes = state["step"], state["pictures"], state["minutes"]

    def _evaluate(self) -> None:
        """Write figures of the averaged weights into the log."""
        self.average.eval()
        if self.plan.held_out is not None:
            scores = score_layouts(self.average, self.plan.held_out, HELD_OUT_PICTURES)
            self._log({"held_out": {name: asdict(figures) for name, figures in scores.items()}})
        if self.plan.validation is not None:
            figures = score_pictures(self.average, self.plan.validation, self.plan.vocabulary, VALIDATION_PICTURES)
            self._log({"validation": asdict(figures)})

    def _log(self, facts: dict[str, Any]) -> None:
        """Append a line to the log and print it."""
        rate = learning_rate(self.plan.rate, self.step, self.done)
        place = {"minutes": round(self.elapsed, 1), "step": self.step, "pictures": self.pictures, "lr": round(rate, 6)}
        line = json.dumps({**place, **facts})
        self.plan.out.mkdir(parents=True, exist_ok=True)
        with (self.plan.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        print(line, flush=True)


@torch.no_grad()  # type: ignore[untyped-decorator]
def settle(model: Recogniser, batches: Iterable[Batch]) -> None:
    """Measure the means and variances of `model`'s normalisations anew, over all of `batches`.

    Averaged weights need statistics of their own (Izmailov et al., "Averaging weights leads to wider optima", 2018),
    and the running ones are those of the last few batches, each of pictures of one size.
    """
    norms = [module for module in model.modules() if isinstance(module, nn.BatchNorm2d)]
    usual = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    model.encoder.train()
    for batch in batches:
        model.encoder(torch.from_numpy(batch.image), torch.from_numpy(batch.mask))
    for norm, momentum in zip(norms, usual, strict=True):
        norm.momentum = momentum


def learning_rate(peak: float, step: int, done: float) -> float:
    """Return the rate at `step`, with `done` (0 to 1) of the time over: a warm-up, then half a cosine."""
    return peak * min(1.0, (step + 1) / WARM_UP) * max(LEAST_RATE, (1 + math.cos(math.pi * done)) / 2)


def _optimiser(model: Recogniser, rate: float) -> torch.optim.Optimizer:
    """Return AdamW that decays matrices only."""
    matrices = [parameter for parameter in model.parameters() if parameter.ndim > 1]
    rest = [parameter for parameter in model.parameters() if parameter.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": rest, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)
