"""Averages models, each trained on from the one before, and sets the judge right again.

The mean of what a training began with and ended with can be better than either (Wortsman et al.
2022, "Model soups"). All stand in the lineage; one that is named twice counts twice.

    python scripts/average_models.py FIRST SECOND ... OUT
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
    parser = argparse.ArgumentParser(description="Averages models of one lineage.")
    parser.add_argument("first", help="what was begun with")
    parser.add_argument("later", nargs="+", help="what came of it, one after the other")
    parser.add_argument("out", type=Path, help="the file to write")
    args = parser.parse_args()
    files = [finder.weights(model) for model in (args.first, *args.later)]
    *before, mean = map(NetworkPolicy.load, files)
    if any(one.net.size != mean.net.size for one in before):
        parser.error("the networks are of different sizes")
    with torch.no_grad():
        for whole, *parts in zip(*(p.net.parameters() for p in (mean, *before)), strict=True):
            whole.copy_(torch.stack([whole, *parts]).mean(0))
    parents = [parent for one in (*before, mean) for parent in one.facts.get("parents", ())]
    hashes = (finder.fingerprint(str(file)) for file in files)
    mean.facts["parents"] = list(dict.fromkeys((*parents, *hashes)))
    torch.set_num_threads(1)
    calibrate(mean, mean.facts["gyms"], mean.facts["seed"], CALIBRATED_ON)
    args.out.write_bytes(mean.to_bytes())


if __name__ == "__main__":
    main()
