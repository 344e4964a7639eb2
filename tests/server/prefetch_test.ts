import { assert, assertEquals } from "@std/assert";
import { component, onMount, resource, useCtx } from "../../mod.ts";
import type { PageProps } from "../../server/route_table.ts";
import { PREFETCH_EVENT } from "../../vdom/event_table.ts";
import { Prefetched } from "../../server/prefetch.ts";
import { p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { FakeClock } from "./fake_clock.ts";

import { Home, Layout, openPage } from "../support/routes.ts";

Deno.test("a page that was prefetched begins from what was loaded: no effects, no guards passed by, nothing loaded twice", async () => {
  let loads = 0;
  let mounts = 0;
  let allowed = true;
  const phases: string[] = [];
  const Data = component<PageProps<"/data/:id">>((props) => {
    const data = resource(async () => {
      loads++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return `data of ${props.params.id}`;
    }, { name: "data" });
    onMount(() => void mounts++);
    useCtx().title("Data");
    return () => p(data.value ?? "…");
  });
  const guard = async (ctx: { phase: string }, next: () => Promise<unknown>) => {
    phases.push(ctx.phase);
    return allowed ? await next() : new Response("no");
  };
  const levels = [{ folder: "", layout: Layout, middleware: [guard] }];
  const clock = new FakeClock();
  await using server = startApp({
    clock,
    routes: {
      pages: [{ pattern: "/", page: Home, levels }, { pattern: "/data/:id", page: Data, levels }],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server);
  const prefetch = (path: string) => live.client.event(PREFETCH_EVENT, 0, { path });
  const settled = async () => {
    // Whether it awaits or not, nothing but empty frames comes of it.
    for (let seen = -1; seen < 1 || seen < live.client.frames.length;) {
      seen = live.client.frames.length;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    // A ping may be among them, or a snapshot.
    const frames = live.client.frames.splice(0).filter(({ kind }) => kind !== "control");
    for (const frame of frames) assert(frame.kind === "patches" && frame.frame.patches.length === 0);
    assert(frames.length > 0);
  };
  phases.length = 0;
  prefetch("/data/1");
  await settled();
  assertEquals([loads, mounts, phases], [1, 0, ["prefetch"]]);
  prefetch("/data/1");
  await settled();
  assertEquals(loads, 1);
  live.go("/data/1");
  let patches = await live.client.changes();
  assert(JSON.stringify(patches).includes("data of 1"));
  assertEquals([loads, mounts], [1, 1]);
  // Once only: what is made anew loads anew.
  live.go("/");
  await live.client.changes();
  live.go("/data/1");
  patches = await live.client.changes();
  assert(JSON.stringify(patches).includes("data of 1"));
  assertEquals([loads, mounts], [2, 2]);
  // What was loaded is old after half a minute.
  prefetch("/data/2");
  await settled();
  clock.advance(31_000);
  live.go("/data/2");
  while (!JSON.stringify(patches).includes("data of 2")) patches = await live.client.changes();
  assertEquals(loads, 4);
  await live.client.quiet();
  // Where the session may not go nothing is loaded.
  allowed = false;
  prefetch("/data/3");
  await settled();
  prefetch("/nowhere");
  await settled();
  assertEquals(loads, 4);
});

Deno.test("a session that asks for too many pages ahead gets no more of them, and no error", async () => {
  const loaded: string[] = [];
  const Data = component<PageProps<"/data/:id">>((props) => {
    loaded.push(props.params.id);
    return () => p(props.params.id);
  });
  await using server = startApp({
    clock: new FakeClock(),
    routes: {
      pages: [{ pattern: "/", page: Home, levels: [] }, { pattern: "/data/:id", page: Data, levels: [] }],
      apis: [],
      notFound: [],
    },
  });
  await using live = await openPage(server);
  for (let i = 0; i < 40; i++) {
    live.client.event(PREFETCH_EVENT, 0, { path: `/data/${i}` });
    await live.client.patches();
  }
  live.go("/data/x");
  while (!JSON.stringify((await live.client.patches()).patches).includes('"x"'));
  // The clock stands still: the burst, and the page that was gone to.
  assertEquals(loaded.length, 10 + 1);
});

Deno.test("what was loaded ahead goes when its time is over, when its session ends, and when others need the room", () => {
  const clock = new FakeClock();
  const prefetched = new Prefetched(clock);
  const state = new Map();
  const [one, other] = [{}, {}];
  const load = (session: object, path: string) => {
    clock.advance(200);
    assert(prefetched.begin(session, path) !== null);
    prefetched.end(session, path, state);
  };
  assertEquals(prefetched.of(one), null);
  for (const path of ["/1", "/2", "/3", "/4", "/5"]) load(one, path);
  assertEquals([prefetched.size, prefetched.of(one)?.length, prefetched.take(one, "/1")], [4, 4, null]);
  load(other, "/6");
  assertEquals(prefetched.take(one, "/2"), state);
  assertEquals([prefetched.take(one, "/2"), prefetched.size], [null, 4]);
  prefetched.forget(one);
  assertEquals([prefetched.size, prefetched.of(one)], [1, []]);
  clock.advance(29_999);
  assertEquals(prefetched.of(other), [state]);
  clock.advance(1);
  // Whoever asks next finds out.
  assertEquals([prefetched.begin(one, "/7") !== null, prefetched.size], [true, 0]);
  prefetched.end(one, "/7", null);
  assertEquals(prefetched.size, 0);
  const many = Array.from({ length: 1100 }, () => ({}));
  for (const session of many) {
    assert(prefetched.begin(session, "/") !== null);
    prefetched.end(session, "/", state);
  }
  assertEquals([prefetched.size, prefetched.of(many[0]), prefetched.of(many[1099])], [1000, [], [state]]);
});

Deno.test("a page that is being loaded ahead is abandoned when its session is over", async () => {
  const aborted: boolean[] = [];
  const started = Promise.withResolvers<void>();
  const Data = component<PageProps<"/data/:id">>(() => {
    const data = resource(({ signal }) => {
      const { promise, reject } = Promise.withResolvers<string>();
      signal.addEventListener("abort", () => {
        aborted.push(true);
        reject(signal.reason);
      });
      started.resolve();
      return promise;
    });
    return () => p(data.value ?? "…");
  });
  const levels = [{ folder: "", layout: Layout }];
  const pages = [{ pattern: "/", page: Home, levels }, { pattern: "/data/:id", page: Data, levels }];
  {
    await using server = startApp({ routes: { pages, apis: [], notFound: [] } });
    await using live = await openPage(server);
    live.client.event(PREFETCH_EVENT, 0, { path: "/data/1" });
    await started.promise;
    assertEquals(aborted, []);
  }
  // The timer of its limit is gone with it, or this test leaked it.
  assertEquals(aborted, [true]);
});
