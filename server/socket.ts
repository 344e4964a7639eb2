/**
 * The adapter to Deno's native WebSocket: checks before the 101, the hello, and bytes to frames.
 *
 * Nothing else knows what a WebSocket is, so that one with a limit on what it gathers can take its place (decision D11).
 *
 * @module
 */
import {
  type ClientHello,
  decodeUp,
  encodeError,
  encodeServerHello,
  ErrorCode,
  MAJOR,
  ProtocolError,
} from "../protocol/mod.ts";
import { familyOf } from "../vdom/attrs.ts";
import type { Client } from "./address.ts";
import { readBinding } from "./cookie.ts";
import { plainAnswer } from "./csp.ts";
import { type CtxCell, runInCell } from "./ctx.ts";
import type { Engine } from "./engine.ts";
import { messageOf } from "./errors.ts";
import { KeyedCounter } from "./limits.ts";
import { MEMORY_SOCKETS, type SocketLike } from "./seam.ts";
import { checkOrigin } from "./security.ts";
import { Session } from "./session.ts";
import type { Wire } from "./shared.ts";
import type { Connection, Sessions } from "./sessions.ts";

/** The subprotocol of version 3. */
export const SUBPROTOCOL = "vango.3";

class SocketWire implements Wire {
  readonly #socket: SocketLike;
  /** False once either end has closed. Kept here, since asking the socket costs as much as decoding a click. */
  open = true;
  constructor(socket: SocketLike) {
    this.#socket = socket;
  }
  get buffered(): number {
    return this.#socket.bufferedAmount;
  }
  send(frame: Uint8Array): void {
    if (!this.open) return;
    try {
      this.#socket.send(frame as Uint8Array<ArrayBuffer>);
    } catch {
      // The browser has closed, and the event that tells so is on its way: as if it were lost in the network.
      this.open = false;
    }
  }
  close(code: number, reason: string): void {
    this.open = false;
    if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close(code, reason);
  }
}

/** In the place of a timer's stop: a stopped timer is kept by the function that stops it. */
const doNothing = (): void => {};

/** Who opens a socket. */
interface Caller {
  readonly headers: Headers;
  readonly client: Client;
  /** The value of the cookie that a valid token was given to; null without one. */
  readonly binding: string | null;
  /** Where the socket's events run. */
  readonly cell: CtxCell;
}

/** Takes sockets. */
export class SocketServer {
  readonly #engine: Engine;
  readonly #sessions: Sessions;
  readonly #perAddress: KeyedCounter;
  readonly #open: Set<SocketLike> = new Set();

  /** Takes sockets for the sessions of a server. */
  constructor(engine: Engine, sessions: Sessions) {
    this.#engine = engine;
    this.#sessions = sessions;
    this.#perAddress = new KeyedCounter(engine.limits.socketsPerAddress);
  }

  /** Answers the request for a socket: 101, or why not. */
  upgrade(request: Request, client: Client): Response {
    const refuse = (status: number, why: string) => {
      this.#engine.metrics.socketsRefused++;
      this.#engine.log.once(`socket ${why}`).warn(`Refused a socket: ${why}`, { address: client.address });
      return plainAnswer(status, why);
    };
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return plainAnswer(426, "Expected a WebSocket", { upgrade: "websocket" });
    }
    const origin = checkOrigin(request.headers, client.origin, {
      kind: "socket",
      allowed: this.#engine.origins,
    });
    if (!origin.ok) return refuse(403, `origin: ${origin.reason}`);
    const protocols = (request.headers.get("sec-websocket-protocol") ?? "").split(",").map((p) => p.trim());
    if (!protocols.includes(SUBPROTOCOL)) return refuse(400, "no subprotocol of this version");
    if (this.#sessions.admission.refusing() > 0) return refuse(503, "busy");
    if (!this.#perAddress.acquire(client.key)) return refuse(429, "too many sockets of this address");
    const binding = readBinding(request.headers.get("cookie"), client.secure);
    const token = protocols.find((p) => p.startsWith("t."))?.slice(2) ?? "";
    const valid = binding !== null &&
      this.#engine.tokens.verify(token, { purpose: "socket", binding, session: "" });
    const from: Caller = {
      // The request is gone once it is upgraded.
      headers: new Headers(request.headers),
      client,
      binding: valid ? binding : null,
      cell: { ctx: null },
    };
    const socket = MEMORY_SOCKETS.get(request);
    if (socket !== undefined) {
      this.#serve(socket, from);
      return new Response(null);
    }
    let upgraded: { socket: WebSocket; response: Response };
    try {
      const options = { protocol: SUBPROTOCOL, idleTimeout: 0 };
      // The socket's events run in the context in which it was made: entering one for each would be a tenth of its cost.
      upgraded = runInCell(from.cell, () => Deno.upgradeWebSocket(request, options));
    } catch {
      this.#perAddress.release(client.key);
      return refuse(400, "no valid WebSocket handshake");
    }
    this.#serve(upgraded.socket, from);
    return upgraded.response;
  }

  #serve(socket: SocketLike, from: Caller): void {
    const { limits, clock, log, metrics } = this.#engine;
    const { client, binding, cell } = from;
    const wire = new SocketWire(socket);
    const within = { maxFrame: limits.maxFrame, maxItems: 100_000, maxDepth: 256, maxHookDepth: 64 };
    let headers: Headers | null = from.headers;
    let session: Session | null = null;
    socket.binaryType = "arraybuffer";
    this.#open.add(socket);
    let stopTimer = clock.after(limits.helloTimeoutMs, () => wire.close(4002, "no hello"));
    socket.onopen = () => {
      if (binding !== null) return;
      // A browser cannot read the status of a refused upgrade: it is told here, before anything of it is read.
      metrics.socketsRefused++;
      wire.send(encodeServerHello({ status: 2, retryAfter: 0, message: "" }));
      wire.close(4001, "token");
    };
    socket.onmessage = ({ data }) => {
      // What comes after we decided to close is nobody's.
      if (binding === null || !wire.open) return;
      if (!(data instanceof ArrayBuffer)) return wire.close(1003, "binary frames only");
      metrics.bytesIn += data.byteLength;
      let frame;
      try {
        frame = decodeUp(new Uint8Array(data), familyOf, within);
      } catch (error) {
        return this.#refuseFrame(wire, session, error);
      }
      if (session !== null) {
        try {
          return session.receive(frame);
        } catch (error) {
          session.log.error("A session failed", { error });
          return wire.close(1011, "error");
        }
      }
      if (frame.kind !== "hello" || headers === null) {
        wire.send(encodeError({ code: ErrorCode.InvalidFrame, seq: 0, fatal: true, message: "" }));
        return wire.close(4002, "hello expected");
      }
      stopTimer();
      stopTimer = doNothing;
      greet(frame.hello, { wire, binding, address: client.key, origin: client.origin, headers });
      headers = null;
    };
    const greet = async (hello: ClientHello, connection: Connection): Promise<void> => {
      if (hello.major !== MAJOR) {
        wire.send(encodeServerHello({ status: 1, retryAfter: 0, message: `Expected version ${MAJOR}` }));
        return wire.close(4003, "version");
      }
      try {
        const opened = await this.#sessions.open(hello, connection);
        if (opened instanceof Session) {
          session = opened;
          cell.ctx = session.ctx;
          if (socket.readyState !== WebSocket.OPEN) this.#sessions.disconnected(session, wire);
        } else {
          wire.send(encodeServerHello(opened));
          wire.close(4004, "refused");
        }
      } catch (error) {
        log.error("Cannot open a session", { error });
        wire.send(encodeServerHello({ status: 8, retryAfter: 1000, message: "" }));
        wire.close(1011, "error");
      }
    };
    socket.onclose = () => {
      wire.open = false;
      stopTimer();
      if (!this.#open.delete(socket)) return;
      this.#perAddress.release(client.key);
      if (session !== null) this.#sessions.disconnected(session, wire);
    };
    // What failed is followed by a close event.
    socket.onerror = () => {};
  }

  /** Bytes that are no frame: a typed error, logged once; the session lives. */
  #refuseFrame(wire: Wire, session: Session | null, error: unknown): void {
    const code = error instanceof ProtocolError ? error.code as ErrorCode : ErrorCode.InvalidFrame;
    this.#engine.metrics.decodeErrors++;
    const message = messageOf(error);
    (session?.log ?? this.#engine.log).once(`frame ${code}`).warn(message, { code });
    const fatal = session === null;
    this.#engine.metrics.errors.websocket++;
    // Who sends without reading gets no more answers.
    if (wire.buffered > this.#engine.limits.slowBytes) return;
    wire.send(encodeError({ code, seq: 0, fatal, message: this.#engine.dev ? message : "" }));
    if (fatal) wire.close(4002, "no frame");
  }

  /** Closes every socket. */
  close(): void {
    for (const socket of this.#open) if (socket.readyState <= WebSocket.OPEN) socket.close(1001, "shutdown");
  }
}
