"""What people write to the office: letters in several layouts, with what has to be read from them.

They are text and nothing more; what follows from one is said in `enquiries.py`.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from palaestra.gyms.crm.office import TOLD

LETTERS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(texts) for kind, texts in TOLD["letters"].items()
}


def letter(kind: str, rng: random.Random, **said: str) -> tuple[str, str]:
    """Writes a letter.

    Args:
        kind: "trouble", "interest" or "junk".
        rng: Decides the layout.
        said: What the letter tells, by the slots of its kind.

    Returns:
        Its name and its text of several lines.
    """
    text = rng.choice(LETTERS[kind]).strip().format(**said)
    return f"mail-{rng.randint(1000, 9999)}.txt", text
