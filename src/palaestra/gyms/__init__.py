"""Where applications are found: one folder per gym, never registered by hand.

A folder `gyms/NAME/` whose `__init__` has an `app` is a gym. A folder with a function `generate`
(seed to App) is a family of applications: "NAME:SEED" is one of them.

Gyms of one's own may lie anywhere: the folders named in the environment variable `PALAESTRA_GYMS`
(divided by colons, on Windows by semicolons) are looked through as well.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from functools import lru_cache
from types import ModuleType

from palaestra.errors import GymError, UsageError
from palaestra.kit.app import App

__path__ = [*__path__, *filter(None, os.environ.get("PALAESTRA_GYMS", "").split(os.pathsep))]


def names() -> list[str]:
    """Returns the gyms there are, families included, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)


def is_family(name: str) -> bool:
    """Says whether a gym is an endless family of applications."""
    return hasattr(_module(name), "generate")


@lru_cache(maxsize=256)
def find(name: str) -> App:
    """Returns an application by name; of a family, "NAME:SEED".

    Raises:
        UsageError: If there is no such gym, or the seed is missing or wrong.
        GymError: If the gym's own code does not work.
    """
    family, colon, seed = name.partition(":")
    module = _module(family)
    if hasattr(module, "generate"):
        if not seed.isdecimal():
            raise UsageError(
                f"{family} is a family of applications; ask for {family}:SEED, as {family}:7"
            )
        app = module.generate(int(seed))
    elif colon:
        raise UsageError(f"{family} is one application and takes no seed after a colon")
    else:
        app = getattr(module, "app", None)
    if not isinstance(app, App):
        raise GymError(
            f"palaestra.gyms.{family} defines no App named 'app' and no function 'generate'"
        )
    return app


def _module(name: str) -> ModuleType:
    if name not in names():
        raise UsageError(f"There is no gym {name!r}; there are: {', '.join(names())}")
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except GymError:
        raise
    except Exception as bug:
        raise GymError(f"The gym {name} cannot be imported: {bug!r}") from bug
