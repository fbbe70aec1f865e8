"""The guarded proxy: what programs in the shell sandbox reach the network through."""

from deftly.egress.proxy.pacing import LIMIT_BYTES, Traffic
from deftly.egress.proxy.serving import MAX_CONNECTIONS, EgressProxy

__all__ = ["LIMIT_BYTES", "MAX_CONNECTIONS", "EgressProxy", "Traffic"]
