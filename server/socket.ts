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
  type Limits,
  MAJOR,
  ProtocolError,
} from "../protocol/mod.ts";
import { familyOf } from "../vdom/attrs.ts";
import type { Client } from "./address.ts";
import { readBinding } from "./cookie.ts";
import { plainAnswer } from "./csp.ts";
import { type Ctx, type CtxCell, enterCell, type PackedHeaders, packHeaders } from "./ctx.ts";
import type { Engine } from "./engine.ts";
import { messageOf } from "./errors.ts";
import { KeyedCounter } from "./limits.ts";
import { MEMORY_SOCKETS, type SocketLike } from "./seam.ts";
import { checkOrigin } from "./security.ts";
import { Session } from "./session.ts";
import type { Wire } from "./shared.ts";
import type { Sessions } from "./sessions.ts";

/** The subprotocol of version 3. */
export const SUBPROTOCOL = "vango.3";

/** How many characters of a page's token are its session's id. */
const SESSION_ID = 22;

/** In the place of a timer's stop: a stopped timer is kept by the function that stops it. */
const doNothing = (): void => {};

/** Who opens a socket: needed until its hello. */
interface Caller {
  /** The request's headers, packed: they are gone once it is upgraded. */
  readonly headers: PackedHeaders;
  readonly origin: string;
  /** The value of the cookie that a valid token was given to; null without one. */
  readonly binding: string | null;
}

/** Takes sockets. */
export class SocketServer {
  /** What the parts share. */
  readonly engine: Engine;
  /** The sessions. */
  readonly sessions: Sessions;
  /** Sockets by address. */
  readonly perAddress: KeyedCounter;
  /** Those that are open. */
  readonly open: Set<SocketLike> = new Set();
  /** What a frame may hold. */
  readonly within: Limits;

  /** Takes sockets for the sessions of a server. */
  constructor(engine: Engine, sessions: Sessions) {
    this.engine = engine;
    this.sessions = sessions;
    this.perAddress = new KeyedCounter(engine.limits.socketsPerAddress);
    this.within = { maxFrame: engine.limits.maxFrame, maxItems: 100_000, maxDepth: 256, maxHookDepth: 64 };
  }

  /** Answers the request for a socket: 101, or why not. */
  upgrade(request: Request, client: Client): Response {
    const refuse = (status: number, why: string) => {
      this.engine.metrics.socketsRefused++;
      this.engine.log.once(`socket ${why}`).warn(`Refused a socket: ${why}`, { address: client.address });
      return plainAnswer(status, why);
    };
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return plainAnswer(426, "Expected a WebSocket", { upgrade: "websocket" });
    }
    const origin = checkOrigin(request.headers, client.origin, {
      kind: "socket",
      allowed: this.engine.origins,
    });
    if (!origin.ok) return refuse(403, `origin: ${origin.reason}`);
    const protocols = (request.headers.get("sec-websocket-protocol") ?? "").split(",").map((p) => p.trim());
    if (!protocols.includes(SUBPROTOCOL)) return refuse(400, "no subprotocol of this version");
    if (this.sessions.admission.refusing() > 0) return refuse(503, "busy");
    if (!this.perAddress.acquire(client.key)) return refuse(429, "too many sockets of this address");
    const binding = readBinding(request.headers.get("cookie"), client.secure);
    const token = protocols.find((p) => p.startsWith("t."))?.slice(2) ?? "";
    // The session that rendered the page: by now another one may go on in it.
    const [session, mac] = [token.slice(0, SESSION_ID), token.slice(SESSION_ID)];
    const valid = binding !== null && this.engine.tokens.verify(mac, { purpose: "page", binding, session });
    const caller: Caller = {
      headers: packHeaders(request.headers),
      origin: client.origin,
      binding: valid ? binding : null,
    };
    const connection = new SocketConnection(this, client.key, caller);
    const memory = MEMORY_SOCKETS.get(request);
    if (memory !== undefined) {
      connection.serve(memory, false);
      return new Response(null);
    }
    let upgraded: { socket: WebSocket; response: Response };
    try {
      upgraded = Deno.upgradeWebSocket(request, { protocol: SUBPROTOCOL, idleTimeout: 0 });
    } catch {
      this.perAddress.release(client.key);
      return refuse(400, "no valid WebSocket handshake");
    }
    connection.serve(upgraded.socket, true);
    return upgraded.response;
  }

  /** Closes every socket. */
  close(): void {
    for (const socket of this.open) if (socket.readyState <= WebSocket.OPEN) socket.close(1001, "shutdown");
  }
}

/**
 * One socket: what its session sends through, whom the runtime hands its events, and the cell in which they run. One
 * object in the place of eight functions, since there are as many as there are users.
 */
class SocketConnection implements Wire, CtxCell, EventListenerObject {
  /** The context of its session. */
  ctx: Ctx | null = null;
  readonly #server: SocketServer;
  readonly #address: string;
  #socket!: SocketLike;
  #session: Session | null = null;
  /** Who asked; null once the hello has come. */
  #caller: Caller | null;
  #stopTimer: () => void = doNothing;
  /** Whether its loop is to enter the cell with the first event. */
  #enters = false;
  /** False once either end has closed. Kept here, since asking the socket costs as much as decoding a click. */
  #open = true;

  constructor(server: SocketServer, address: string, caller: Caller) {
    this.#server = server;
    this.#address = address;
    this.#caller = caller;
  }

  /** Takes the socket's events; `loops`: it has a loop of its own, whose context is ours to set. */
  serve(socket: SocketLike, loops: boolean): void {
    this.#enters = loops;
    const { engine, open } = this.#server;
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    open.add(socket);
    this.#stopTimer = engine.clock.after(engine.limits.helloTimeoutMs, () => this.close(4002, "no hello"));
    // Not for "error": what failed is followed by a close. Each kind of event costs a socket some 300 bytes.
    if (this.#caller?.binding === null) socket.addEventListener("open", this);
    socket.addEventListener("message", this);
    socket.addEventListener("close", this);
  }

  // A wire.

  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  send(frame: Uint8Array): void {
    if (!this.#open) return;
    try {
      this.#socket.send(frame as Uint8Array<ArrayBuffer>);
    } catch {
      // The browser has closed, and the event that tells so is on its way: as if it were lost in the network.
      this.#open = false;
    }
  }

  close(code: number, reason: string): void {
    this.#open = false;
    if (this.#socket.readyState <= WebSocket.OPEN) this.#socket.close(code, reason);
  }

  // Events.

  handleEvent(event: Event): void {
    switch (event.type) {
      case "message":
        return this.#onMessage((event as MessageEvent).data);
      case "close":
        return this.#onClose();
      case "open":
        return this.#onOpen();
    }
  }

  /** Without a valid token. A browser cannot read the status of a refused upgrade: it is told here, before anything of it is read. */
  #onOpen(): void {
    this.#server.engine.metrics.socketsRefused++;
    this.send(encodeServerHello({ status: 2, retryAfter: 0, message: "" }));
    this.close(4001, "token");
  }

  #onMessage(data: unknown): void {
    // What comes after we decided to close is nobody's.
    if (!this.#open || this.#caller?.binding === null) return;
    if (!(data instanceof ArrayBuffer)) return this.close(1003, "binary frames only");
    const { engine, within } = this.#server;
    const session = this.#session;
    engine.metrics.bytesIn += data.byteLength;
    let frame;
    try {
      frame = decodeUp(new Uint8Array(data), familyOf, within);
    } catch (error) {
      return this.#refuseFrame(error);
    }
    if (session !== null) {
      // The loop that reads the socket goes on in the context that an event leaves behind. Entering one for each event
      // would be a tenth of its cost; one from the start would be 450 bytes for every page that is only looked at.
      if (this.#enters && frame.kind === "event") {
        this.#enters = false;
        enterCell(this);
      }
      try {
        return session.receive(frame);
      } catch (error) {
        session.log.error("A session failed", { error });
        return this.close(1011, "error");
      }
    }
    const caller = this.#caller;
    if (frame.kind !== "hello" || caller === null) {
      this.send(encodeError({ code: ErrorCode.InvalidFrame, seq: 0, fatal: true, message: "" }));
      return this.close(4002, "hello expected");
    }
    this.#stopTimer();
    this.#stopTimer = doNothing;
    this.#caller = null;
    this.#greet(frame.hello, caller);
  }

  async #greet(hello: ClientHello, { binding, origin, headers }: Caller): Promise<void> {
    const { engine, sessions } = this.#server;
    if (hello.major !== MAJOR) {
      this.send(encodeServerHello({ status: 1, retryAfter: 0, message: `Expected version ${MAJOR}` }));
      return this.close(4003, "version");
    }
    try {
      const from = { wire: this, binding: binding!, address: this.#address, origin, headers };
      const opened = await sessions.open(hello, from);
      if (opened instanceof Session) {
        this.#session = opened;
        this.ctx = opened.ctx;
        if (this.#socket.readyState !== WebSocket.OPEN) sessions.disconnected(opened, this);
      } else {
        this.send(encodeServerHello(opened));
        this.close(4004, "refused");
      }
    } catch (error) {
      engine.log.error("Cannot open a session", { error });
      this.send(encodeServerHello({ status: 8, retryAfter: 1000, message: "" }));
      this.close(1011, "error");
    }
  }

  #onClose(): void {
    const { open, perAddress, sessions } = this.#server;
    this.#open = false;
    this.#stopTimer();
    if (!open.delete(this.#socket)) return;
    perAddress.release(this.#address);
    if (this.#session !== null) sessions.disconnected(this.#session, this);
  }

  /** Bytes that are no frame: a typed error, logged once; the session lives. */
  #refuseFrame(error: unknown): void {
    const { engine } = this.#server;
    const code = error instanceof ProtocolError ? error.code as ErrorCode : ErrorCode.InvalidFrame;
    engine.metrics.decodeErrors++;
    const message = messageOf(error);
    (this.#session?.log ?? engine.log).once(`frame ${code}`).warn(message, { code });
    const fatal = this.#session === null;
    engine.metrics.errors.websocket++;
    // Who sends without reading gets no more answers.
    if (this.buffered > engine.limits.slowBytes) return;
    this.send(encodeError({ code, seq: 0, fatal, message: engine.dev ? message : "" }));
    if (fatal) this.close(4002, "no frame");
  }
}
