"""Trained models that ship with the package: where they come from, and what may be claimed of them.

A model stands in `models/NAME/`: its weights, its card, and its certificates. Nothing is trained or
examined here; `palaestra.policies.finder` loads a model by its name.
"""
