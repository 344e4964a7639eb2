/**
 * The adapter to Deno's native WebSocket: checks before the 101, the hello, and bytes to frames.
 *
 * Nothing else knows what a WebSocket is, so that one with a limit on what it gathers can take its place (decision D11).
 *
 * @module
 */
import { encodeError, encodeServerHello, ErrorCode, MAJOR, ProtocolError } from "../protocol/mod.ts";
import { decodeUp } from "../protocol/mod.ts";
import { familyOf } from "../vdom/attrs.ts";
import type { Client } from "./address.ts";
import { readBinding } from "./cookie.ts";
import type { Engine } from "./engine.ts";
import { KeyedCounter } from "./limits.ts";
import { MEMORY_SOCKETS, type SocketLike } from "./seam.ts";
import { checkOrigin } from "./security.ts";
import { Session, type Wire } from "./session.ts";
import type { Sessions } from "./sessions.ts";

/** The subprotocol of version 3. */
export const SUBPROTOCOL = "vango.3";

class SocketWire implements Wire {
  readonly #socket: SocketLike;
  constructor(socket: SocketLike) {
    this.#socket = socket;
  }
  get buffered(): number {
    return this.#socket.bufferedAmount;
  }
  send(frame: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame as Uint8Array<ArrayBuffer>);
  }
  close(code: number, reason: string): void {
    if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close(code, reason);
  }
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
      return new Response(why, { status, headers: { "content-type": "text/plain" } });
    };
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return new Response("Expected a WebSocket", { status: 426, headers: { upgrade: "websocket" } });
    }
    const origin = checkOrigin(request.headers, client.origin, {
      kind: "socket",
      allowed: this.#engine.origins,
    });
    if (!origin.ok) return refuse(403, `origin: ${origin.reason}`);
    const protocols = (request.headers.get("sec-websocket-protocol") ?? "").split(",").map((p) => p.trim());
    if (!protocols.includes(SUBPROTOCOL)) return refuse(400, "no subprotocol of this version");
    if (this.#sessions.refusing() > 0) return refuse(503, "busy");
    if (!this.#perAddress.acquire(client.key)) return refuse(429, "too many sockets of this address");
    const binding = readBinding(request.headers.get("cookie"), client.secure);
    const token = protocols.find((p) => p.startsWith("t."))?.slice(2) ?? "";
    const valid = binding !== null &&
      this.#engine.tokens.verify(token, { purpose: "socket", binding, session: "" });
    // The request is gone once it is upgraded.
    const headers = new Headers(request.headers);
    const socket = MEMORY_SOCKETS.get(request);
    if (socket !== undefined) {
      this.#serve(socket, headers, client, valid ? binding : null);
      return new Response(null);
    }
    let upgraded: { socket: WebSocket; response: Response };
    try {
      upgraded = Deno.upgradeWebSocket(request, { protocol: SUBPROTOCOL, idleTimeout: 0 });
    } catch {
      this.#perAddress.release(client.key);
      return refuse(400, "no valid WebSocket handshake");
    }
    this.#serve(upgraded.socket, headers, client, valid ? binding : null);
    return upgraded.response;
  }

  #serve(socket: SocketLike, headers: Headers, client: Client, binding: string | null): void {
    const { limits, clock, log, metrics } = this.#engine;
    const wire = new SocketWire(socket);
    let session: Session | null = null;
    let greeted = false;
    socket.binaryType = "arraybuffer";
    this.#open.add(socket);
    const stopTimer = clock.after(limits.helloTimeoutMs, () => wire.close(4002, "no hello"));
    socket.onopen = () => {
      if (binding !== null) return;
      // A browser cannot read the status of a refused upgrade: it is told here, before anything of it is read.
      metrics.socketsRefused++;
      wire.send(encodeServerHello({ status: 2, retryAfter: 0, message: "" }));
      wire.close(4001, "token");
    };
    socket.onmessage = async ({ data }) => {
      // What comes after we decided to close is nobody's.
      if (binding === null || socket.readyState !== WebSocket.OPEN) return;
      if (!(data instanceof ArrayBuffer)) return wire.close(1003, "binary frames only");
      metrics.bytesIn += data.byteLength;
      let frame;
      try {
        frame = decodeUp(new Uint8Array(data), familyOf, {
          maxFrame: limits.maxFrame,
          maxItems: 100_000,
          maxDepth: 256,
          maxHookDepth: 64,
        });
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
      if (frame.kind !== "hello" || greeted) {
        wire.send(encodeError({ code: ErrorCode.InvalidFrame, seq: 0, fatal: true, message: "" }));
        return wire.close(4002, "hello expected");
      }
      greeted = true;
      stopTimer();
      if (frame.hello.major !== MAJOR) {
        wire.send(encodeServerHello({ status: 1, retryAfter: 0, message: `Expected version ${MAJOR}` }));
        return wire.close(4003, "version");
      }
      try {
        const from = { wire, binding, address: client.key, origin: client.origin, headers };
        const opened = await this.#sessions.open(frame.hello, from);
        if (opened instanceof Session) {
          session = opened;
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
    const message = error instanceof Error ? error.message : String(error);
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
