"""HTTP/1.1 of uvicorn with timeouts of its own: for a connection that asks nothing, and for a reader that doesn't read.

Comes in: connections. Goes out: uvicorn's protocol, which by itself waits forever for the first request of a connection
(slowloris) and for a reader who has stopped, and closes on one who is still sending, who then sees a reset and no
answer. LIMITS are the server's other ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

IDLE = 15.0
"""Seconds that a connection may take until a request has come whole, the first one or the next; and to end a body that
nobody asked for, once it is answered."""

NO_REQUEST = "这不是一个看得明白的请求。\nThis is no request that can be understood.".encode()
"""What is said of bytes that are no HTTP; uvicorn says it in English."""

STALLED = 30.0
"""Seconds in which a reader takes nothing of what is written (64 KB at a time), until it is cut off."""

CONNECTIONS = 2_000
"""How many a process answers at once."""

CROWDED = "现在的连接太多，请过一会儿再试。\nThere are too many connections; please try again shortly.".encode()
"""What those beyond are answered, whatever they ask; the 503 of uvicorn (limit_concurrency) is in English."""

LIMITS: dict[str, Any] = {
    "http": "openplans.server.protocol:TimedProtocol",
    "h11_max_incomplete_event_size": 2_000_000,
    "timeout_keep_alive": int(IDLE),
    "timeout_graceful_shutdown": 5,
}
"""Of the server: an address of a megabyte is refused in words, not by a closed connection; told to stop, it waits five
seconds for readers that stand still, for containers are killed after ten."""


async def _crowded(scope: Any, receive: Any, send: Any) -> None:
    """The application of a connection beyond CONNECTIONS. Plain ASGI: this module is loaded by the supervisor, which
    does without Starlette."""
    headers = [*_of_a_refusal(CROWDED), (b"retry-after", b"10")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": CROWDED})


def _of_a_refusal(told: bytes) -> list[tuple[bytes, bytes]]:
    """The headers of words that end a connection."""
    return [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(told)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"connection", b"close"),
    ]


class PartingTransport:
    """A transport that closes in stages (lingering close, RFC 9112, 9.6) where the other side is `sending`: first our
    end, so that it reads the answer; its own when it closes, when its time is up, or when it is closed again."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop, sending: Callable[[], bool]):
        self._transport, self._loop, self._sending = transport, loop, sending
        self.parting = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        return self.parting or self._transport.is_closing()

    def close(self) -> None:
        if self.is_closing() or not self._sending():
            self._transport.close()
            return
        self.parting = True
        self._transport.write_eof()
        self._transport.resume_reading()
        self._loop.call_later(IDLE, self._transport.close)


class TimedProtocol(H11Protocol):
    """A connection with two clocks: `idle` runs while no request is under way, `stalled` while nothing can be
    written."""

    idle: asyncio.TimerHandle | None = None
    stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(PartingTransport(transport, self.loop, self._are_they_sending))  # type: ignore[arg-type]
        if len(self.connections) > CONNECTIONS:
            self.app = _crowded
        self._wait_for_request()

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():  # the rest of a body that is answered is read away
            return
        super().data_received(data)
        if self._answering():
            self._stop_waiting()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, also where an answer is under way (to the head of a body that is none): that one
        is cut off where it has begun, and goes nowhere where it hasn't."""
        if self._answering():
            self.cycle.disconnected = True
        events = (
            h11.Response(status_code=400, headers=_of_a_refusal(NO_REQUEST), reason=b"Bad Request"),
            h11.Data(data=NO_REQUEST),
            h11.EndOfMessage(),
        )
        with suppress(h11.LocalProtocolError):
            self.transport.write(b"".join(self.conn.send(event) or b"" for event in events))
        self.transport.close()

    def on_response_complete(self) -> None:
        super().on_response_complete()  # may begin the next request, where they came in a row (pipelining)
        if not self._answering():
            self._wait_for_request()

    def pause_writing(self) -> None:
        super().pause_writing()
        self.stalled = self.loop.call_later(STALLED, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.stalled:
            self.stalled.cancel()
            self.stalled = None

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_waiting()
        if self.stalled:
            self.stalled.cancel()

    def _are_they_sending(self) -> bool:
        """Whether a request has begun and not come whole, or is none."""
        return self.conn.their_state in (h11.SEND_BODY, h11.ERROR)

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_request(self) -> None:
        self._stop_waiting()
        self.idle = self.loop.call_later(IDLE, self.transport.close)

    def _stop_waiting(self) -> None:
        if self.idle:
            self.idle.cancel()
            self.idle = None
