"""`python -m app.formula.training`: everything from formulas to the files of the model."""

from __future__ import annotations

import click

from app.formula.training.collect import collect
from app.formula.training.commands import evaluate, export, hands, train
from app.formula.training.layouts import layouts
from app.formula.training.snips import snips


@click.group()
def main() -> None:
    """Make the model that reads formulas: collect, layouts, hands, snips, train, evaluate, export."""


for _command in (collect, layouts, hands, snips, train, evaluate, export):
    main.add_command(_command)

if __name__ == "__main__":
    main()
