/**
 * A page and its session in one process, with a socket that a test moves by hand: frames wait in `up` and `down` until they are
 * delivered, and a flush waits until the test ends the turn.
 *
 * The client is the real one, in a happy-dom window; so are session, runtime and codec.
 *
 * @module
 */
import { Window } from "happy-dom";
import * as rare from "../../client/rare.ts";
import { start, type Vango } from "../../client/start.ts";
import type { Page } from "../../client/state.ts";
import { decodeUp, encodeServerHello, HelloAction, HelloFlag, HelloIntent } from "../../protocol/mod.ts";
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
  /** How often the browser asked for everything again. */
  readonly complaints: number;
  /** How many flushes are due. */
  readonly turns: number;
  /** Ends the turn of the event loop: flushes that are due run. */
  endTurn(): void;
  /** Hands the server what it did not get yet. */
  deliverUp(): void;
  /** Hands the browser what it did not get yet. */
  deliverDown(): void;
  /** Delivers everything both ways and ends turns until nothing is under way. */
  quiet(): Promise<void>;
  /** Cuts the connection: what is under way is lost. The session waits, as detached ones do. */
  cut(): void;
  /**
   * Connects again, as a browser does that comes back. `restored`: to a session that another process has made anew, equal to
   * the one that was lost.
   */
  resume(restored?: boolean): Promise<void>;
}

/** How a page is opened. */
export interface OpenOptions {
  /** Runs between the parser and the client, as a browser's extension does. */
  before?: (document: Document) => void;
  /** Whether the browser is told what was wrong, which it writes to the console. Default: true. */
  dev?: boolean;
  /** Makes the document of the page's HTML. Default: happy-dom's own parser. */
  parse?: (document: Document, html: string) => void;
}

/** A session whose page is rendered and whose turns are ended by hand. */
export interface Rendered {
  session: Session;
  metrics: Metrics;
  /** The page. */
  html: string;
  /** Flushes that are due. */
  deferred: (() => void)[];
}

/** Renders a page in a session of its own, as a server does. */
export async function renderPage(page: VNode, dev = true): Promise<Rendered> {
  const deferred: (() => void)[] = [];
  const metrics = createMetrics();
  // Every look at the clock is a second later, so that no rate is ever exceeded.
  let time = 0;
  const ctx = new Ctx({
    url: new URL("http://localhost/"),
    headers: { common: "", cookie: "" },
    session: "s",
  });
  const session = new Session({
    limits: DEFAULT_LIMITS,
    metrics,
    log: createLogger({ sink: () => {} }),
    navigator: null,
    title: "",
    after: () => () => {},
    defer: (fn) => void deferred.push(fn),
    now: () => time += 1000,
    dev,
    flushed: () => {},
  }, { id: "s", binding: "b", ctx });
  await runWithCtx(ctx, () => {
    session.runtime.mount(page);
    return session.runtime.settle(1000);
  });
  const { count, sum } = treeSum(session.runtime.root);
  const html = renderDocument({
    body: session.runtime.root,
    clientSrc: "/client.js",
    data: { n: String(count), sum: String(sum), t: "t".repeat(44) },
  });
  return { session, metrics, html, deferred };
}

/** Renders a page, opens it in a window, and connects the two. */
export async function openPage(page: VNode, options: OpenOptions = {}): Promise<OpenPage> {
  const { session, metrics, html, deferred } = await renderPage(page, options.dev);

  // The browser's side.
  const window = new Window({ url: "http://localhost/" });
  const win = window as unknown as Page;
  const { document } = win;
  if (options.parse === undefined) window.document.write(html);
  else options.parse(document, html);
  options.before?.(document);
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
    load: () => Promise.resolve(rare),
  });
  let connections = 0;
  let complaints = 0;
  /** Answers the hello of the newest socket, as sessions.ts does. */
  const greet = async (restored: boolean) => {
    while (socket === undefined) await rest();
    up.length =
      down.length =
      taken =
      given =
        0;
    const wire = { buffered: 0, send: (frame: Uint8Array) => void down.push(frame), close: () => {} };
    socket.onopen!();
    const frame = decodeUp(up.shift()!, familyOf);
    if (frame.kind !== "hello") throw new Error("The browser said no hello");
    const { intent, flags, lastSeq } = frame.hello;
    const isWhole = (flags & HelloFlag.NumberCheckFailed) === 0;
    if (!isWhole && connections === 0 && options.before === undefined) {
      throw new Error("The page was numbered otherwise");
    }
    const known = intent === HelloIntent.Claim ||
      lastSeq >= session.renumbered && session.outbox.since(lastSeq) !== null;
    const resync = !isWhole || !known;
    socket.onmessage!({
      data: encodeServerHello({
        status: 0,
        action: resync ? HelloAction.Resync : restored ? HelloAction.Renumber : HelloAction.Keep,
        session: "s",
        resumeKey: `r${++connections}`,
        build: "",
        nextSeq: (resync || intent === HelloIntent.Claim ? session.outbox.lastSeq : lastSeq) + 1,
        received: session.received,
        heartbeat: 0,
        maxMessage: DEFAULT_LIMITS.maxFrame,
      }),
    });
    session.connect(wire, `r${connections}`, lastSeq);
    if (resync) session.resync();
    else if (restored) {
      session.runtime.renumber();
      session.renumber();
    } else if (intent === HelloIntent.Resume) session.replay(lastSeq);
  };
  await greet(false);

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
    get complaints() {
      return complaints;
    },
    get turns() {
      return deferred.length;
    },
    endTurn() {
      for (const run of deferred.splice(0)) run();
    },
    deliverUp() {
      while (taken < up.length) {
        const frame = decodeUp(up[taken++], familyOf);
        if (frame.kind === "control" && frame.control.type === 0x10) complaints++;
        session.receive(frame);
      }
    },
    deliverDown() {
      while (given < down.length) socket!.onmessage!({ data: down[given++] });
    },
    async quiet() {
      for (let idle = 0; idle < 3; idle++) {
        if (taken < up.length || given < down.length || deferred.length > 0) idle = 0;
        opened.deliverUp();
        opened.endTurn();
        opened.deliverDown();
        await rest();
      }
    },
    cut() {
      session.disconnect();
      const old = socket!;
      socket = undefined;
      old.readyState = 3;
      old.onclose?.();
    },
    async resume(restored = false) {
      client.reconnect();
      await greet(restored);
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

/** Lets promises that are due run. */
async function rest(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}
