"""Commands that take a shipped model are tested with the shelf that the registry's tests have."""

from tests.registry.conftest import models, training

__all__ = ["models", "training"]
