/**
 * The connection: one socket at a time, opened again for as long as the page lives.
 *
 *     connect -> open: hello up -> hello down (ok) -> connected -> lost -> wait -> connect …
 *
 * The wait has full jitter and grows to 30 s; a hidden page waits until it is seen; a page that is seen again, or a network
 * that is back, opens a fresh socket at once instead of waiting for one that may be dead.
 *
 * @module
 */
import { CORE } from "./core.ts";
import { receive } from "./frames.ts";
import { flush, tell } from "./queue.ts";
import type { Client, ConnectionState } from "./state.ts";
import { type Bytes, putInt, putText, putUint } from "./wire.ts";

const BASE = 500;
const CAP = 30_000;
const ACK_DELAY = 250;
const ACK_BYTES = 16_384;
const RELOAD = 5_000;

/** Sets the state of the connection: classes of html and body, and an event. */
export function setState(c: Client, state: ConnectionState): void {
  const previous = c.state;
  if (state === previous) return;
  c.state = state;
  for (const { classList } of [c.doc.documentElement, c.doc.body]) {
    classList.remove(`vango-${previous}`);
    classList.add(`vango-${state}`);
  }
  tell(c, "connection", { state, previous });
}

/** Opens a fresh socket; the one before is left. */
export function connect(c: Client): void {
  leave(c);
  c.win.clearTimeout(c.timer);
  c.timer = 0;
  if (c.closed) return;
  const { location: { origin, pathname, search }, innerWidth, innerHeight } = c.win;
  const ws = c.ws = new c.socket(`${origin.replace("http", "ws")}/_vango/live`, [
    "vango.3",
    `t.${c.end.dataset.t}`,
  ]);
  ws.binaryType = "arraybuffer";
  ws.onopen = () => {
    const out: Bytes = [0, 3, 0, c.intent];
    for (const text of [c.session, c.key, "", pathname + search]) putText(out, text);
    c.acked = c.last;
    for (const n of [c.last, c.seq, +!c.sound, c.sealed.length]) putUint(out, n);
    for (const byte of c.sealed) out.push(byte);
    putUint(out, innerWidth);
    putUint(out, innerHeight);
    putInt(out, -new Date().getTimezoneOffset());
    out.push(+("moveBefore" in c.doc.body));
    send(c, out);
  };
  ws.onmessage = ({ data }) => receive(c, new Uint8Array(data));
  ws.onclose = () => lost(c);
}

/** Leaves the socket, if there is one. */
export function leave(c: Client): void {
  const { ws, win } = c;
  win.clearTimeout(c.ackTimer);
  win.clearInterval(c.beat);
  c.ackTimer = 0;
  c.ready = false;
  c.frames = [];
  c.ws = null;
  for (const event of c.queue) event.sent = false;
  if (ws) {
    ws.onopen = ws.onmessage = ws.onclose = null;
    ws.close();
  }
}

/** The socket is gone: another one, after `delay` milliseconds. */
export function lost(c: Client, delay: number = Math.random() * Math.min(CAP, BASE * 2 ** c.tries++)): void {
  leave(c);
  setState(c, c.win.navigator.onLine ? "reconnecting" : "offline");
  if (!c.doc.hidden) connectIn(c, delay);
}

/** Opens a fresh socket after a while, unless that is due already: a server that goes away has said when. */
export function connectIn(c: Client, delay: number): void {
  c.timer ||= c.win.setTimeout(() => connect(c), delay);
}

/** Sends bytes and whole numbers, if there is a socket. */
export function send(c: Client, out: Bytes, ...numbers: number[]): void {
  for (const n of numbers) putUint(out, n);
  if (c.ws?.readyState === 1) c.ws.send(new Uint8Array(out));
}

/** Sends the newest applied frame's number. */
export function sendAck(c: Client): void {
  c.acked = c.last;
  c.unacked = 0;
  send(c, [4], c.last);
}

/** Notes that a frame was applied: the ack rides on the next event, or goes alone after a while. */
export function noteApplied(c: Client, seq: number, size: number): void {
  c.last = seq;
  c.unacked += size;
  if (c.unacked >= ACK_BYTES) sendAck(c);
  else {
    c.ackTimer ||= c.win.setTimeout(() => {
      c.ackTimer = 0;
      if (c.acked !== c.last) sendAck(c);
    }, ACK_DELAY);
  }
}

/** Asks for everything again, once, and ignores patches until it comes. Reason 0: frames are missing, and may come alone. */
export function requestResync(c: Client, reason: number): void {
  if (c.stale) return;
  c.stale = true;
  c.ready = false;
  if (reason) c.sound = false;
  send(c, [3, 0x10], c.last, reason);
}

/** Begins the life of a connection that was accepted. */
export function begin(c: Client, heartbeat: number): void {
  c.tries = 0;
  c.heartbeat = heartbeat;
  if (heartbeat) {
    c.beat = c.win.setInterval(() => {
      if (!c.alive) return lost(c);
      c.alive = false;
      send(c, [3, 1, 0]);
    }, heartbeat);
  }
}

/** Events may be sent. */
export function resume(c: Client): void {
  c.stale = false;
  c.ready = true;
  setState(c, "connected");
  flush(c);
}

/** Ends it: nothing is intercepted any more, links and forms are the browser's again. */
export function quit(c: Client): void {
  c.closed = true;
  c.quit.abort();
  leave(c);
  c.win.clearTimeout(c.timer);
  setState(c, "offline");
}

/** Loads the page anew: when that did not help for as much as five seconds, it stays as it is. */
export function reload(c: Client): void {
  quit(c);
  try {
    const { sessionStorage, location } = c.win;
    if (Date.now() - sessionStorage.vango < RELOAD) return;
    sessionStorage.vango = Date.now();
    location.reload();
  } catch {
    // Without storage nothing tells whether a reload has helped.
  }
}

/** Loads the second script. */
export function loadRare(c: Client): Promise<void> {
  return c.loading ??= c.load(c.end.getAttribute("src")!.replace("client", "rare")).then(
    ({ createRare }) => {
      c.rare = createRare(c, CORE);
    },
    (error) => {
      c.loading = undefined;
      throw error;
    },
  );
}

/** Follows what the browser says of the page and the network. */
export function watch(c: Client): void {
  const on = (target: EventTarget, type: string, run: () => void) =>
    target.addEventListener(type, run, { signal: c.quit.signal });
  on(c.win, "online", () => c.ready || connect(c));
  on(c.win, "offline", () => lost(c));
  // A page with an open socket cannot be kept for the way back.
  on(c.win, "pagehide", () => {
    c.rare?.flush();
    leave(c);
  });
  on(c.win, "pageshow", () => c.ws || c.waits || connect(c));
  on(c.doc, "visibilitychange", () => {
    if (c.doc.hidden) c.rare?.flush();
    else if (!c.ready || Date.now() - c.seen! > (c.heartbeat || Infinity)) connect(c);
  });
}
