/**
 * The second client's tree beside a fresh rendering of the same state: templates, and random trees.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { type Child, component, each, signal } from "../../mod.ts";
import { button, div } from "../../vdom/elements.ts";
import { TRAPS } from "../../examples/jsx/traps.tsx";
import { List } from "../../examples/jsx/views.tsx";
import { startApp } from "../support/app.ts";
import { scale } from "../support/night.ts";
import { Random } from "../support/random.ts";
import { Tab } from "./tab.ts";
import { type Dom, element, shape } from "./dom.ts";
import { numbered, UnknownNode } from "./page.ts";
import { randomView } from "./random_view.ts";

/** A page that shows a version of a tree; its button takes the next one. Fresh pages begin with the newest. */
function versions(view: (version: number) => Child) {
  let newest = 0;
  return component(() => {
    const version = signal(newest, { name: "version" });
    return () => [
      button({ onClick: () => void (version.value = ++newest) }, "next"),
      div(view(version.value)),
    ];
  });
}

async function next(client: Tab): Promise<void> {
  client.click("next");
  await client.idle();
}

async function assertFresh(client: Tab, message: string): Promise<void> {
  const fresh = new Tab(client.origin);
  await fresh.load();
  assertEquals(shape(client.page.root.children), shape(fresh.page.root.children), message);
  assertEquals(client.page.check(), fresh.page.check(), message);
  assert(!fresh.checkFailed, message);
}

Deno.test("the second client appends rows of a template, swaps and removes them", async () => {
  const orders = [[], [1, 2, 3], [1, 2, 3, 4], [4, 2, 3, 1], [3, 4], [], [5, 6]];
  const page = versions((version) =>
    List({ rows: orders[version].map((id) => ({ id, label: `row ${id}` })), onPick() {} })
  );
  await using server = startApp({ page });
  await using client = await Tab.open(server.origin);
  for (const order of orders.slice(1)) {
    await next(client);
    await assertFresh(client, `${order}`);
  }
  assertEquals(client.log.ops.filter((op) => op === 0x40).length, 1);
});

for (const [name, [jsx]] of Object.entries(TRAPS)) {
  Deno.test(`the second client makes instances: ${name}`, async () => {
    const page = versions((version) =>
      each(
        Array.from({ length: version % 3 * 2 }, (_x, i) => i + version),
        (i) => i,
        (i) => div({ id: `d${i}` }, jsx()),
      )
    );
    await using server = startApp({ page, noscript: false });
    await using client = await Tab.open(server.origin);
    for (let i = 1; i < 5; i++) {
      await next(client);
      await assertFresh(client, `version ${i}`);
    }
  });
}

const SEEDS = Array.from({ length: scale(4, 100) }, (_x, i) => i + 1);

for (const seed of SEEDS) {
  Deno.test(`the second client keeps a random tree as a fresh page has it, seed ${seed}`, async () => {
    const page = versions((version) => randomView(seed, version));
    const app = { page, noscript: false };
    const server = startApp(app);
    const client = await Tab.open(server.origin);
    await assertFresh(client, "at the start");
    for (let version = 1; version <= 12; version++) {
      await next(client);
      await assertFresh(client, `version ${version}`);
    }
    client.resync(1);
    await client.log.until((frame) => frame.kind === "controlDown" && frame.value.type === 0x12);
    await assertFresh(client, "after a resync");
    await next(client);
    await assertFresh(client, "after a resync and an edit");
    const closed = client.log.until((frame) => frame.kind === "closed");
    await server[Symbol.asyncDispose]();
    await closed;
    await using _again = startApp(app, Number(new URL(server.origin).port));
    await client.connect();
    await next(client);
    assert(client.log.controls.includes(0x13), "numbered again");
    await assertFresh(client, "after a restart and an edit");
    await client[Symbol.asyncDispose]();
  });

  Deno.test(`the second client mends a random page that was changed before it began, seed ${seed}`, async () => {
    const page = versions((version) => randomView(seed, version));
    await using server = startApp({ page, noscript: false });
    for (let at = 0; at < 4; at++) {
      const meddle = (body: Dom) => {
        const [tree] = body.find((node) => node.tag === "div");
        const nodes = [...numbered(tree.children)]; // what has no number is not checked
        const node = nodes[seed * 7 * (at + 1) % nodes.length];
        if (at % 2) node?.remove();
        else node?.parent?.insert([element("ins")], node);
      };
      await using client = await Tab.open(server.origin, { meddle });
      await next(client);
      await assertFresh(client, `change ${at}`);
    }
  });
}

for (const seed of SEEDS) {
  Deno.test(`the second client comes to what a fresh page has over any network, seed ${seed}`, async () => {
    const random = new Random(seed);
    const page = versions((version) => randomView(seed, version));
    await using server = startApp({ page, noscript: false });
    await using client = await Tab.open(server.origin);
    const steps: Record<string, () => unknown> = {
      edit: () => client.click("next"),
      "edit and wait": () => next(client),
      cut: () => client.cut(),
      connect: () => client.cut().then(() => client.connect()),
      "another socket": () => client.connect(),
      slow: () => void (client.slow = true),
      "catch up": () => client.catchUp(),
      resync: () => client.resync(1),
      refetch: () => client.refetch(client.page.node(1 + random.below(5))),
    };
    const names = Object.keys(steps);
    const done: string[] = [];
    for (let i = 0; i < 25; i++) {
      done.push(random.pick(names));
      // who does not listen cannot wait, and a connection says hello
      if (/wait|connect|socket/.test(done[i])) client.catchUp();
      if (/wait/.test(done[i]) && !client.connected) await client.connect();
      try {
        await steps[done[i]]();
      } catch (error) {
        if (!(error instanceof UnknownNode)) throw new Error(done.join(", "), { cause: error });
      }
    }
    client.catchUp();
    await client.cut();
    await client.connect();
    await next(client);
    await assertFresh(client, done.join(", "));
  });
}
