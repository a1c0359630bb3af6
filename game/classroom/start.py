"""`game classroom`: the server with its addresses, PIN and QR code."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from game.classroom.app import make_app
from game.classroom.klass import MOST_WORLDS
from game.classroom.opening import PORT, Opened, addresses, begin, host_names, resume
from game.classroom.room import Room
from game.classroom.seats import SeatsError, read_seats
from game.classroom.security import LARGEST_MESSAGE, Hosts
from game.classroom.store import StoreError
from game.scenario import ScenarioError, load, shipped
from game.session import nearest_names
from game.session.logs import open_log
from game.text import _
from game.views import scenario_card

Say = Callable[[str], None]


class CannotOpenError(Exception):
    """A class cannot be opened; the message says why."""


@dataclass(frozen=True)
class Plan:
    """What the command was asked for. resume: None for a new class, "" for the newest."""

    scenario: str = ""
    lan: bool = False
    port: int = 0
    seats: Path | None = None
    worlds: int = 1
    resume: str | None = None
    browser: bool = True
    folder: Path | None = None


def open_class(plan: Plan) -> Opened:
    """Begin a class or go on with one. Scenarios are ids from the list. Raises CannotOpenError."""
    try:
        if plan.resume is not None:
            return resume(plan.resume, plan.folder)
        ids = [name for name, _title in shipped()]
        if plan.scenario not in ids:
            nearest = ", ".join(nearest_names(plan.scenario, ids) or ids)
            text = _("There is no scenario '{name}'. The nearest are: {names}.")
            raise CannotOpenError(text.format(name=plan.scenario[:80], names=nearest))
        if not 1 <= plan.worlds <= MOST_WORLDS:
            raise CannotOpenError(_("A class has one to four worlds."))
        scenario = load(plan.scenario)
        seats = {one.seat: one.name for one in scenario_card(scenario).seats}
        places = read_seats(plan.seats, seats, plan.worlds) if plan.seats is not None else []
        return begin(scenario, plan.worlds, places, plan.folder)
    except (StoreError, SeatsError, ScenarioError) as fault:
        raise CannotOpenError(str(fault)) from None


def free_port(wanted: int, host: str) -> int:
    """The port, if it is free; 0 takes the usual one, else any. Raises CannotOpenError."""
    for port in (wanted,) if wanted else (PORT, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise CannotOpenError(_("Port {port} is in use. Choose another with --port.").format(port=wanted))


def serve(plan: Plan, say: Say) -> None:
    """Open the class and serve it until Ctrl+C. Raises CannotOpenError."""
    import uvicorn

    opened = open_class(plan)
    host = "0.0.0.0" if plan.lan else "127.0.0.1"
    port = free_port(plan.port, host)
    reached = next(addresses(), "127.0.0.1") if plan.lan else "127.0.0.1"
    base = f"http://{reached}:{port}"
    room = Room(opened.klass, opened.journal, base)
    app = make_app(room, Hosts(host_names(plan.lan), port))
    console = f"http://127.0.0.1:{port}/teacher#t={opened.token}"
    log = open_log()
    log.info("the class %s is open at %s", opened.name, base)
    # Before the browser, which may write into the same terminal; elsewhere it depends on whether one opens.
    if at_terminal():
        announce(opened, base, console, plan.lan, say)
    shown = plan.browser and has_display() and open_browser(console)
    if plan.browser and not shown:
        log.warning("no browser opened for the teacher of %s", opened.name)
    if not at_terminal():
        # What is said goes into a file that others may read: with the link it would open the class to them.
        announce(opened, base, "" if shown else console, plan.lan, say)
    for handler in (*log.handlers, logging.StreamHandler()):
        logging.getLogger("uvicorn").addHandler(handler)
    sys.setswitchinterval(0.001)
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        log_config=None,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    say(_("The class is kept. Go on with: game classroom --resume {name}").format(name=opened.name))


def announce(opened: Opened, base: str, console: str, lan: bool, say: Say) -> None:
    """Address, PIN and QR code, for the teacher's screen. console: the link that only the teacher may have, or ""."""
    import io

    import segno

    out = io.StringIO()
    segno.make(f"{base}/", error="m").terminal(out, compact=True, border=2)
    say(_("Class: {name} ({title})").format(name=opened.name, title=opened.klass.scenario.book.scenario.title))
    if lan:
        say(out.getvalue().rstrip("\n"))
    say(_("Pupils open {address} and type the PIN {pin}.").format(address=f"{base}/", pin=opened.klass.pin))
    if not lan:
        say(_("Only this machine can reach it; with --lan the devices in the same network can."))
    if console:
        say(_("Your console: {console}").format(console=console))
        say(_("Keep that link to yourself. Stop with Ctrl+C; the class can be gone on with."))
    else:
        say(_("Your console is open in the browser. Stop with Ctrl+C; the class can be gone on with."))


def at_terminal() -> bool:
    """Whether a person reads what is said."""
    return sys.stdout.isatty()


def open_browser(link: str) -> bool:
    """Show a page in the browser; whether one was found."""
    import webbrowser

    return webbrowser.open(link)


def has_display() -> bool:
    """Whether a browser window can open."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
