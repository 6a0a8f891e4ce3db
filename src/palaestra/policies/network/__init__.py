"""The network policy: how it reads goals and screens, and what it is made of."""

from palaestra.policies.network.policy import NetworkPolicy

__all__ = ["NetworkPolicy"]
