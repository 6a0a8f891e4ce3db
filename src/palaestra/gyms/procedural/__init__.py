"""An endless stream of applications from a seed: the gym that teaches reading instead of a map.

`generate(seed)` draws record types, fields, labels, actions, rules and locks. A skin is drawn by
whoever starts a Session, as for every other App.
"""

from palaestra.gyms.procedural.generator import generate

__all__ = ["generate"]
