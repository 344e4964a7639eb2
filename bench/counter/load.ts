/**
 * The load: a process of its own that opens pages and sockets, clicks in a closed loop or stays idle, and prints one line
 * of JSON. A click is sent when the answer to the last one is there; its acknowledgement rides on it.
 *
 *     deno run --allow-net --allow-sys load.ts '{"server":"vango","port":8000,"mode":"clicks","sessions":100,"seconds":4}'
 *
 * @module
 */
import { cpus } from "node:os";
import process from "node:process";
import {
  decodeDown,
  encodeAck,
  encodeClientHello,
  encodeControlUp,
  encodeEvent,
  frameType,
  HelloIntent,
} from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { HEAP_PATH, type HeapUsage, REST_PATH, type Usage, USAGE_PATH } from "./control.ts";
import { LoadSocket } from "./load_socket.ts";

/** Which server is measured. */
export type ServerName = "vango" | "bare";

/** What to do. */
export type LoadOrder =
  | { server: ServerName; port: number; mode: "clicks"; sessions: number; seconds: number; warmup: number }
  | { server: ServerName; port: number; mode: "idle" | "heap"; few: number; many: number; clicks: number };

/** What came of clicks. */
export interface ClicksResult {
  /** Clicks per second of all sessions. */
  clicksPerSecond: number;
  /** CPU time of the server per click, in microseconds. */
  cpuUs: number;
  /** The share of the window for which the server, and the load, kept a core busy. */
  busy: { server: number; load: number };
  /** Cores that other processes kept busy in the window: above a tenth the figures are not worth much. */
  others: number;
  /** Bytes of messages per click in the window: up, the answer, and whatever else came down (snapshots). */
  bytes: { up: number; answer: number; other: number };
  /** Bytes of the first 100 clicks of one session: the same in every run. */
  first100: { up: number; answer: number };
}

/** What came of idle sessions. */
export interface IdleResult {
  /** Resident bytes per session: the slope from few to many. */
  rss: number;
  /** Bytes of JavaScript heap per session: the same slope. */
  heap: number;
}

/** What came of heap snapshots. */
export interface HeapResult extends IdleResult {
  /** The snapshots' files: with few sessions, and with many. */
  files: [few: string, many: string];
}

const CLICK = 0x01;

interface Page {
  cookie: string;
  data: Record<string, string>;
  button: number;
}

const totals = { clicks: 0, up: 0, answer: 0, other: 0 };

/** One user: clicks as soon as the last click was answered. */
class User {
  readonly #order: LoadOrder;
  readonly #page: Page | null;
  readonly #ready: PromiseWithResolvers<void> = Promise.withResolvers();
  #socket!: LoadSocket;
  #seq = 0;
  #acked = 0;
  #frames = 0;
  #text = "Count: 0";
  #answered: () => void = () => {};
  /** Bytes of the first hundred clicks. */
  readonly first = { up: 0, answer: 0 };

  private constructor(order: LoadOrder, page: Page | null) {
    this.#order = order;
    this.#page = page;
  }

  /** Opens a page and its socket; resolves when the page may be clicked. */
  static async open(order: LoadOrder): Promise<User> {
    const page = order.server === "vango" ? await getPage(order.port) : null;
    const user = new User(order, page);
    const origin = `http://127.0.0.1:${order.port}`;
    user.#socket = await LoadSocket.open({
      port: order.port,
      path: page === null ? "/" : "/_vango/live",
      headers: page === null
        ? {}
        : { origin, cookie: page.cookie, "sec-websocket-protocol": `vango.3, t.${page.data.t}` },
      onMessage: (bytes) => user.#onMessage(bytes),
    });
    user.#socket.ended.then(() => stop("A server closed a socket"));
    if (page === null) user.#ready.resolve();
    else user.#socket.send(hello(page));
    await user.#ready.promise;
    return user;
  }

  /** The first click; the answers cause the others. */
  click(): void {
    const ackDelta = this.#frames - this.#acked;
    this.#acked = this.#frames;
    const bytes = encodeEvent(
      { seq: ++this.#seq, ackDelta, code: CLICK, num: this.#page?.button ?? 4, payload: null },
      familyOf(CLICK),
    );
    totals.up += bytes.length;
    if (this.#seq <= 100) this.first.up += bytes.length;
    this.#socket.send(bytes);
  }

  #onMessage(bytes: Uint8Array): void {
    if (frameType(bytes) !== 2) return this.#other(bytes);
    totals.clicks++;
    totals.answer += bytes.length;
    if (this.#seq <= 100) this.first.answer += bytes.length;
    this.#frames++;
    this.#apply(bytes);
    if (running) this.click();
    this.#answered();
  }

  /** Clicks as often, each click after the answer to the one before; the last answer is acknowledged by itself. */
  async clickTimes(count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#answered = resolve;
      this.click();
      await promise;
    }
    // As a browser does that sends nothing else for a quarter of a second. The hand-written server keeps nothing for it.
    if (count > 0 && this.#page !== null) this.#socket.send(encodeAck(this.#acked = this.#frames));
  }

  /** Does what a browser would, and checks that the count is what it must be. */
  #apply(bytes: Uint8Array): void {
    const down = decodeDown(bytes);
    const patch = down.kind === "patches" && down.frame.received === this.#seq ? down.frame.patches[0] : null;
    if (patch?.op !== 0x16) stop(`Not the answer to click ${this.#seq}: ${JSON.stringify(down)}`);
    const { offset, count, text } = patch;
    this.#text = this.#text.slice(0, offset) + text + this.#text.slice(offset + count);
    if (this.#seq % 64 === 1 && this.#text !== `Count: ${this.#seq}`) {
      stop(`Expected "Count: ${this.#seq}", got "${this.#text}"`);
    }
  }

  #other(bytes: Uint8Array): void {
    totals.other += bytes.length;
    const down = decodeDown(bytes);
    if (down.kind === "hello") {
      if (down.hello.status !== 0) stop(`Refused: ${JSON.stringify(down.hello)}`);
      this.#ready.resolve();
    } else if (down.kind === "control" && down.control.type === 0x01) {
      this.#socket.send(encodeControlUp({ type: 0x02, value: down.control.value }));
    } else if (down.kind === "error") stop(`Error frame: ${JSON.stringify(down.error)}`);
  }
}

let running = false;

function stop(why: string): never {
  if (over) Deno.exit(0);
  console.error(why);
  Deno.exit(1);
}

let over = false;

async function getPage(port: number): Promise<Page> {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const html = await response.text();
  if (response.status !== 200) stop(`Page: ${response.status} ${html}`);
  const script = /<script type="module" id="vango"([^>]*)>/.exec(html)?.[1] ?? "";
  return {
    cookie: response.headers.get("set-cookie")!.split(";")[0],
    data: Object.fromEntries([...script.matchAll(/data-(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]])),
    button: Number(/data-hid="(\d+) /.exec(html)?.[1]),
  };
}

function hello({ data }: Page): Uint8Array {
  return encodeClientHello({
    intent: HelloIntent.Claim,
    session: data.t.slice(0, 22),
    key: data.t.slice(22),
    build: "",
    lastSeq: 0,
    lastEvent: 0,
    flags: 0,
    sealed: Uint8Array.fromBase64(data.x, { alphabet: "base64url" }),
    width: 1280,
    height: 720,
    tzOffset: 0,
    caps: 0,
  });
}

async function usage<T extends Usage = Usage>(port: number, path = USAGE_PATH): Promise<T> {
  return await (await fetch(`http://127.0.0.1:${port}${path}`)).json();
}

export async function openMany(order: LoadOrder, count: number): Promise<User[]> {
  const users: User[] = [];
  while (users.length < count) {
    const next = Array.from({ length: Math.min(20, count - users.length) }, () => User.open(order));
    users.push(...await Promise.all(next));
  }
  return users;
}

const sleep = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

function loadCpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** CPU time of the whole machine, in microseconds. */
export function machineCpu(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) * 1000;
}

async function clicks(order: LoadOrder & { mode: "clicks" }): Promise<ClicksResult> {
  const users = await openMany(order, order.sessions);
  running = true;
  for (const user of users) user.click();
  await sleep(order.warmup);
  const before = await usage(order.port);
  const own = loadCpu();
  const all = machineCpu();
  const from = performance.now();
  const was = { ...totals };
  await sleep(order.seconds);
  const count = totals.clicks - was.clicks;
  const ms = performance.now() - from;
  const bytes = {
    up: (totals.up - was.up) / count,
    answer: (totals.answer - was.answer) / count,
    other: (totals.other - was.other) / count,
  };
  const load = (loadCpu() - own) / 1000 / ms;
  const everything = (machineCpu() - all) / 1000 / ms;
  const cpu = (await usage(order.port)).cpuUs - before.cpuUs;
  const server = cpu / 1000 / ms;
  running = false;
  return {
    clicksPerSecond: count / ms * 1000,
    cpuUs: cpu / count,
    busy: { server, load },
    others: Math.max(0, everything - server - load),
    bytes,
    first100: users[0].first,
  };
}

async function open(order: LoadOrder & { clicks: number }, count: number): Promise<void> {
  for (const user of await openMany(order, count)) await user.clickTimes(order.clicks);
}

function slope(order: { few: number; many: number }, few: Usage, many: Usage): IdleResult {
  const sessions = order.many - order.few;
  return { rss: (many.rss - few.rss) / sessions, heap: (many.heap - few.heap) / sessions };
}

async function idle(order: LoadOrder & { mode: "idle" | "heap" }): Promise<IdleResult> {
  await open(order, order.few);
  const few = await usage(order.port, REST_PATH);
  await open(order, order.many - order.few);
  return slope(order, few, await usage(order.port, REST_PATH));
}

async function heap(order: LoadOrder & { mode: "idle" | "heap" }): Promise<HeapResult> {
  await open(order, order.few);
  // What V8 makes for its first snapshot is in both that are compared.
  await Deno.remove((await usage<HeapUsage>(order.port, HEAP_PATH)).file);
  const few = await usage<HeapUsage>(order.port, HEAP_PATH);
  await open(order, order.many - order.few);
  const many = await usage<HeapUsage>(order.port, HEAP_PATH);
  return { ...slope(order, few, many), files: [few.file, many.file] };
}

if (import.meta.main) {
  const order: LoadOrder = JSON.parse(Deno.args[0]);
  const result = order.mode === "clicks"
    ? await clicks(order)
    : order.mode === "idle"
    ? await idle(order)
    : await heap(order);
  over = true;
  console.log(JSON.stringify(result));
  Deno.exit(0);
}
