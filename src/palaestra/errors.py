"""The error vocabulary: an error is named by the boundary it crossed, and by who must act.

====================  ==========================================================================
`Refused`             The application said no: a rule of the house. The state is as before, and
                      the agent reads the message. Never a crash.
`InvalidAction`       The agent's action does not fit the screen (no such element, wrong kind of
                      element, disabled). It costs a step and becomes feedback. Never a crash.
`GymError`            A bug of the gym's author. Stops the run; is never turned into a reward. Only
                      in a training's practice is it counted, told and left out.
`UsageError`          The caller asked for something that is not there or makes no sense (unknown
                      gym, bad seed, foreign checkpoint, full disk). The message says what to do;
                      the command line prints it without a traceback and exits with 2.
`PageLost`            The page in the browser is gone (crashed, closed, unreachable, silent), or the
                      browser is. The caller decides whether to go on with another one.
`TooLate`             The deadline passed, possibly in the middle of a step: what was begun may or
                      may not have had its effect. Look before you repeat.
====================  ==========================================================================

An episode that could not be scored is `None`: never 0 and never 1.
"""

from __future__ import annotations


class PalaestraError(Exception):
    """Base of everything that Palaestra raises on purpose."""


class Refused(PalaestraError):
    """A rule of the application forbids this; the message is the rule in the house's words."""


class InvalidAction(PalaestraError):
    """The action does not fit the screen it was meant for."""


class GymError(PalaestraError):
    """The application itself is wrong: its author must act."""


class UsageError(PalaestraError):
    """The caller must act; the message says what to do."""


class PageLost(PalaestraError):
    """The page, or the whole browser, is gone; the message says how."""


class TooLate(PalaestraError):
    """The deadline passed; what was begun may or may not have had its effect."""
