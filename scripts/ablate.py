"""Trains the recipe with one part left out at a time, all with the same compute, and tabulates.

    python scripts/ablate.py --budget 150s --n 150 --out runs/ablations

One training after another, so that each has the whole machine; what is finished is not done again.
The table is printed as Markdown, and kept as `table.md` beside the runs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

GYMS = ("accounting", "procedural")
SPLITS = ("goals", "exam", "skins")
VARIANTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "all of it": (GYMS, ()),
    "imitation only": (GYMS, ("imitate_rounds=1000000",)),
    "random proposer": (GYMS, ("proposer=random",)),
    "no curriculum": (GYMS, ("curriculum=no",)),
    "no search": (GYMS, ("search=no",)),
    "no policy gradient": (GYMS, ("gradient=0",)),
    "no auxiliary heads": (GYMS, ("auxiliary=no",)),
    "no procedural stream": (GYMS[:1], ()),
}
BASELINES = ("lexical", "random", "noop")


def palaestra(*words: str) -> None:
    """Runs a command of ours."""
    subprocess.run([sys.executable, "-m", "palaestra", *words], check=True)


def examined(model: str, out: Path, n: int) -> dict[str, str]:
    """Examines a model in both gyms; returns clean successes, and the bound, by gym and split."""
    if not list(out.glob("*.json")):
        palaestra("exam", model, "--gyms", *GYMS, "--split", *SPLITS, "--n", str(n),
                  "--out", str(out))  # fmt: skip
    found = {}
    for file in out.glob("*.json"):
        told = json.loads(file.read_text())
        score = told["score"]
        rate = score["successes"] / score["n"]
        found[f"{told['gym']} {told['split']}"] = f"{rate:.1%} (≥ {score['bound']:.1%})"
    return found


def main() -> None:
    """Trains, examines and tabulates."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--budget", default="150s", help="of each training")
    parser.add_argument("--goals", default="192", help="in a round")
    parser.add_argument("--n", type=int, default=150, help="tasks in each exam")
    parser.add_argument("--out", type=Path, default=Path("runs/ablations"))
    args = parser.parse_args()
    rows = {}
    for name, (gyms, changes) in VARIANTS.items():
        folder = args.out / name.replace(" ", "-")
        changes = (f"goals={args.goals}", "imitate_rounds=4", *changes)
        if not (folder / "model.safetensors").exists():
            palaestra("train", *gyms, "--budget", args.budget, "--exam", "0", "--out", str(folder),
                      *(word for change in changes for word in ("--set", change)))  # fmt: skip
        rows[name] = examined(str(folder), folder / "exams", args.n)
    for name in BASELINES:
        rows[name] = examined(name, args.out / name, args.n)
    columns = [f"{gym} {split}" for gym in GYMS for split in SPLITS]
    lines = [f"| recipe | {' | '.join(columns)} |", "|---" * (1 + len(columns)) + "|"]
    lines += [
        f"| {name} | {' | '.join(found.get(column, '') for column in columns)} |"
        for name, found in rows.items()
    ]
    (args.out / "table.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
