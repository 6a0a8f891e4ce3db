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
import re
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from palaestra.errors import GymError, PalaestraError, UsageError
from palaestra.kit.app import App

__path__ = [*__path__, *filter(None, os.environ.get("PALAESTRA_GYMS", "").split(os.pathsep))]

SEED = re.compile(r"0|[1-9]\d{0,18}", re.ASCII)
"""How the seed of a family's application is written, so that each has one name."""


def names() -> list[str]:
    """Returns the gyms there are, families included, in alphabetical order.

    Raises:
        UsageError: If PALAESTRA_GYMS names something that gyms cannot lie in.
    """
    for folder in map(Path, __path__[1:]):
        if not folder.is_dir() or (folder / "__init__.py").exists():
            raise UsageError(
                f"PALAESTRA_GYMS must name the folder that gyms lie in, one folder each; {folder} "
                f"is {'a gym or package itself' if folder.is_dir() else 'no folder'}"
            )
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
    if not isinstance(name, str):
        raise UsageError(f"A gym is asked for by its name; got {name!r}")
    family, colon, seed = name.partition(":")
    module = _module(family)
    if hasattr(module, "generate"):
        if not SEED.fullmatch(seed):
            raise UsageError(
                f"{family} is a family of applications; ask for {family}:SEED, as {family}:7"
            )
        try:
            app = module.generate(int(seed))
        except PalaestraError:
            raise
        except Exception as bug:
            raise GymError(f"The gym {name} cannot be generated: {bug!r}") from bug
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
        raise UsageError(f"There is no gym {name[:80]!r}; there are: {', '.join(names())}")
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except GymError:
        raise
    except (Exception, SystemExit) as bug:
        raise GymError(f"The gym {name} cannot be imported: {bug!r}") from bug
