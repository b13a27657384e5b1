"""What a run has spent, and whether there is money for another request."""

from __future__ import annotations

import asyncio
from typing import Any

from summarizer.errors import BudgetError
from summarizer.model.answer import Usage
from summarizer.prices import Tariff


class Purse:
    """Of all tasks of one run, on one event loop.

    A request has the most that it can cost put aside before it is sent, so that what is spent cannot pass the budget,
    whatever is answered. What was put aside stays spent where no answer says that it was less.
    """

    def __init__(self, tariff: Tariff | None, budget: float | None = None, spent: float = 0.0) -> None:
        """
        Args:
            tariff: the model's; None where it is unknown, and then there is no budget.
            budget: dollars for the whole run; None where it may cost what it costs.
            spent: what it cost before.
        """
        self._tariff, self._budget, self.spent = tariff, budget, spent
        self._aside: dict[int, float] = {}
        self._number = 0
        self._changed = asyncio.Event()

    def most(self, body: dict[str, Any]) -> float | None:
        """The most that a request can cost, in dollars; None where no price is known."""
        return self._tariff.most(body) if self._tariff else None

    def put_aside(self, most: float | None) -> int | None:
        """Puts money aside for a request, which gets a number; None where it has to wait for others to be answered.

        Raises:
            BudgetError: there is nobody to wait for, and not enough left.
        """
        need = most or 0.0
        if self._budget is not None and self.spent + sum(self._aside.values()) + need > self._budget:
            if not self._aside:
                raise BudgetError(
                    f"The budget of ${self._budget:,.2f} has no room for another request: ${self.spent:,.4f} may be "
                    f"spent, and the next can cost ${need:,.4f}.",
                    tip="Go on with more: the same command with a higher --budget. What is done is kept.",
                )
            return None
        self._number += 1
        self._aside[self._number] = need
        return self._number

    async def changed(self) -> None:
        """Returns when a request is over, or the run is being stopped."""
        await self._changed.wait()

    def cost(self, status: int, used: Usage) -> float | None:
        """What an answer cost; None where that is not told. A failure costs nothing."""
        if status >= 400:
            return 0.0
        return self._tariff.cost(used) if self._tariff else None

    def over(self, number: int, cost: float | None = None) -> None:
        """Told of a request that is over, and what it cost; None where nobody says, so that it may be the most."""
        aside = self._aside.pop(number)
        self.spent += aside if cost is None else cost
        self.tell()

    def tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
