"""An agent on a page of your own, checked by your own records, and killed without harm.

    python examples/own_page.py [--model NAME] [--folder FOLDER]

Two steps of a Workflow: an entry in a form, which must not be made twice, and a check. `done` looks
into the records whether the entry is there if an earlier run was killed while it was made.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl

from palaestra import Agent, Workflow

FORM = """<h1>New member</h1><form method="post"><label>Name <input name="name"></label>
<label>Email <input name="email"></label><button>Save</button></form>"""
GOAL = 'Create a new member with name "Mary Boyd" and email mary@boyd.example.'
MARY = {"name": "Mary Boyd", "email": "mary@boyd.example"}


class Club(ThreadingHTTPServer):
    """A club and its members."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.members: list[dict[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/"


class Page(BaseHTTPRequestHandler):
    """The club's two pages: a form, and the list of members."""

    server: Club

    def do_GET(self) -> None:
        """Shows one of them."""
        rows = "".join(
            f"<tr><td>{escape(m['name'])}</td><td>{escape(m['email'])}</td></tr>"
            for m in self.server.members
        )
        listed = f'<h1>Members</h1><div role="status">The member was created</div><table>{rows}'
        shown = listed if self.path == "/members" else FORM
        body = f"<!doctype html><title>Club</title><main>{shown}</main>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Takes a member in."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.members.append(dict(parse_qsl(body)))
        self.send_response(303)
        self.send_header("Location", "/members")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the script."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", help="the policy; the shipped model if left out")
    parser.add_argument("--folder", type=Path, help="where the workflow is kept")
    args = parser.parse_args(arguments)
    with Club() as club:
        Thread(target=club.serve_forever, daemon=True).start()
        try:
            with Workflow("club", args.folder) as flow, Agent(club.url, model=args.model) as agent:

                def entered() -> bool:
                    return club.members == [MARY]

                result = flow.act(agent, "enter", GOAL, expect=entered, done=entered)
                flow.check("is there once", entered)
                print(result.outcome, result.reason)
        finally:
            club.shutdown()


if __name__ == "__main__":
    main()
