/**
 * A page and its session in one process, with a socket that a test moves by hand: frames wait in `up` and `down` until they are
 * delivered, and a flush waits until the test ends the turn.
 *
 * The client is the real one, in a happy-dom window; so are session, runtime and codec.
 *
 * @module
 */
import { Window } from "happy-dom";
import { start, type Vango } from "../../client/start.ts";
import type { Page } from "../../client/state.ts";
import { decodeUp, encodeServerHello } from "../../protocol/mod.ts";
import { renderDocument, treeSum } from "../../render/mod.ts";
import { Ctx, runWithCtx } from "../../server/ctx.ts";
import { DEFAULT_LIMITS } from "../../server/limits.ts";
import { createLogger } from "../../server/log.ts";
import { createMetrics, type Metrics } from "../../server/metrics.ts";
import { Session } from "../../server/session.ts";
import { familyOf } from "../../vdom/attrs.ts";
import type { VNode } from "../../vdom/node.ts";

/** A page that is open and connected. */
export interface OpenPage extends AsyncDisposable {
  /** The session behind it. */
  readonly session: Session;
  /** What the server counted. */
  readonly metrics: Metrics;
  /** The document. */
  readonly document: Document;
  /** The live tree as HTML. */
  readonly html: string;
  /** Listeners for what a user does: where, and for which event. */
  readonly listeners: readonly [target: string, type: string][];
  /** Frames that the browser sent since the hello. */
  readonly up: Uint8Array[];
  /** Frames that the server sent since its hello. */
  readonly down: Uint8Array[];
  /** How many flushes are due. */
  readonly turns: number;
  /** Ends the turn of the event loop: flushes that are due run. */
  endTurn(): void;
  /** Hands the server what it did not get yet. */
  deliverUp(): void;
  /** Hands the browser what it did not get yet. */
  deliverDown(): void;
}

/** Renders a page, opens it in a window, and connects the two. */
export async function openPage(page: VNode): Promise<OpenPage> {
  // The server's side: a session whose end of a turn is the test's to say.
  const deferred: (() => void)[] = [];
  const metrics = createMetrics();
  const ctx = new Ctx({
    url: new URL("http://localhost/"),
    headers: new Headers(),
    cookies: new Map(),
    session: "s",
  });
  const session = new Session({
    limits: DEFAULT_LIMITS,
    metrics,
    guard: null,
    defer: (fn) => void deferred.push(fn),
    now: () => 0,
    dev: true,
    flushed: () => {},
  }, { id: "s", binding: "b", ctx, log: createLogger({ sink: () => {} }), runtime: { dev: true } });
  await runWithCtx(ctx, () => {
    session.runtime.mount(page);
    return session.runtime.settle(1000);
  });
  const { count, sum } = treeSum(session.runtime.root);
  const html = renderDocument({
    body: session.runtime.root,
    clientSrc: "/client.js",
    data: { n: String(count), sum: String(sum), s: "s", k: "k", t: "t" },
  });

  // The browser's side.
  const window = new Window({ url: "http://localhost/" });
  window.document.write(html);
  const win = window as unknown as Page;
  const { document } = win;
  const listeners: [string, string][] = [];
  for (const [name, target] of [["document", document], ["button", win.HTMLElement.prototype]] as const) {
    const listen = target.addEventListener;
    target.addEventListener = function (this: EventTarget, type: string, ...rest: never[]) {
      if (/^(click|submit|input|change|key|pointer|mouse)/.test(type)) listeners.push([name, type]);
      return listen.call(this, type, ...rest as unknown as [() => void]);
    } as typeof listen;
  }

  // The socket between them.
  const up: Uint8Array[] = [];
  const down: Uint8Array[] = [];
  let taken = 0;
  let given = 0;
  let socket: PairedSocket | undefined;
  class PairedSocket {
    readyState = 1;
    binaryType = "";
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: Uint8Array }) => void) | null = null;
    onclose: (() => void) | null = null;
    constructor() {
      socket = this;
    }
    send(bytes: Uint8Array): void {
      up.push(bytes);
    }
    close(): void {
      this.readyState = 3;
    }
  }
  const client: Vango = start(win, {
    socket: PairedSocket as unknown as typeof WebSocket,
    load: () => import("../../client/rare.ts"),
  });
  socket!.onopen!();
  const hello = decodeUp(up.shift()!, familyOf);
  if (hello.kind !== "hello" || hello.hello.flags !== 0) throw new Error("The page was numbered otherwise");
  const accept = encodeServerHello({
    status: 0,
    action: 0,
    session: "s",
    resumeKey: "r",
    build: "",
    nextSeq: 1,
    received: 0,
    heartbeat: 0,
    maxMessage: DEFAULT_LIMITS.maxFrame,
  });
  socket!.onmessage!({ data: accept });
  session.connect({ buffered: 0, send: (frame) => void down.push(frame), close: () => {} }, "r", 0);

  const opened: OpenPage = {
    session,
    metrics,
    document,
    get html() {
      const all = document.body.innerHTML;
      return all.slice(all.indexOf("<!--vango-->") + "<!--vango-->".length, all.indexOf("<script"));
    },
    listeners,
    up,
    down,
    get turns() {
      return deferred.length;
    },
    endTurn() {
      for (const run of deferred.splice(0)) run();
    },
    deliverUp() {
      while (taken < up.length) session.receive(decodeUp(up[taken++], familyOf));
    },
    deliverDown() {
      while (given < down.length) socket!.onmessage!({ data: down[given++] });
    },
    async [Symbol.asyncDispose]() {
      client.close();
      session.close();
      await window.happyDOM.close();
    },
  };
  opened.endTurn();
  return opened;
}
