"""What every environment of ours does alike: modes of rendering, seeds, and when it may be used."""

import gymnasium as gym
import pytest

from palaestra.errors import UsageError
from palaestra.tasks.environment import Environment


class Once:
    ended = ""


class Plain(Environment[Once]):
    def reset(self, *, seed=None, options=None):
        self._reseed(seed)
        self._episode = Once()
        return {}, {"seed": self._draw()}

    def end(self) -> None:
        self._running().ended = "over"


def test_there_is_one_way_to_render():
    assert Plain(None, "ansi").render_mode == "ansi"
    with pytest.raises(UsageError, match="no render mode 'human'"):
        Plain(None, "human")


def test_a_seed_decides_this_episode_and_those_after_it():
    first, again, other = Plain(3, None), Plain(None, None), Plain(4, None)
    drawn = [first.reset()[1]["seed"], first.reset()[1]["seed"]]
    assert drawn == [again.reset(seed=3)[1]["seed"], again.reset()[1]["seed"]]
    assert drawn[0] != drawn[1]
    assert other.reset()[1]["seed"] != drawn[0]


def test_it_is_used_between_reset_and_the_end_only():
    env = Plain(0, None)
    with pytest.raises(gym.error.ResetNeeded, match="before anything else"):
        _ = env.episode
    env.reset()
    env.end()
    assert env.episode.ended == "over"
    with pytest.raises(gym.error.ResetNeeded, match="is over"):
        env.end()
