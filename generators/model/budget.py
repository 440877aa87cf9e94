"""What one file may cost: requests, tokens, money. Asked before a request is sent, told after its answer came.

Before sending, the worst case has to fit: the whole prompt and the longest answer that is asked for. So a ceiling is never
passed, whatever a service answers, unless its own count of tokens is higher than one for each byte.
"""

from __future__ import annotations

from dataclasses import dataclass

from content.model import Price, WriterSettings

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one answer. `counted` says that the service counted them; otherwise they are estimated."""

    prompt: int
    completion: int
    counted: bool = True


@dataclass(slots=True)
class Budget:
    """What is left. Requests count when they are sent, tokens when they are answered."""

    limits: WriterSettings
    price: Price | None
    requests: int = 0
    tokens: int = 0
    cost: float = 0.0

    def refuses(self, prompt_bytes: int, longest: int) -> str:
        """Why one more request would be too much, '' when it fits. A token is at least one byte."""
        if self.requests >= self.limits.max_requests:
            return f"the limit of {self.limits.max_requests} requests is reached"
        worst = Tokens(prompt_bytes, longest)
        if self.tokens + prompt_bytes + longest > self.limits.max_tokens:
            return f"the limit of {self.limits.max_tokens:,} tokens would be passed"
        if self.limits.max_cost is not None and self.cost + (cost_of(worst, self.price) or 0.0) > self.limits.max_cost:
            return f"the limit of {self.limits.max_cost:g} {self.limits.currency} would be passed"
        return ""

    def spend(self, tokens: Tokens) -> None:
        """Count an answer that was paid for."""
        self.tokens += tokens.prompt + tokens.completion
        self.cost += cost_of(tokens, self.price) or 0.0


def cost_of(tokens: Tokens, price: Price | None) -> float | None:
    """Prompt and completion at the price of a million tokens each; None without a price."""
    if price is None:
        return None
    return (tokens.prompt * price.input + tokens.completion * price.output) / _MILLION
