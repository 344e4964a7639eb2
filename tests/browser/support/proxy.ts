/**
 * A bad network on demand: a TCP proxy that delays, stalls, cuts and refuses.
 *
 * Each connection has two lines, up (to the server) and down (to the browser). A line reads a chunk, notes when it is
 * due, and writes it then; chunks never overtake each other, also when the delay gets shorter meanwhile:
 *
 *     read ──► [chunk due 130] [chunk due 142] ──► wait until due ──► write
 *
 * A delayed line still reads at once, so the sender sees no back-pressure; a stalled line stops reading, so it does.
 *
 * @module
 */

/** A value for each direction. */
export interface Directions {
  /** From the client to the server. */
  up: number;
  /** From the server to the client. */
  down: number;
}

/** A proxy in front of a server on this machine. */
export interface Proxy extends AsyncDisposable {
  /** The port that it listens on. */
  readonly port: number;
  /** Its address as `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Milliseconds that each chunk waits; a change holds for the chunks that are read after it. */
  readonly delay: Directions;
  /** Bytes forwarded so far. */
  readonly bytes: Readonly<Directions>;
  /** Connections that are open now. */
  readonly open: number;
  /** Connections that were accepted and forwarded so far. */
  readonly accepted: number;
  /** Closes every open connection at once; what waits is lost. */
  cut(): void;
  /** Closes each new connection at once, until {@linkcode restore}. */
  refuse(): void;
  /** Stops reading in one direction, so that the sender's buffers fill, until {@linkcode restore}. */
  stall(direction: keyof Directions): void;
  /** Ends refusing and stalling. */
  restore(): void;
  /** Cuts everything and stops listening. */
  close(): Promise<void>;
}

/** The state that the lines of a proxy share. */
interface Shared {
  delay: Directions;
  bytes: Directions;
  stalled: Record<keyof Directions, boolean>;
  /** Called by whoever waits for the end of a stall. */
  waiting: Set<() => void>;
}

/** Starts a proxy in front of a port of this machine. */
export function startProxy(targetPort: number, delay: Partial<Directions> = {}): Proxy {
  const shared: Shared = {
    delay: { up: 0, down: 0, ...delay },
    bytes: { up: 0, down: 0 },
    stalled: { up: false, down: false },
    waiting: new Set(),
  };
  const links = new Set<Link>();
  const ends = new Set<Promise<void>>();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let refusing = false, accepted = 0;

  const connect = async (client: Deno.TcpConn) => {
    const server = await Deno.connect({ hostname: "127.0.0.1", port: targetPort }).catch(() => undefined);
    if (server === undefined || refusing) {
      closeQuietly(client);
      if (server !== undefined) closeQuietly(server);
      return;
    }
    accepted++;
    const link = new Link(client, server, shared);
    links.add(link);
    await link.done;
    links.delete(link);
  };
  const accept = async () => {
    for await (const client of listener) {
      if (refusing) {
        closeQuietly(client);
        continue;
      }
      const end = connect(client).finally(() => ends.delete(end));
      ends.add(end);
    }
  };
  const accepting = accept();
  const cut = () => links.forEach((link) => link.cut());
  const wake = () => [...shared.waiting].forEach((resume) => resume());
  const close = async () => {
    refusing = true;
    listener.close();
    await accepting;
    cut();
    await Promise.all(ends);
  };
  return {
    port: listener.addr.port,
    url: `http://127.0.0.1:${listener.addr.port}`,
    delay: shared.delay,
    bytes: shared.bytes,
    get open() {
      return links.size;
    },
    get accepted() {
      return accepted;
    },
    cut,
    refuse: () => void (refusing = true),
    stall: (direction) => void (shared.stalled[direction] = true),
    restore() {
      refusing = false;
      shared.stalled.up = shared.stalled.down = false;
      wake();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** One connection through the proxy: two sockets and a line in each direction. */
class Link {
  /** Resolves when both sockets are closed and nothing waits any more. */
  readonly done: Promise<void>;
  #shared: Shared;
  #conns: [Deno.TcpConn, Deno.TcpConn];
  #isCut = false;
  /** Ends the waits of the lines when the link is cut. */
  #wakers = new Set<() => void>();

  constructor(client: Deno.TcpConn, server: Deno.TcpConn, shared: Shared) {
    this.#shared = shared;
    this.#conns = [client, server];
    client.setNoDelay(true);
    server.setNoDelay(true);
    const lines = [this.#line(client, server, "up"), this.#line(server, client, "down")];
    this.done = Promise.all(lines).then(() => this.cut());
  }

  cut(): void {
    if (this.#isCut) return;
    this.#isCut = true;
    this.#conns.forEach(closeQuietly);
    [...this.#wakers].forEach((wake) => wake());
  }

  /** Moves bytes one way until the source ends, then half-closes the target; an error cuts the link. */
  async #line(from: Deno.TcpConn, to: Deno.TcpConn, direction: keyof Directions): Promise<void> {
    let writing: Promise<void> = Promise.resolve();
    try {
      const buffer = new Uint8Array(64 * 1024);
      while (!this.#isCut) {
        while (this.#shared.stalled[direction] && !this.#isCut) await this.#stallEnd();
        const size = await from.read(buffer);
        if (size === null) break;
        const chunk = buffer.slice(0, size);
        const due = performance.now() + this.#shared.delay[direction];
        writing = writing.then(() => this.#write(to, chunk, due, direction));
        // An error is thrown by the await below; until then it must not count as unhandled.
        writing.catch(() => this.cut());
      }
      await writing;
      if (!this.#isCut) await to.closeWrite();
    } catch {
      // A reset or a cut: both ends see a closed connection, which is all that a network tells.
      this.cut();
    }
  }

  async #write(to: Deno.TcpConn, chunk: Uint8Array, due: number, direction: keyof Directions): Promise<void> {
    const wait = due - performance.now();
    if (wait > 0) await this.#sleep(wait);
    for (let sent = 0; sent < chunk.length && !this.#isCut;) sent += await to.write(chunk.subarray(sent));
    if (!this.#isCut) this.#shared.bytes[direction] += chunk.length;
  }

  #sleep(ms: number): Promise<void> {
    return this.#wait((wake) => {
      const timer = setTimeout(wake, ms);
      return () => clearTimeout(timer);
    });
  }

  #stallEnd(): Promise<void> {
    return this.#wait((wake) => {
      this.#shared.waiting.add(wake);
      return () => this.#shared.waiting.delete(wake);
    });
  }

  /** Waits for a wake-up or the cut, whichever comes first, and takes the wake-up back. */
  #wait(start: (wake: () => void) => () => void): Promise<void> {
    if (this.#isCut) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        stop();
        this.#wakers.delete(wake);
        resolve();
      };
      const stop = start(wake);
      this.#wakers.add(wake);
    });
  }
}

function closeQuietly(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // Closed already by the other side of the link.
  }
}
