"""What makes real pages hard: each hazard is met, told, and worked around or left to the agent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from palaestra.browser import Chromium
from palaestra.errors import PageLost
from palaestra.types import Action
from tests.browser.driver import Driver
from tests.browser.site import Site

pytestmark = pytest.mark.browser
Visit = Callable[[str], Driver]


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("Late", "Late content"),
        ("Fetched", "after a while"),
        ("Chained", "End of the chain"),
        ("Busy", "No longer busy"),
    ],
)
def test_late_content_is_waited_for(visit: Visit, button: str, said: str):
    page = visit("hazards.html")
    assert said in page("click", button)


def test_what_moves_is_clicked_where_it_comes_to_stand(visit: Visit):
    page = visit("hazards.html")
    page.run("by('count').classList.add('sliding')")
    assert page("click", "Count") == "Counted 1"


def test_an_overlay_is_told_and_not_clicked_through(visit: Visit):
    page = visit("hazards.html")
    page("click", "Cover up")
    assert page("click", "Count") == "Count is covered by 'Cookies and you'"
    assert page("fill", "Amount", "5") == "Amount is covered by 'Cookies and you'"
    assert page.run("counted") == 0
    page("click", "Accept")
    assert page("click", "Count") == "Counted 1"


def test_what_is_out_of_sight_is_scrolled_to(visit: Visit):
    page = visit("hazards.html")
    assert page("click", "Far") == "Far clicked"
    assert page("click", "Deep") == "Deep clicked"


def test_what_is_gone_is_told(visit: Visit):
    page = visit("hazards.html")
    count = page.node("Count")
    page("click", "Vanish")
    page.run("by('count').remove()")
    page.view = page.tab.act(Action("click", count.ref))
    assert page.view.feedback == "Count is no longer there"


def test_shadow_roots_are_worked_in(visit: Visit):
    page = visit("hazards.html")
    assert page("fill", "Inside", "three") == ""
    assert page("click", "Shade") == "Shade has three"


def test_a_confirmation_is_a_decision(visit: Visit):
    page = visit("hazards.html")
    page("click", "Confirm")
    assert page.view.dialog == "Delete everything?"
    page.view = page.tab.act(Action("click", "nowhere"))
    assert page.view.feedback == "A dialog is open: it is to be answered first"
    assert page("click", "Cancel") == "Kept"
    page("click", "Confirm")
    assert page("click", "OK") == "Deleted"
    assert page.view.dialog == ""


def test_other_dialogs(visit: Visit):
    page = visit("hazards.html")
    page("click", "Alert")
    assert [node.name for node in page.view.screen.walk() if node.ref] == ["OK"]
    assert page("click", "OK") == "Minded"
    page("click", "Prompt")
    assert page.node("What name?").value == "Nobody"
    page("fill", "What name?", "Somebody")
    assert page("click", "OK") == "Name: Somebody"
    page("click", "Twice")
    assert page.view.dialog == "First?"
    page("click", "OK")
    assert page.view.dialog == "Second?"
    assert page("click", "Cancel") == "true false"


def test_leaving_with_changes_is_a_decision(visit: Visit):
    page = visit("hazards.html")
    page("click", "Guard")
    page("click", "Next page")
    assert page.view.dialog.startswith("Leave this page?")
    assert page("click", "Cancel") == ""
    assert page.view.title == "Hazards"
    page("click", "Next page")
    page("click", "OK")
    assert page.view.title == "Second"


def test_a_new_tab_is_told(visit: Visit, chrome: Chromium):
    page = visit("hazards.html")
    for button in ("New tab", "Popup"):
        before = len(chrome.tabs)
        assert page("click", button) == "A new tab opened: Second"
        assert len(chrome.tabs) == before + 1
        (opened,) = page.tab.news.opened
        assert opened is chrome.tabs[-1]
        new = Driver(opened, opened.look())
        assert "Here it goes on." in new.texts()
        with pytest.raises(PageLost):
            new("click", "Close me")
        assert opened not in chrome.tabs


def test_links_are_followed_and_gone_back_from(visit: Visit):
    page = visit("hazards.html")
    assert page.back() == "There is no earlier screen to go back to"
    page("click", "Slow page")
    assert "after a while" in page.texts()
    assert page.back() == ""
    assert page.view.title == "Hazards"
    page("click", "Nothing")
    assert page.view.title == "Hazards"


def test_a_lost_session_is_told(visit: Visit):
    page = visit("hazards.html")
    assert page("click", "Session") == "The page now asks to sign in"
    assert page.view.title == "Sign in"
    page("fill", "Password", "guess")
    assert "guess" not in str(page.view)


def test_a_slow_order_is_placed_once(visit: Visit, site: Site):
    page = visit("hazards.html")
    before = len(site.orders)
    assert page("click", "Place order") == "Amount: Please fill out this field"
    page("fill", "Amount", "12.50")
    page("click", "Place order")
    assert site.orders[before:] == ["12.50"]
    assert f"Ordered {before + 1}" in page.texts()


def test_downloads_are_told_and_stay_in_their_folder(visit: Visit, folders: tuple[Path, Path]):
    page = visit("hazards.html")
    assert page("click", "Download") == "Downloaded report.txt"
    assert page("click", "Odd download") == "Downloaded report (2).txt"
    files = {path.name: path.read_text() for path in folders[1].iterdir()}
    assert files == {"report.txt": "the report", "report (2).txt": "the report"}
    assert page.view.title == "Hazards"


def test_uploads_come_from_their_folder_only(
    visit: Visit, folders: tuple[Path, Path], tmp_path: Path
):
    (folders[0] / "bill.txt").write_text("12.50")
    (folders[0] / "note.txt").write_text("hello")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (folders[0] / "link.txt").unlink(missing_ok=True)
    (folders[0] / "link.txt").symlink_to(secret)
    page = visit("upload.html")
    for outside in (str(secret), "../x.txt", "link.txt", "/etc/hostname"):
        assert "outside the folder for uploads" in page("fill", "Paper", outside)
    assert "There is no file 'none.txt'" in page("fill", "Paper", "none.txt")
    assert page("fill", "Paper", "bill.txt\nnote.txt") == "Paper takes a single file"
    assert page.run("document.getElementById('paper').files.length") == 0
    assert page("fill", "Paper", "bill.txt") == "paper: bill.txt: 12.50"
    assert page("fill", "Many", "bill.txt\nnote.txt") == "many: bill.txt, note.txt: 12.50 hello"
    page("click", "Paper")
    assert page.view.dialog == "Which file is to be uploaded?"
    page("fill", "Which file is to be uploaded?", str(secret))
    assert "outside" in page("click", "OK")
    page("fill", "Which file is to be uploaded?", "note.txt")
    assert page("click", "OK") == "paper: note.txt: hello"
    page("click", "Attach")
    page("fill", "Which file is to be uploaded?", "bill.txt")
    assert page("click", "OK") == "hidden: bill.txt: 12.50"
    page("click", "Paper")
    page("click", "Cancel")
    assert page.view.dialog == ""


def test_frames_of_any_origin_are_worked_in(visit: Visit):
    page = visit("frames.html")
    for where in ("near", "inner"):
        assert page("fill", f"Name in {where}", "Ann") == ""
        assert page("select", f"Size in {where}", "Large") == ""
        said = f"{where} sent Ann Large"
        told = page("click", f"Send {where}")
        assert said in (told, *page.texts())


def test_an_endless_list_goes_on(visit: Visit):
    page = visit("endless.html")
    assert "Item 10" not in page.texts()
    page("scroll", "Feed", "down")
    assert "Item 19" in page.texts()
    page("scroll", "Feed", "down")
    page("scroll", "Feed", "down")
    assert "Item 29" in page.texts()
    page("scroll", "Feed", "up")
    assert page.run("feed.scrollTop") == 0
    assert page("scroll", "Feed", "sideways") == "A list is scrolled down or up"


def test_a_crash_is_told(visit: Visit):
    page = visit("second.html")
    page.tab.send("Page.crash")
    with pytest.raises(PageLost):
        page.look()
