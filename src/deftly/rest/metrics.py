"""Numbers for operators, in the text form Prometheus reads.

Counting is plain additions on the call path; the exporter's types are made at the scrape.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from deftly.domain.run import Outcome

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Metric

_BOUNDS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number that is looked up when somebody asks."""

    name: str
    help: str
    value: Callable[[], float]


@dataclass(slots=True)
class Histogram:
    """Durations in buckets."""

    buckets: list[int] = field(default_factory=lambda: [0] * (len(_BOUNDS_S) + 1))
    sum_s: float = 0.0

    def observe(self, duration_s: float) -> None:
        """Count one duration."""
        self.buckets[bisect_left(_BOUNDS_S, duration_s)] += 1
        self.sum_s += duration_s

    def cumulative(self) -> list[tuple[str, float]]:
        """Return the buckets as Prometheus wants them: each holds all below it."""
        total = 0
        rows: list[tuple[str, float]] = []
        for bound, count in zip((*map(str, _BOUNDS_S), "+Inf"), self.buckets, strict=True):
            total += count
            rows.append((bound, total))
        return rows


class Metrics:
    """What has been counted since the process started."""

    def __init__(self) -> None:
        """Start at zero."""
        self.calls: Counter[tuple[str, str]] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.durations: dict[str, Histogram] = {}
        self.in_flight = 0
        self.loop_lag_s = 0.0
        self.gauges: list[Gauge] = []
        self._registry: CollectorRegistry | None = None

    def count(self, outcome: Outcome, kind: str, duration_s: float) -> None:
        """Count one answered call."""
        self.calls[outcome.status.value, kind] += 1
        if outcome.error is not None and outcome.error.code.startswith("blocked"):
            self.verdicts[outcome.error.code] += 1
        if kind not in self.durations:
            self.durations[kind] = Histogram()
        self.durations[kind].observe(duration_s)

    def exposition(self) -> bytes:
        """Return all numbers in the text form."""
        from prometheus_client import (  # noqa: PLC0415 - not needed to start
            CollectorRegistry,
            ProcessCollector,
            generate_latest,
        )

        if self._registry is None:
            self._registry = CollectorRegistry()
            self._registry.register(self)
            ProcessCollector(registry=self._registry)
        return generate_latest(self._registry)

    def collect(self) -> "Iterator[Metric]":
        """Yield the numbers in the exporter's types."""
        from prometheus_client.core import (  # noqa: PLC0415 - not needed to start
            CounterMetricFamily,
            GaugeMetricFamily,
            HistogramMetricFamily,
        )

        calls = CounterMetricFamily("deftly_calls", "Calls answered", labels=["status", "kind"])
        for (status, kind), count in sorted(self.calls.items()):
            calls.add_metric([status, kind], count)
        yield calls
        refusals = CounterMetricFamily(
            "deftly_guard_refusals", "Calls the guard refused", labels=["verdict"]
        )
        for verdict, count in sorted(self.verdicts.items()):
            refusals.add_metric([verdict], count)
        yield refusals
        durations = HistogramMetricFamily(
            "deftly_call_duration_seconds", "From the request to the answer", labels=["kind"]
        )
        for kind, histogram in sorted(self.durations.items()):
            durations.add_metric([kind], histogram.cumulative(), histogram.sum_s)
        yield durations
        for gauge in (
            Gauge("deftly_calls_in_flight", "Calls under way", lambda: self.in_flight),
            Gauge("deftly_loop_lag_seconds", "Latest delay of the loop", lambda: self.loop_lag_s),
            *self.gauges,
        ):
            yield GaugeMetricFamily(gauge.name, gauge.help, value=gauge.value())
