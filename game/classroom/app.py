"""The pages and the socket, as a Starlette application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from game import resources
from game.classroom import export, pupil, teacher, turns
from game.classroom.handouts import handouts_json
from game.classroom.joining import joined
from game.classroom.line import Line, text_of
from game.classroom.mapsvg import map_places, map_svg
from game.classroom.pupil import Refused
from game.classroom.qr import qr_svg
from game.classroom.requests import FIRST, NO_KEY, PUPIL, TEACHER_ASKS, Hello, Join, Request
from game.classroom.room import Room
from game.classroom.security import AUTH_SECONDS, LARGEST_MESSAGE, WAITING, Hosts, digest, headers
from game.classroom.store import StoreError
from game.session.logs import open_log
from game.text import _

PAGES = {"/": "pupil.html", "/teacher": "teacher.html", "/projector": "projector.html", "/print": "print.html"}
KINDS = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
TOO_FAST, TOO_FAST_PAUSE = 200, 0.02
"""After so many refused messages in a row the line is closed."""


class Guard:
    """Turns away foreign hosts, and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host = given.get("host", "")
        allowed = self.hosts.allows(host)
        if scope["type"] == "websocket":
            if not allowed or not self.hosts.same_origin(given.get("origin"), host):
                await WebSocket(scope, receive, send).close(1008)
                return
            await self.app(scope, receive, send)
            return
        extra = [
            (name.encode(), value.encode()) for name, value in headers(host.strip().lower() if allowed else "").items()
        ]

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *extra]}
            await send(message)

        if not allowed:
            text = _("This address is not one of this server's.")
            await PlainTextResponse(text, 400)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)


def make_app(room: Room, hosts: Hosts) -> Starlette:
    """The application of one class."""
    folder = resources.assets() / "classroom"
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix.lstrip(".") in KINDS}
    waiting: set[object] = set()

    async def page(request: HttpRequest) -> Response:
        return _file(files, PAGES[request.url.path])

    async def asset(request: HttpRequest) -> Response:
        return _file(files, request.path_params["name"])

    async def drawing(request: HttpRequest) -> Response:
        return Response(map_svg(), media_type="image/svg+xml", headers={"cache-control": "max-age=3600"})

    async def places(request: HttpRequest) -> Response:
        return JSONResponse(map_places(), headers={"cache-control": "max-age=3600"})

    async def code(request: HttpRequest) -> Response:
        return Response(qr_svg(f"{room.base}/"), media_type="image/svg+xml", headers={"cache-control": "no-cache"})

    async def table(request: HttpRequest) -> Response:
        if not _teacher(room, request):
            return PlainTextResponse(_("Only the teacher may have this."), 401)
        name = request.path_params["name"]
        if name not in export.NAMES:
            return PlainTextResponse(_("There is no such table."), 404)
        found = await room.workshop.reckon(lambda klass: export.table(klass, name))
        return Response(found, media_type="text/csv; charset=utf-8", headers={"cache-control": "no-store"})

    async def handouts(request: HttpRequest) -> Response:
        if not _teacher(room, request):
            return PlainTextResponse(_("Only the teacher may have this."), 401)
        return JSONResponse(handouts_json(room), headers={"cache-control": "no-store"})

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        if len(waiting) >= WAITING:
            await websocket.close(1013)
            return
        mark = object()
        waiting.add(mark)
        try:
            line = await _first(room, websocket)
        finally:
            waiting.discard(mark)
        if line is not None:
            await _serve(room, websocket, line)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        paused = turns.pause_after_crash(room)
        if paused:
            await room.commit(*paused)
        room.workshop.start()
        clock = asyncio.get_running_loop().create_task(_ticking(room))
        yield
        clock.cancel()
        for line in list(room.lines):
            line.close(1012)
        room.workshop.close()
        room.journal.close()

    routes = [
        *(Route(path, page) for path in PAGES),
        Route("/a/{name}", asset),
        Route("/map.svg", drawing),
        Route("/map.json", places),
        Route("/qr.svg", code),
        Route("/export/{name}", table),
        Route("/handouts", handouts),
        WebSocketRoute("/ws", socket),
    ]
    middleware = [Middleware(Guard, hosts=hosts), Middleware(GZipMiddleware, minimum_size=500)]
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan)


def _file(files: dict[str, bytes], name: str) -> Response:
    if name not in files:
        return PlainTextResponse(_("There is no such page."), 404)
    kind = KINDS[name.rpartition(".")[2]]
    return Response(files[name], media_type=kind, headers={"cache-control": "no-cache"})


def _teacher(room: Room, request: HttpRequest) -> bool:
    kind, _space, token = request.headers.get("authorization", "").partition(" ")
    return kind == "Bearer" and digest(token) in room.klass.teachers


async def _ticking(room: Room) -> None:
    while True:
        await asyncio.sleep(1.0)
        try:
            await turns.tick(room)
        except StoreError:
            pass  # The room has said so itself, and is closed.
        except Exception:
            # A clock that stopped unseen would leave the class waiting for the end of a turn.
            open_log().exception("the clock of the class missed a second")


# -- the socket ----------------------------------------------------------------------------------------


async def _first(room: Room, websocket: WebSocket) -> Line | None:
    """Who it is: a token, or a name with the PIN. None when the socket was closed."""
    address = websocket.client.host if websocket.client else ""
    while True:
        try:
            text = await asyncio.wait_for(websocket.receive_text(), AUTH_SECONDS)
            request = FIRST.validate_json(text)
        except TimeoutError:
            await _close(websocket, 4408)
            return None
        except (ValidationError, ValueError):
            await _close(websocket, 4400)
            return None
        except (WebSocketDisconnect, KeyError, RuntimeError):
            return None
        if isinstance(request, Hello):
            line = _known(room, request.token)
            if line is None:
                await _close(websocket, 4401)
            return line
        assert isinstance(request, Join)
        if not await room.guesses.check(address, request.pin, room.klass.pin):
            room.monitor()
            with suppress(RuntimeError, WebSocketDisconnect):
                await websocket.send_text(
                    text_of({"is": "no", "key": request.key, "why": [_("This is not the PIN of the class.")]})
                )
            continue
        try:
            line, token = await joined(room, request)
        except Refused as refused:
            await websocket.send_text(text_of({"is": "no", "key": request.key, "why": list(refused.reasons)}))
            continue
        except StoreError:
            await _close(websocket, 1011)
            return None
        await websocket.send_text(text_of({"is": "token", "key": request.key, "token": token}))
        return line


def _known(room: Room, token: str) -> Line | None:
    mark = digest(token)
    if mark in room.klass.teachers:
        return Line("teacher")
    if mark in room.klass.projectors:
        return Line("projector")
    person = room.klass.by_hash.get(mark)
    return None if person is None else Line("pupil", person)


async def _close(websocket: WebSocket, code: int) -> None:
    with suppress(RuntimeError, WebSocketDisconnect):
        await websocket.close(code)


async def _serve(room: Room, websocket: WebSocket, line: Line) -> None:
    """Send and receive until either side ends."""
    room.add(line)
    sending = asyncio.ensure_future(_sending(websocket, line))
    receiving = asyncio.ensure_future(_receiving(room, websocket, line))
    closing = asyncio.ensure_future(line.closed.wait())
    try:
        await room.welcome(line)
        if line.kind == "pupil":
            person = room.klass.people[line.person]
            for other in room.klass.seated(person.world, person.seat) if person.seat else ():
                if other.id != person.id:
                    room.show_person(other)
        await asyncio.wait({sending, receiving, closing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        room.drop(line)
        for task in (sending, receiving, closing):
            task.cancel()
        await asyncio.gather(sending, receiving, closing, return_exceptions=True)
        await _close(websocket, line.reason)


async def _sending(websocket: WebSocket, line: Line) -> None:
    with suppress(RuntimeError, WebSocketDisconnect):
        while True:
            await websocket.send_text(await line.waiting.get())


async def _receiving(room: Room, websocket: WebSocket, line: Line) -> None:
    refused = 0
    while True:
        try:
            text = await websocket.receive_text()
        except (WebSocketDisconnect, KeyError, RuntimeError):
            return
        if len(text) > LARGEST_MESSAGE:
            line.close(1009)
            return
        if not room.bucket(line).take():
            refused += 1
            if refused > TOO_FAST:
                line.close(1008)
                return
            _say_no(line, _key_of(text), _("That was too fast. Wait a moment and try again."))
            await asyncio.sleep(TOO_FAST_PAUSE)
            continue
        refused = 0
        await _answer(room, line, text)


def _key_of(text: str) -> str:
    try:
        raw: Any = json.loads(text)
    except (ValueError, RecursionError):
        return "-"
    key = raw.get("key") if isinstance(raw, dict) else None
    return key[:40] if isinstance(key, str) else "-"


def _say_no(line: Line, key: str, *why: str) -> None:
    line.put(text_of({"is": "no", "key": key, "why": list(why)}))


async def _answer(room: Room, line: Line, text: str) -> None:
    """One request: refused, or carried out once and acknowledged when it is on the disk, whatever fails after that."""
    if line.kind == "projector":
        return
    try:
        request: Request = (PUPIL if line.kind == "pupil" else TEACHER_ASKS).validate_json(text)
    except (ValidationError, ValueError):
        _say_no(line, _key_of(text), _("The page asked for something that does not exist. Load it again."))
        return
    key = request.key
    try:
        if key != NO_KEY and await room.known(line.person, key):
            line.put(text_of({"is": "ack", "key": key}))
            return
        if line.kind == "teacher":
            found = await teacher.obey(room, request)
        else:
            person = room.klass.people[line.person]
            if person.revoked:
                line.close(4401)
                return
            found = await pupil.obey(room, person, request)
    except Refused as refused:
        _say_no(line, key, *refused.reasons)
        return
    except StoreError as fault:
        _say_no(line, key, _("It could not be kept: {reason}").format(reason=fault))
        return
    except Exception:
        open_log().exception("a request failed: %s", request.__class__.__name__)
        _say_no(line, key, _("Something went wrong in the program. Nothing was changed."))
        return
    pupil.answer(line, key, found)
