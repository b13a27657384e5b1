"""What requests cost, by the prices that genai-prices brings; nothing is looked up anywhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from summarizer.model.answer import Usage
from summarizer.model.provider import ModelName

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of one model, in dollars.

    Attributes:
        model, where: the model, and its provider by name or by address, as genai-prices is asked for them.
        limit: the request parameter that caps the tokens of an answer.
    """

    model: str
    where: dict[str, str]
    limit: str

    @classmethod
    def of(cls, name: ModelName) -> Tariff | None:
        """The tariff of a model; None where no price is known: of one that runs here, or that nobody lists.

        Who is asked is told by the name of the provider, and where that is unknown, by the address.
        """
        for where in ({"provider_id": name.provider.name}, {"provider_api_url": name.address}):
            told = {key: value for key, value in where.items() if value}
            tariff = cls(name.model, told, name.provider.limit)
            if told and not name.embedded and tariff._known():
                return tariff
        return None

    def cost(self, used: Usage) -> float | None:
        """What a request cost; None where its tokens are not told."""
        if used.prompt_tokens is None or used.completion_tokens is None:
            return None
        cached = min(used.cached_tokens or 0, used.prompt_tokens)
        return self._price(used.prompt_tokens, used.completion_tokens, cached)

    def most(self, body: dict[str, Any]) -> float:
        """The most that a request can cost: no token is shorter than a byte, and no answer longer than its limit."""
        return self._price(len(json.dumps(body).encode()), int(body[self.limit]))

    def _price(self, read: int, written: int, cached: int = 0) -> float:
        import genai_prices

        usage = genai_prices.Usage(input_tokens=read, output_tokens=written, cache_read_tokens=cached)
        return float(genai_prices.calc_price(usage, self.model, **self.where).total_price)  # type: ignore[call-overload]

    def _known(self) -> bool:
        try:
            self._price(1, 1)
        except LookupError:
            return False
        return True
