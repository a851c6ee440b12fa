"""`manage.py serve`, what `make run` does: make everything ready, then serve until Ctrl-C.

HOST and PORT say where (127.0.0.1:8000), unless a supervisor gave a socket; NEACD_PROXY=1 believes a proxy's headers.
One process, or with --workers several behind that port (see `workers`). Safe to start again and again, and in many
places at once: what is ready is left alone. Making ready is `ready.py`'s; here it is only said aloud.
"""

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error as DatabaseError

from neacd import listening, ready, supervised, workers
from neacd.one_at_a_time import one_at_a_time
from neacd.steps import step
from rooms.process import hub

# Bytes of one message from a socket: four times the longest that the rooms read, so that they can refuse it in words.
LONGEST_MESSAGE = 262_144
# Seconds that answers under way may still take when the server is told to end.
LAST_WORDS = 3
# Seconds for whoever had just come in to say what they want, in a deployment, where others go on serving.
LAST_ARRIVALS = 1.0


class Server(uvicorn.Server):
    """uvicorn, saying when it answers and ending in its own time."""

    def __init__(self, config: uvicorn.Config, announce: Any) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.should_exit:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Nobody new is let in; who is in a room is asked to come back, to whoever serves then; who has just come in
        still gets an answer. Then as uvicorn does it."""
        for server in self.servers:
            server.close()
        for one in sockets or []:
            one.close()
        hub.send_away()
        if settings.DEPLOYED:
            await asyncio.sleep(LAST_ARRIVALS)
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Asked twice is asked once: the sockets are still told to come back, and it takes LAST_WORDS at most."""
        self.should_exit = True


def configuration(host: str, port: int) -> uvicorn.Config:
    """How we serve, in one place: for a class of phones on one process."""
    return uvicorn.Config(
        "neacd.asgi:application",
        host=host,
        port=port,
        loop="auto",  # uvloop, where it exists
        http="neacd.http_protocol:HttpProtocol",
        ws="neacd.socket_protocol:SocketProtocol",
        ws_max_size=LONGEST_MESSAGE,
        ws_per_message_deflate=False,  # frames are encoded once and written to many: compressing each anew costs most
        lifespan="on",
        workers=1,
        log_config=None,  # the settings' own; nobody's address or link is written to a log
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=os.environ.get("NEACD_PROXY", "") == "1",
        timeout_graceful_shutdown=LAST_WORDS,
    )


class Command(BaseCommand):
    help = "Make everything ready and serve the rooms on HOST:PORT (default 127.0.0.1:8000)."
    requires_system_checks = []  # `make check` runs them; a class should not wait for them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rehearse", metavar="FILE", default="", help="play this rehearsal in a room of its own")
        parser.add_argument("--speed", default="12", help="how many times faster than life it is played (12)")
        several = os.environ.get("NEACD_WORKERS") or "1"
        parser.add_argument("--workers", default=several, help="how many processes serve on the port (1)")
        parser.add_argument("--only-prepare", action="store_true", help="make everything ready, and end")
        # What `workers` starts: a process on this descriptor, with a line to us on that one.
        parser.add_argument("--worker", nargs=2, type=int, default=None, help=argparse.SUPPRESS)

    def handle(self, *args: Any, rehearse: str, speed: str, **options: Any) -> None:
        if options["worker"]:
            self._serve_as_worker(*options["worker"])
            return
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # to end is one thing, however it is asked for
        host = os.environ.get("HOST") or "127.0.0.1"
        self._answer_to(listening.names_of(host))
        try:
            port = listening.port_number(os.environ.get("PORT") or "8000")
            count = listening.worker_number(options["workers"])
            ours = None if options["only_prepare"] else supervised.given_socket() or listening.claim(host, port)
        except listening.CannotListen as reason:
            self._give_up(str(reason))
        try:
            path = self._make_ready()
        except KeyboardInterrupt:
            return
        except DatabaseError as error:
            self._give_up(f"The database does not answer ({error}). See to it, or to DATABASE_URL, and start again.")
        if ours is None:
            return
        if count > 1:
            self._serve_by_workers(ours, count)
        else:
            self._serve(ours, host, port, path, ["rehearse", rehearse, "--speed", speed] if rehearse else [])

    def _give_up(self, sentence: str) -> None:
        print(" ".join(sentence.split()), file=sys.stderr)
        sys.exit(1)

    def _answer_to(self, names: list[str]) -> None:
        """Let the network's names for this machine in. Settings must not change while they are in use: so the
        process begins anew, with the same id, and finds them there."""
        new = [name for name in names if name not in settings.ALLOWED_HOSTS]
        if new:
            known = os.environ.get("NEACD_HOSTS", "")
            os.environ["NEACD_HOSTS"] = ",".join([*filter(None, [known]), *new])
            os.execv(sys.executable, sys.orig_argv)

    def _make_ready(self) -> str:
        """Every step, said aloud; the path of the one-time sign-in link."""
        print("NEACD", flush=True)
        with one_at_a_time():
            return self._make_ready_alone()

    def _make_ready_alone(self) -> str:
        with step(sys.stdout, "database", "asking ...") as one:
            waiting = ready.migrations_waiting()
            if waiting:
                one.doing(f"{waiting} migrations ...")
                ready.migrate()
            one.done(f"{waiting} migrations applied" if waiting else "up to date")
        if settings.DEPLOYED:
            with step(sys.stdout, "styles", "collecting ...") as one:
                one.done(f"{ready.collect_statics()} files new")
        with step(sys.stdout, "scenarios", "reading ...") as one:
            news, problems = ready.load_scenarios()
            one.done(f"loaded {', '.join(news)}" if news else "unchanged")
        for sentence in problems:
            print(f"    {sentence}", file=sys.stderr)
        with step(sys.stdout, "moderator") as one:
            user, made = ready.moderator()
            one.done(f"account {user.get_username()} {'made' if made else 'is there'}")
        # A log is read by more people than a terminal: there, a link is made when somebody asks for it.
        return "" if settings.DEPLOYED else ready.sign_in_path(user)

    def _serve_by_workers(self, ours: socket.socket, count: int) -> None:
        if not settings.REDIS_URL:
            print("  Without REDIS_URL they hear of each other's events by asking the database, a moment later.")
        itself = [sys.executable, sys.argv[0], "serve"]
        serving = workers.Workers(count, ours, [*itself, "--worker"], [*itself, "--only-prepare"])
        sys.exit(serving.run())

    def _serve_as_worker(self, listening_on: int, line: int) -> None:
        """One of several: says when it serves, and ends when the line to who started it breaks."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        ours, told = socket.socket(fileno=listening_on), socket.socket(fileno=line)
        told.setblocking(False)

        def announce() -> None:
            asyncio.get_running_loop().add_reader(told, server.handle_exit, signal.SIGTERM, None)
            told.send(workers.READY)

        server = Server(configuration("", 0), announce)
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, server.handle_exit)
        server.run(sockets=[ours])

    def _serve(self, ours: socket.socket, host: str, port: int, path: str, rehearsal: list[str]) -> None:
        played: list[subprocess.Popen[bytes]] = []

        def announce() -> None:
            if rehearsal:
                # Out of reach of Ctrl-C, which is for us: it is ended below. It tells how to watch, not each step.
                command = [sys.executable, sys.argv[0], *rehearsal, "--address", self._address(host, port)]
                played.append(subprocess.Popen(command, start_new_session=True))
            self._tell(host, port, path, rehearsal)
            supervised.tell("READY=1")

        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # else whitenoise wonders aloud where it is
        server = Server(configuration(host, port), announce)
        # A signal between here and the server's own handlers is not lost, and after it ends it kills nothing.
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, server.handle_exit)
        try:
            server.run(sockets=[ours])
        finally:
            supervised.tell("STOPPING=1")
            for one in played:
                one.terminate()
                one.wait()
        print("\nEnded. Everything that was said is kept.", flush=True)

    def _address(self, host: str, port: int) -> str:
        outside = listening.names_of(host)
        return f"http://{outside[0] if outside else listening.in_a_url(host)}:{port}"

    def _tell(self, host: str, port: int, path: str, rehearsal: list[str]) -> None:
        """The one thing a moderator needs now; and what students type, where they can reach us. The moderator goes
        by the same address: the join link and its QR code are made from it."""
        outside, address = listening.names_of(host), self._address(host, port)
        if path:
            print(f"\n  Sign in as moderator, once, within 12 hours:\n\n    {address}{path}\n")
        else:
            print("\n  A link to sign in is made by: manage.py sign_in_link\n")
        if outside:
            print(f"  Students type  {address}/join/\n")
        if rehearsal:
            print(f"  Meanwhile {rehearsal[1]} is played in a room of its own, the newest in your list of rooms.\n")
        print("  Ctrl-C ends it.", flush=True)
