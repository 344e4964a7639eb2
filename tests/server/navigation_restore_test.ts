/**
 * Sessions that come back after they went from page to page.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, resource, signal } from "../../mod.ts";
import { HelloAction } from "../../protocol/mod.ts";
import { Op } from "../../vdom/patch.ts";
import { button, h1, p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { type Page, RawClient } from "../support/raw_client.ts";
import { Home, Layout, openPage } from "../support/routes.ts";

Deno.test("after a crash the page is where the browser is, in the state that it had there", async () => {
  const Counter = component(() => {
    const count = signal(0, { name: "count" });
    return () => button({ onClick: () => count.inc() }, count);
  });
  const levels = [{ folder: "", layout: Layout }];
  const routes = {
    pages: [{ pattern: "/", page: Home, levels }, { pattern: "/counter", page: Counter, levels }],
    apis: [],
    notFound: [],
  };
  let sealed = new Uint8Array();
  let session = "";
  const page = await (async () => {
    await using server = startApp({ routes });
    await using live = await openPage(server);
    live.go("/counter");
    const { patches } = await live.client.patches();
    const num = /"(\d+) click/.exec(JSON.stringify(patches))?.[1];
    assert(num === undefined);
    const insert = patches.find(({ op }) => op === Op.Replace || op === Op.Insert || op === Op.Append);
    assert(insert !== undefined);
    for (let at = 1; at < 20; at++) live.client.click(at);
    while (true) {
      const control = await live.client.nextControl(0x22);
      sealed = Uint8Array.from(control.sealed);
      break;
    }
    session = live.page.data.s;
    return live.page;
  })();
  await using server = startApp({ routes });
  const client = new RawClient(server.origin, page);
  assert(await client.opened);
  client.hello(page, { intent: 1, session, key: "", sealed, path: "/counter" });
  const hello = await client.next();
  assert(hello.kind === "hello" && hello.hello.status === 0);
  const tree = await client.nextControl(0x12);
  assert(JSON.stringify(tree.nodes).includes("button"), JSON.stringify(tree));
  await client.close();
});

Deno.test("a snapshot between a navigation and its frame is of a tree that no browser has: the page comes whole", async () => {
  const Slow = component(() => {
    const text = signal("slow", { name: "text" });
    const data = resource(() => new Promise<string>(() => {}), { transient: true });
    return () => [h1(text), p(data.state)];
  });
  const options = {
    limits: { navigationWaitMs: 60_000, renderTimeoutMs: 10 },
    routes: {
      pages: [{ pattern: "/", page: Home, levels: [] }, { pattern: "/slow", page: Slow, levels: [] }],
      apis: [],
      notFound: [],
    },
  };
  let page: Page;
  let sealed: Uint8Array;
  {
    await using server = startApp(options);
    await using live = await openPage(server);
    page = live.page;
    live.go("/slow");
    // The server has the page, the browser waits for its frame.
    await new Promise((resolve) => setTimeout(resolve, 30));
    assertEquals(live.client.frames, []);
    server.app.shutdown();
    sealed = Uint8Array.from((await live.client.nextControl(0x22)).sealed);
  }
  for (const path of ["/slow", "/"]) {
    await using server = startApp(options);
    const client = new RawClient(server.origin, page);
    assert(await client.opened);
    client.hello(page, { intent: 1, key: "", sealed, path });
    const hello = await client.next();
    assert(hello.kind === "hello" && hello.hello.status === 0);
    assertEquals(hello.hello.action, HelloAction.Resync, path);
    const tree = await client.nextControl(0x12);
    assert(JSON.stringify(tree.nodes).includes(path === "/" ? "Home" : "slow"));
    await client.close();
  }
});
