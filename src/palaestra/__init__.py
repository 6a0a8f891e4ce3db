"""Palaestra: simulated offices in which agents train by self-play until they can be trusted.

Importing the package is quick and does nothing; the parts are imported where they are used:
`palaestra.kit` to write an application, `palaestra.gyms` to find one, `palaestra.faces.tree` to act
in one, `palaestra.exams` to examine a policy.
"""

__version__ = "0.1.0"
