/**
 * A server for leak_test.ts, in a process of its own, since the collector is asked: opens sessions and ends them in every
 * way there is, without a network, and prints what is left of them.
 *
 *     deno run --v8-flags=--expose-gc … _leak_server.ts OPENINGS SEED [routes]
 *
 * @module
 */
import {
  component,
  computed,
  type Ctx,
  NavLink,
  onCleanup,
  onMount,
  resource,
  signal,
  useCtx,
} from "../../mod.ts";
import { decodeDown, encodeClientHello, encodeEvent, HelloIntent } from "../../protocol/mod.ts";
import { createApp } from "../../server/app.ts";
import type { Engine } from "../../server/engine.ts";
import { silentLogger } from "../../server/log.ts";
import { MEMORY_SOCKETS, TEST_PARTS } from "../../server/seam.ts";
import type { ErrorPageProps, LayoutProps, PageProps, RouteTable } from "../../server/route_table.ts";
import type { Session } from "../../server/session.ts";
import type { Sessions } from "../../server/sessions.ts";
import { MemorySocket } from "../../testing/socket.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { NAVIGATE_EVENT, PREFETCH_EVENT } from "../../vdom/event_table.ts";
import { button, div, form, h1, input } from "../../vdom/elements.ts";
import { fieldsOf } from "../support/post.ts";
import { FakeClock } from "../server/fake_clock.ts";

const ORIGIN = "http://localhost";
const INFO = { remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 } satisfies Deno.NetAddr };

/** Instances whose cleanup has not run. */
let living = 0;

const Page = component(() => {
  living++;
  onCleanup(() => void living--);
  if (useCtx().url.search === "?away") useCtx().navigate("/");
  const count = signal(0, { name: "count" });
  const loaded = resource(() => Promise.resolve("loaded"));
  onMount(() => () => {});
  const later = async () => {
    await Promise.resolve();
    count.inc();
  };
  return () =>
    div(
      h1("Count: ", count, " ", loaded.value),
      button({ onClick: later }, "+"),
      form({ onSubmit: (e) => count.add(Number(e.get("by"))) }, input({ name: "by" })),
    );
});

/** Around every page: follows the address, and says something of the document. */
const Around = component<LayoutProps>((props) => {
  living++;
  onCleanup(() => void living--);
  const ctx = useCtx();
  ctx.title("Around");
  return () =>
    div(NavLink({ href: "/items/1", activeClass: "here" }, "One"), ctx.url.pathname, props.children);
});

/** A page that loads something, and never ends to when its id is odd. */
const Item = component<PageProps<"/items/:id:int">>((props) => {
  living++;
  onCleanup(() => void living--);
  const ctx = useCtx();
  ctx.title(computed(() => `Item ${props.params.id}`));
  ctx.meta("description", "an item");
  const loaded = resource(() =>
    props.params.id % 2 === 1
      ? new Promise<string>(() => {})
      : Promise.resolve(`${props.params.id}`.repeat(20))
  );
  return () => {
    if (props.params.id === 4) throw new Error("broken");
    return h1("Item ", loaded.value);
  };
});
const Wrong = component<ErrorPageProps>((props) => () => h1("failed ", props.status));

const levels = [{
  folder: "",
  layout: Around,
  error: Wrong,
  middleware: [(_ctx: Ctx, next: () => unknown) => next()],
}];
const routes: RouteTable = {
  pages: [{ pattern: "/", page: Page, levels }, { pattern: "/items/:id:int", page: Item, levels }],
  apis: [],
  notFound: [{ pattern: "/", page: component(() => () => h1("lost")), levels }],
} as unknown as RouteTable;
const routed = Deno.args[2] === "routes";

const clock = new FakeClock(Date.now());
let sessions!: Sessions;
let engine!: Engine;
const options: Parameters<typeof createApp>[0] = {
  ...routed ? { routes } : { page: Page },
  secret: "a secret of tests, thirty-two characters and more",
  logger: silentLogger,
  memory: false,
  limits: {
    maxSessions: 1000,
    maxSessionsPerAddress: 900,
    socketsPerAddress: 900,
    parked: { count: 20, ttlMs: 30_000 },
    detached: { count: 20, ttlMs: 60_000 },
  },
};
TEST_PARTS.set(options, {
  clock,
  defer: (fn) => void setImmediate(fn),
  made: (engineOf, made) => {
    engine = engineOf;
    sessions = made;
  },
});
const app = createApp(options);

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const alive: WeakRef<object>[] = [];
const noted = new WeakSet<Session>();

/** Remembers weakly what there is of sessions now. */
function note(): void {
  for (const session of sessions) {
    if (noted.has(session)) continue;
    noted.add(session);
    alive.push(new WeakRef(session), new WeakRef(session.runtime.root[0]), new WeakRef(session.ctx));
  }
}

interface Opened {
  html: string;
  cookie: string;
  data: Record<string, string>;
}

async function getPage(method = "GET", path = "/"): Promise<Opened> {
  const response = await app.fetch(new Request(ORIGIN + path, { method }), INFO);
  const html = await response.text();
  const script = /<script type="module" id="vango"([^>]*)>/.exec(html)?.[1] ?? "";
  note();
  return {
    html,
    cookie: response.headers.get("set-cookie")!.split(";")[0],
    data: Object.fromEntries([...script.matchAll(/data-(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]])),
  };
}

async function open({ data, cookie }: Opened, change: { key?: string; resume?: boolean; seq?: number } = {}) {
  let key = "";
  let seq = change.seq ?? 0;
  const socket = new MemorySocket({ message: (bytes) => void (key ||= keyOf(bytes)), closed: () => {} });
  const request = new Request(ORIGIN + "/_vango/live", {
    headers: {
      upgrade: "websocket",
      "sec-websocket-protocol": `vango.3, t.${data.t}`,
      origin: ORIGIN,
      cookie,
    },
  });
  MEMORY_SOCKETS.set(request, socket);
  await app.fetch(request, INFO);
  socket.sendUp(encodeClientHello({
    intent: change.resume ? HelloIntent.Resume : HelloIntent.Claim,
    session: data.t.slice(0, 22),
    key: change.key ?? data.t.slice(22),
    path: "/",
    build: "",
    lastSeq: 0,
    lastEvent: 0,
    flags: 0,
    sealed: Uint8Array.fromBase64(data.x, { alphabet: "base64url" }),
    width: 1,
    height: 1,
    tzOffset: 0,
    caps: 0,
  }));
  for (let i = 0; i < 100 && key === ""; i++) await turn();
  note();
  return {
    key,
    click: async (num: number) => {
      socket.sendUp(encodeEvent({ seq: ++seq, ackDelta: 0, code: 1, num, payload: null }, familyOf(1)));
      await turn();
    },
    go: async (path: string) => {
      socket.sendUp(encodeEvent({
        seq: ++seq,
        ackDelta: 0,
        code: NAVIGATE_EVENT,
        num: 0,
        payload: { path, replace: false },
      }, familyOf(NAVIGATE_EVENT)));
      for (let i = 0; i < 4; i++) await turn();
    },
    prefetch: async (path: string) => {
      socket.sendUp(encodeEvent(
        { seq: ++seq, ackDelta: 0, code: PREFETCH_EVENT, num: 0, payload: { path } },
        familyOf(PREFETCH_EVENT),
      ));
      for (let i = 0; i < 4; i++) await turn();
    },
    cut: () => socket.cut(),
  };
}

function keyOf(bytes: Uint8Array): string {
  const down = decodeDown(bytes);
  return down.kind === "hello" && down.hello.status === 0 ? down.hello.resumeKey : "";
}

async function submit({ html, cookie }: Opened): Promise<void> {
  const body = new URLSearchParams([...fieldsOf(html), ["by", "2"]]);
  const request = new Request(`${ORIGIN}/`, { method: "POST", body, headers: { origin: ORIGIN, cookie } });
  await (await app.fetch(request, INFO)).text();
  note();
}

/** Lets time pass until what waits is put away, which takes real time too: it is sealed and stored. */
async function evict(page: Opened): Promise<void> {
  clock.advance(70_000);
  for (let i = 0; i < 1000 && [...sessions].some(({ id }) => id === page.data.t.slice(0, 22)); i++) {
    await turn();
  }
}

/** The ways of a session's life, by how it ends. */
const WAYS: Record<string, () => Promise<void>> = {
  neverClaimed: async () => void await getPage(),
  head: async () => void await getPage("HEAD"),
  redirected: async () => void await getPage("GET", "/?away"),
  cut: async () => (await open(await getPage())).cut(),
  resumedAndCut: async () => {
    const page = await getPage();
    const button = Number(/data-hid="(\d+) click/.exec(page.html)![1]);
    const one = await open(page);
    await one.click(button);
    one.cut();
    const two = await open(page, { resume: true, key: one.key, seq: 1 });
    await two.click(button);
    two.cut();
  },
  claimedTwice: async () => {
    const page = await getPage();
    const [one, other] = [await open(page), await open(page)];
    one.cut();
    other.cut();
  },
  postedTwice: async () => {
    const page = await getPage();
    await submit(page);
    await submit(page);
  },
  takenOver: async () => {
    const page = await getPage();
    const one = await open(page);
    // A later socket takes the session over from one that is still open.
    (await open(page, { resume: true, key: one.key })).cut();
    one.cut();
  },
  evictedAndForked: async () => {
    const page = await getPage();
    await evict(page);
    (await open(page)).cut();
  },
  evictedAndRestored: async () => {
    const page = await getPage();
    const one = await open(page);
    one.cut();
    await evict(page);
    (await open(page, { resume: true, key: one.key })).cut();
  },
  silent: async () => {
    const page = await getPage();
    await open(page);
    // Nobody answers the pings: the heartbeat drops the socket, then time the session.
    await evict(page);
    await evict(page);
  },
};

/** Those of sessions that went from page to page. */
const ROUTED_WAYS: typeof WAYS = {
  navigated: async () => {
    const one = await open(await getPage());
    for (const path of ["/items/2", "/items/2?page=2", "/nothing/here", "/"]) await one.go(path);
    one.cut();
  },
  prefetched: async () => {
    const one = await open(await getPage());
    for (const id of [2, 6]) await one.prefetch(`/items/${id}`);
    await one.go("/items/2");
    one.cut();
  },
  cutWhileHeld: async () => {
    const one = await open(await getPage("GET", "/items/2"));
    await one.go("/items/3");
    one.cut();
  },
  failed: async () => {
    const one = await open(await getPage("GET", "/items/4"));
    await one.go("/items/2");
    await one.go("/items/4");
    one.cut();
  },
  heldAndRestored: async () => {
    const page = await getPage();
    const one = await open(page);
    await one.prefetch("/items/2");
    await one.go("/items/3");
    one.cut();
    await evict(page);
    const two = await open(page, { resume: true, key: one.key, seq: 2 });
    await two.go("/items/2");
    two.cut();
  },
};
if (routed) Object.assign(WAYS, ROUTED_WAYS);

const [openings, seed] = Deno.args.map(Number);
const names = Object.keys(WAYS);
const ways: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
let random = seed;

/** Opens and ends so many sessions, in turns as the seed wills. */
async function run(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    const name = names[(random >>> 16) % names.length];
    ways[name]++;
    await WAYS[name]();
    if (i % 50 === 0) clock.advance(1000);
  }
}

const left = { opened: 0, reachable: 0 };

async function collect(): Promise<void> {
  const { gc } = globalThis as unknown as { gc: (options: object) => void };
  for (let i = 0; i < 5; i++) {
    gc({ type: "major", execution: "sync", flavor: "last-resort" });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Ends what waits, collects garbage, and counts what is left; gives the heap in use. */
async function rest(): Promise<number> {
  const pass = async (ms: number) => {
    clock.advance(ms);
    // What is put away is sealed and stored, which takes real time.
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  for (let i = 0; i < 20; i++) await pass(60_000);
  // In two days no token and no snapshot is worth anything: the store forgets them when it is next used.
  await pass(2 * 86_400_000);
  await WAYS.cut();
  for (let i = 0; i < 5; i++) await pass(60_000);
  await collect();
  left.opened += alive.length / 3;
  left.reachable += alive.filter((ref) => ref.deref() !== undefined).length;
  // The references themselves are in nobody's way.
  alive.length = 0;
  await collect();
  return Deno.memoryUsage().heapUsed;
}

// Code, tables and caches grow once: the first part is for those.
const first = Math.max(2_000, openings / 5);
await run(first);
const before = await rest();
await run(openings - first);
const after = await rest();
console.log(JSON.stringify({
  ...left,
  ways,
  heapPerOpening: (after - before) / (openings - first),
  living,
  holds: { ...sessions.holds, loadedAhead: engine.shared.navigator!.kept },
  metrics: app.metrics(),
}));
