"""Where a learner learns: what there is, and that nothing of the network stays behind."""

import pytest
import torch

from palaestra.errors import UsageError
from palaestra.policies.network.batch import Batch, Look, collate
from palaestra.policies.network.elements import Reader
from palaestra.policies.network.matching import Lens
from palaestra.policies.network.net import Net, Size
from palaestra.policies.network.tokens import Goal, Strings
from palaestra.selfplay.tuning import device
from palaestra.types import Node, Observation


def some() -> Batch:
    goal, strings = Goal("Set the memo to Rent, then press Save."), Strings()
    page = Node("document", children=(Node("textbox", "Memo", "a"), Node("button", "Save", "b")))
    screen = Reader(strings).read(Observation(goal.text, page, "", 9))
    matches = Lens(goal, strings).match(screen, ())
    return collate([goal], [Look(0, screen.lines, matches)], strings.table())


def test_cuda_is_taken_where_it_is() -> None:
    there = torch.cuda.is_available()
    assert device("cpu").type == "cpu"
    assert device("auto").type == ("cuda" if there else "cpu")
    if not there:
        with pytest.raises(UsageError, match="no CUDA"):
            device("cuda")


def test_all_of_the_network_moves_to_another_device() -> None:
    # "meta" computes nothing, but refuses to be added to what is somewhere else.
    far = torch.device("meta")
    net = Net(Size()).to(far)
    with torch.no_grad():
        for mode in (net.train(), net.eval()):
            reading = mode(some().to(far))
            assert reading.scores.device == net.device == far
            rows = torch.zeros(1, dtype=torch.int64, device=far)
            assert net.spans(reading, rows, rows).device == far
    with pytest.raises(RuntimeError, match="device"):
        net(some())
