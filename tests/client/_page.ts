/**
 * A page for tests of the client: happy-dom, a socket whose other end is the test, and a clock that the test moves.
 *
 * @module
 */
import { Window } from "happy-dom";
import { encodeControlDown, encodeError, encodePatches, encodeServerHello } from "../../protocol/mod.ts";
import { decodeUp, type UpFrame } from "../../protocol/mod.ts";
import type { AcceptedHello, DownControl, ErrorFrame, RefusedHello } from "../../protocol/mod.ts";
import { start, type Vango } from "../../client/start.ts";
import { walk } from "../../client/nodes.ts";
import { createHooks } from "../../client/hooks.ts";
import { createNav } from "../../client/nav.ts";
import { createRare } from "../../client/rare.ts";
import { EVENTS, type Family } from "../../vdom/event_table.ts";
import type { VNode } from "../../vdom/node.ts";
import type { Patch } from "../../vdom/patch.ts";
import type { Live, Page } from "../../client/state.ts";

/** What pages carry: the session's id and the claim key. */
export const PAGE_TOKEN = "sess".padEnd(22, "-") + "claim".padEnd(22, "-");

const FAMILIES = new Map<number, Family>(EVENTS.map(([, code, family]) => [code, family]));

/** A socket whose other end is the test. */
export class FakeSocket {
  binaryType = "";
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onclose: (() => void) | null = null;
  /** What the client sent and the test has not looked at. */
  sent: UpFrame[] = [];
  /** The number of the newest event. */
  newest = 0;
  /** The size of each message. */
  sizes: number[] = [];
  constructor(readonly url: string, readonly protocols: string[]) {}
  send(bytes: Uint8Array): void {
    if (this.readyState !== 1) throw new Error("Cannot send: the socket is not open");
    this.sizes.push(bytes.length);
    const frame = decodeUp(bytes, (code) => FAMILIES.get(code) ?? "o");
    this.sent.push(frame);
    if (frame.kind === "event") this.newest = frame.event.seq;
  }
  close(): void {
    this.readyState = 3;
  }
  /** The connection is there. */
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  /** The connection is gone. */
  drop(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  /** A message comes. */
  receive(bytes: Uint8Array<ArrayBuffer>): void {
    this.onmessage?.({ data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) });
  }
}

interface Timer {
  at: number;
  run: () => void;
  every: number;
}

/** A clock that stands still until it is moved. */
export class Clock {
  now = 0;
  #next = 1;
  #timers = new Map<number, Timer>();
  set = (run: () => void, delay = 0): number => {
    this.#timers.set(this.#next, { at: this.now + delay, run, every: 0 });
    return this.#next++;
  };
  repeat = (run: () => void, every: number): number => {
    this.#timers.set(this.#next, { at: this.now + every, run, every });
    return this.#next++;
  };
  clear = (id: number): void => {
    this.#timers.delete(id);
  };
  /** How long until each timer, the soonest first. */
  get due(): number[] {
    return [...this.#timers.values()].map((t) => t.at - this.now).sort((a, b) => a - b);
  }
  /** Moves on. */
  tick(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = [...this.#timers].filter(([, t]) => t.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!next) break;
      const [id, timer] = next;
      this.now = Math.max(this.now, timer.at);
      if (timer.every) timer.at += timer.every;
      else this.#timers.delete(id);
      timer.run();
    }
    this.now = end;
  }
}

/** Options of a page. */
export interface PageOptions {
  /** What the script element says, over what is right. */
  data?: Record<string, string>;
  /** What stands in the body after the script. */
  after?: string;
  /** Whether the second script is there at once. Default: it comes with {@linkcode TestPage.loadRare}. */
  rare?: boolean;
  /** Runs before the client starts. */
  before?: (win: Page) => void;
  /** Connects and accepts. Default: true. */
  connect?: boolean;
  /** The modules of hooks, by their paths. */
  hooks?: Record<string, { default?: object } | Promise<{ default?: object }>>;
  /** What the server's hello says. */
  hello?: Partial<AcceptedHello>;
}

/** A page with a client. */
export class TestPage {
  readonly win: Page;
  readonly doc: Document;
  readonly clock = new Clock();
  readonly vango: Vango;
  readonly sockets: FakeSocket[] = [];
  /** Details of `vango:error` events. */
  readonly errors: { code: number; seq: number; message: string }[] = [];
  /** States, as `vango:connection` events told. */
  readonly states: string[] = [];
  /** How often the second script was asked for. */
  loads = 0;
  /** How often the script of hooks was asked for. */
  hookLoads = 0;
  /** Where it was asked for. */
  rareUrl = "";
  #rare: () => void = () => {};
  #failRare: () => void = () => {};
  #window: Window;
  #seq = 1;

  constructor(html: string, options: PageOptions = {}) {
    this.#window = new Window({
      url: "https://app.test/start?a=1",
      settings: {
        disableJavaScriptEvaluation: true,
        navigation: { disableMainFrameNavigation: true },
      } as never,
    });
    this.win = this.#window as never;
    this.doc = this.win.document;
    const data: Record<string, string> = { t: PAGE_TOKEN, x: "", ...options.data };
    this.doc.body.innerHTML = `<!--vango-->${html}<script type="text/plain" id="vango"></script>${
      options.after ?? ""
    }`;
    const end = this.doc.getElementById("vango")!;
    end.setAttribute("src", "/_vango/client-1a.js");
    const { count, sum } = check(this.doc.body.firstChild!.nextSibling, end);
    for (const [k, v] of Object.entries({ n: String(count), sum: String(sum), ...data })) {
      end.setAttribute(`data-${k}`, v);
    }
    const win = this.win as unknown as Record<string, unknown>;
    Object.assign(win, {
      setTimeout: this.clock.set,
      clearTimeout: this.clock.clear,
      setInterval: this.clock.repeat,
      clearInterval: this.clock.clear,
    });
    this.doc.addEventListener("vango:error", (e) => this.errors.push((e as CustomEvent).detail));
    this.doc.addEventListener("vango:connection", (e) => this.states.push((e as CustomEvent).detail.state));
    options.before?.(this.win);
    const sockets = this.sockets;
    // deno-lint-ignore no-this-alias
    const page = this;
    class PageSocket extends FakeSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    }
    this.vango = start(this.win, {
      socket: PageSocket as never,
      load: (url) => {
        if (url === data.nav) return Promise.resolve({ createNav });
        if (url === "/_vango/hooks-1a.js") {
          page.hookLoads++;
          return Promise.resolve({ createHooks });
        }
        if (!url.startsWith("/_vango/rare")) {
          const hook = options.hooks?.[new URL(url).pathname];
          return hook === undefined
            ? Promise.reject(new TypeError(`Failed to fetch ${url}`))
            : Promise.resolve(hook);
        }
        page.loads++;
        page.rareUrl = url;
        return new Promise((resolve, reject) => {
          page.#failRare = () => reject(new TypeError("Failed to fetch"));
          page.#rare = () => resolve({ createRare });
          if (options.rare) page.#rare();
        });
      },
    });
  }

  /** The newest socket. */
  get socket(): FakeSocket {
    return this.sockets[this.sockets.length - 1];
  }

  /** Opens the newest socket and accepts its hello. */
  accept(hello: Partial<AcceptedHello> = {}): void {
    this.socket.open();
    this.#seq = hello.nextSeq ?? this.#seq;
    this.socket.receive(
      encodeServerHello({
        status: 0,
        action: 0,
        session: "sess2",
        resumeKey: "resume",
        build: "build",
        nextSeq: this.#seq,
        received: 0,
        heartbeat: 30000,
        maxMessage: 1 << 20,
        ...hello,
      }),
    );
  }

  /** Refuses the hello of the newest socket. */
  refuse(hello: Omit<RefusedHello, "message">): void {
    this.socket.open();
    this.socket.receive(encodeServerHello({ message: "", ...hello }));
  }

  /** Sends patches as the next frame. */
  patch(
    patches: Patch[],
    received: number | null = null,
    settled: { below: number; list: number[] } | null = null,
  ): void {
    this.socket.receive(encodePatches({ seq: this.#seq++, received, settled, patches }));
  }

  /** Sends a control. */
  control(
    control: DownControl<VNode> extends infer C ? C extends { seq: number } ? Omit<C, "seq"> : C : never,
  ): void {
    const withSeq = control.type === 0x12 || control.type === 0x13
      ? { ...control, seq: this.#seq++ }
      : { seq: 0, ...control };
    this.socket.receive(encodeControlDown(withSeq as DownControl<VNode>));
  }

  /** Sends an error. */
  error(error: Partial<ErrorFrame>): void {
    this.socket.receive(encodeError({ code: 4, seq: 0, fatal: false, message: "", ...error }));
  }

  /** The number of the newest event that the client sent. */
  get sent(): number {
    return Math.max(0, ...this.sockets.map((socket) => socket.newest));
  }

  /** What the client sent since the last look, without acks and pings. */
  take(): UpFrame[] {
    const sent = this.socket.sent;
    this.socket.sent = [];
    return sent;
  }

  /** The events that the client sent since the last look: number, code, node. */
  events(): [seq: number, code: number, num: number][] {
    return this.take().flatMap((f) => f.kind === "event" ? [[f.event.seq, f.event.code, f.event.num]] : []);
  }

  /** Payloads of the events that the client sent since the last look. */
  payloads(): unknown[] {
    return this.take().flatMap((f) => f.kind === "event" ? [f.event.payload] : []);
  }

  /** Has the second script arrive. */
  async loadRare(): Promise<void> {
    this.#rare();
    await settle();
  }

  /** Has the second script fail to load. */
  async failRare(): Promise<void> {
    this.#failRare();
    await settle();
  }

  /** The HTML between the marker and the script. */
  get html(): string {
    const html = this.doc.body.innerHTML;
    return html.slice(
      html.indexOf("<!--vango-->") + 12,
      html.indexOf('<script type="text/plain" id="vango"'),
    );
  }

  /** An element. */
  $<T extends Element = HTMLElement>(selector: string): T {
    const element = this.doc.querySelector<T>(selector);
    if (!element) throw new Error(`There is no ${selector}`);
    return element;
  }

  /** The number of a node. */
  num(node: Node): number | undefined {
    return (node as Live).vango;
  }

  /** Dispatches a DOM event. */
  fire(target: EventTarget, type: string, init: Record<string, unknown> = {}): Event {
    const { kind = "Event", ...rest } = init;
    const Type =
      (this.win as unknown as Record<string, new (type: string, init: object) => Event>)[kind as string];
    const event = new Type(type, { bubbles: true, cancelable: true, ...rest });
    target.dispatchEvent(event);
    return event;
  }

  /** Clicks. */
  click(target: EventTarget, init: Record<string, unknown> = {}): Event {
    return this.fire(target, "click", { kind: "MouseEvent", ...init });
  }

  /** Types: sets the value and tells of it. */
  type(selector: string, value: string): void {
    const control = this.$<HTMLInputElement>(selector);
    control.value = value;
    this.fire(control, "input");
  }

  /** Ends the page. */
  async close(): Promise<void> {
    this.vango.close();
    await this.#window.happyDOM.close();
  }
}

/** Makes a page, runs a test with it, ends it. */
export async function withPage(
  html: string,
  options: PageOptions,
  run: (page: TestPage) => void | Promise<void>,
): Promise<void> {
  const page = new TestPage(html, options);
  try {
    await settle();
    if (options.connect !== false) page.accept(options.hello);
    await run(page);
  } finally {
    await page.close();
  }
}

/** Lets promises that are due run. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

/** The count and the checksum of a list of nodes, as docs/protocol.md has them. */
export function check(first: Node | null, end: Node): { count: number; sum: number } {
  let count = 0;
  let sum = 0x811c9dc5;
  walk(first, end, (node, kind) => {
    count++;
    const bytes = [kind];
    if (kind === 1) {
      for (const c of (node as Element).localName.toLowerCase()) bytes.push(c.charCodeAt(0) & 255);
    }
    for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  });
  return { count, sum: sum >>> 0 };
}
