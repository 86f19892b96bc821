"""HTTP/1.1 of uvicorn with timeouts of its own: for a connection that asks nothing, and for a reader that doesn't read.

Comes in: connections. Goes out: uvicorn's protocol, which by itself waits forever for the first request of a connection
(slowloris) and for a reader who has stopped. LIMITS are the server's other ones.
"""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

IDLE = 15.0
"""Seconds that a connection may take until a request has come whole, the first one or the next."""

STALLED = 30.0
"""Seconds in which a reader takes nothing of what is written (64 KB at a time), until it is cut off."""

LIMITS: dict[str, Any] = {
    "http": "openplans.server.protocol:TimedProtocol",
    "h11_max_incomplete_event_size": 2_000_000,
    "limit_concurrency": 2_000,
    "timeout_keep_alive": int(IDLE),
    "timeout_graceful_shutdown": 5,
}
"""Of the server: an address of a megabyte is refused in words, not by a closed connection; beyond 2,000 connections
it is busy (503); told to stop, it waits five seconds for readers that stand still, for containers are killed after
ten."""


class TimedProtocol(H11Protocol):
    """A connection with two clocks: `idle` runs while no request is under way, `stalled` while nothing can be
    written."""

    idle: asyncio.TimerHandle | None = None
    stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_request()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._answering():
            self._stop_waiting()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, also where an answer is under way (to the head of a body that is none): that one
        is cut off where it has begun, and goes nowhere where it hasn't."""
        if self._answering():
            self.cycle.disconnected = True
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:
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

    def _answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_request(self) -> None:
        self._stop_waiting()
        self.idle = self.loop.call_later(IDLE, self.transport.close)

    def _stop_waiting(self) -> None:
        if self.idle:
            self.idle.cancel()
            self.idle = None
