"""Averages two models, the second trained on from the first, and sets the judge right again.

The mean of what a training began with and ended with can be better than either (Wortsman et al.
2022, "Model soups"). Both stand in the lineage.

    python scripts/average_models.py FIRST SECOND OUT
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from palaestra.policies import finder
from palaestra.policies.network import NetworkPolicy
from palaestra.selfplay.calibration import calibrate
from palaestra.selfplay.loop import CALIBRATED_ON


def main() -> None:
    parser = argparse.ArgumentParser(description="Averages two models of one lineage.")
    parser.add_argument("first", help="what was begun with")
    parser.add_argument("second", help="what came of it")
    parser.add_argument("out", type=Path, help="the file to write")
    args = parser.parse_args()
    files = [finder.weights(model) for model in (args.first, args.second)]
    first, second = map(NetworkPolicy.load, files)
    if first.net.size != second.net.size:
        parser.error("the two networks are of different sizes")
    with torch.no_grad():
        for one, other in zip(second.net.parameters(), first.net.parameters(), strict=True):
            one.lerp_(other, 0.5)
    known = (*first.facts.get("parents", ()), *second.facts.get("parents", ()))
    hashes = (finder.fingerprint(str(file)) for file in files)
    second.facts["parents"] = list(dict.fromkeys((*known, *hashes)))
    torch.set_num_threads(1)
    calibrate(second, second.facts["gyms"], second.facts["seed"], CALIBRATED_ON)
    args.out.write_bytes(second.to_bytes())


if __name__ == "__main__":
    main()
