"""Any page is an environment: spaces, seeds, limits, and a reward that no claim can earn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from gymnasium.utils.env_checker import check_env

from palaestra.browser.chromium import Chromium
from palaestra.browser.env import BrowserEnv
from palaestra.browser.episode import UNHEARD, Judgement
from palaestra.browser.tab import Tab
from palaestra.errors import UsageError
from palaestra.types import OPS

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><title>Baskets</title><h1></h1><button>Put it in</button>
<input aria-label="Note"><p></p>
<script>
const seed = Number(new URLSearchParams(location.search).get("seed"));
document.querySelector("h1").textContent = `Umbrella ${seed % 97}`;
let clicks = 0;
document.querySelector("button").onclick = () => {
  clicks += 1;
  document.querySelector("p").textContent = `${clicks} in the basket`;
};
</script>"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    page = tmp_path_factory.mktemp("page") / "basket.html"
    page.write_text(PAGE, encoding="utf-8")
    return page.as_uri()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with Chromium.launch() as launched:
        yield launched


def clicks(tab: Tab) -> Judgement:
    told = tab.call("Runtime.evaluate", {"expression": "clicks", "returnByValue": True})
    done = told["result"]["value"]
    return Judgement(done / 2, done >= 2)


def make(url: str, chromium: Chromium, **settings: Any) -> BrowserEnv:
    def start(tab: Tab, seed: int) -> str:
        tab.goto(f"{url}?seed={seed}")
        return "Put two umbrellas in"

    return BrowserEnv(url, reset=start, reward=clicks, chromium=chromium, **settings)


def act(op: str, element: int = 0, text: str = "") -> dict[str, Any]:
    return {"op": OPS.index(op), "element": element, "text": text}


def test_it_keeps_gymnasiums_rules(url: str, chromium: Chromium):
    env = make(url, chromium, max_steps=4)
    check_env(env, skip_render_check=True)
    env.close()


def test_the_page_says_what_an_attempt_is_worth_and_when_it_is_over(url: str, chromium: Chromium):
    env = make(url, chromium)
    seen, info = env.reset(seed=3)
    assert seen["goal"] == "Put two umbrellas in"
    assert info["title"] == "Baskets"
    assert "[0] button Put it in" in seen["screen"]
    _, reward, over, cut, _ = env.step(act("click"))
    assert (reward, over, cut) == (0.5, False, False)
    seen, reward, over, cut, info = env.step(act("click"))
    assert (reward, over, cut, info["ended"]) == (0.5, True, False, "page")
    assert "2 in the basket" in seen["screen"]


def test_what_the_agent_claims_earns_nothing_and_ends_nothing(url: str, chromium: Chromium):
    env = make(url, chromium, max_steps=3)
    env.reset(seed=3)
    for op in ("done", "answer"):
        seen, reward, over, cut, _ = env.step(act(op, text="I did it"))
        assert (reward, over, cut, seen["feedback"]) == (0.0, False, False, UNHEARD)
    _, reward, over, cut, info = env.step(act("ask"))
    assert (reward, over, cut, info["ended"]) == (0.0, False, True, "steps")


def test_a_seed_decides_the_episodes(url: str, chromium: Chromium):
    env = make(url, chromium)
    screens = [env.reset(seed=5)[0]["screen"], env.reset()[0]["screen"]]
    assert screens == [env.reset(seed=5)[0]["screen"], env.reset()[0]["screen"]]
    assert screens[0] != screens[1]


def test_an_episode_is_cut_where_its_time_is_over(url: str, chromium: Chromium):
    env = make(url, chromium, max_seconds=1e-6)
    env.reset(seed=3)
    _, _, over, cut, info = env.step(act("click"))
    assert (over, cut, info["ended"]) == (False, True, "seconds")


def test_a_page_that_is_lost_is_not_scored(url: str, chromium: Chromium):
    env = make(url, chromium)
    env.reset(seed=3)
    env.episode.tab.close()
    seen, reward, over, cut, info = env.step(act("click"))
    assert (reward, over, cut) == (0.0, False, True)
    assert info["unscored"]
    assert seen in env.observation_space
    assert env.reset(seed=3)[0]["goal"]


def test_without_callables_the_page_is_loaded_and_worth_nothing(url: str, chromium: Chromium):
    env = BrowserEnv(url, goal="Look around", chromium=chromium, render_mode="ansi", max_steps=1)
    seen, _ = env.reset()
    assert seen["goal"] == "Look around"
    assert "heading Umbrella 0" in (env.render() or "")
    assert env.step(act("fill", 1, "dry"))[1:4] == (0.0, False, True)
    assert env.episode.past[0][:3] == ("fill", "Note", "dry")


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ({"render_mode": "human"}, "no render mode"),
        ({"max_steps": 0}, "at least one step"),
        ({"max_seconds": 0.0}, "some time"),
    ],
)
def test_what_makes_no_sense_is_for_the_caller_to_mend(
    url: str, chromium: Chromium, settings: dict[str, Any], wrong: str
):
    with pytest.raises(UsageError, match=wrong):
        BrowserEnv(url, chromium=chromium, **settings)
