/**
 * The test kit: whole applications, lost connections, restarts, JavaScript off.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { component, createApp, onCleanup, resource, signal, useCtx } from "../../mod.ts";
import { Window } from "happy-dom";
import { mountDom } from "../../testing/dom_page.ts";
import { mount } from "../../testing/mod.ts";
import { a, button, div, form, h1, input, li, p, ul } from "../../vdom/elements.ts";

const Counter = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

Deno.test("mount() runs an application, head and all", async () => {
  const app = createApp({
    page: Counter,
    title: "Counting",
    memory: false,
    dev: false,
    secret: "x".repeat(32),
  });
  await using page = await mount(app);
  assertEquals([page.title, page.status, page.connected], ["Counting", 200, true]);
  await page.get("button").click();
  assertEquals(page.get("h1").text(), "Count: 1");
  await app.shutdown();
});

Deno.test("connecting sends no patches", async () => {
  await using page = await mount(Counter);
  assertEquals(page.traffic, { frames: 0, resyncs: 0 });
});

Deno.test("clicks while the connection is cut arrive after reconnect()", async () => {
  await using page = await mount(Counter);
  await page.disconnect();
  await page.get("button").click();
  await page.get("button").click();
  assertEquals([page.connected, page.get("h1").text()], [false, "Count: 0"]);
  await page.reconnect();
  assertEquals([page.connected, page.get("h1").text()], [true, "Count: 2"]);
  assertEquals(page.traffic, { frames: 1, resyncs: 0 });
});

Deno.test("what changes on the server while the connection is cut comes as one frame", async () => {
  const shared = signal(0);
  await using page = await mount(() => p("n: ", shared));
  await page.disconnect();
  for (let i = 0; i < 5; i++) shared.value++;
  await page.reconnect();
  assertEquals([page.text(), page.traffic], ["n: 5", { frames: 1, resyncs: 0 }]);
});

Deno.test("restart() goes on from the sealed snapshot; numbers and events still meet", async () => {
  await using page = await mount(Counter);
  await page.get("button").click();
  await page.restart();
  assertEquals(page.get("h1").text(), "Count: 1");
  await page.get("button").click();
  assertEquals([page.get("h1").text(), page.traffic.resyncs], ["Count: 2", 0]);
  await page.restart();
  await page.get("button").click();
  assertEquals(page.get("h1").text(), "Count: 3");
});

Deno.test("a crash right after a change loses it; a second later it does not", async () => {
  for (const [ms, count] of [[0, "Count: 0"], [1000, "Count: 1"]] as const) {
    await using page = await mount(Counter);
    await page.get("button").click();
    await page.clock.advance(ms);
    await page.restart({ crash: true });
    assertEquals(page.get("h1").text(), count);
  }
});

for (const crash of [false, true]) {
  Deno.test(`what the user does while disconnected is sent after restart({ crash: ${crash} })`, async () => {
    const List = component(() => {
      const items = signal<string[]>([], { name: "items" });
      return () =>
        div(
          p(items.value.join(",")),
          form({ onSubmit: (e) => items.push(e.get("text")) }, input({ name: "text" }), button("Add")),
        );
    });
    await using page = await mount(List);
    await page.get("form").submit({ text: "one" });
    await page.clock.advance(2000);
    await page.disconnect();
    await page.get("form").submit({ text: "two" });
    await page.restart({ crash });
    assertEquals([page.get("p").text(), page.connected, page.traffic.resyncs], ["one,two", true, 0]);
    await page.get("form").submit({ text: "three" });
    assertEquals(page.get("p").text(), "one,two,three");
  });
}

Deno.test("a crash loses what was not sealed yet, and nothing else", async () => {
  await using page = await mount(Counter);
  await page.get("button").click();
  await page.clock.advance(600);
  await page.flushed();
  await page.get("button").click();
  assertEquals(page.get("h1").text(), "Count: 2");
  await page.restart({ crash: true });
  assertEquals(page.get("h1").text(), "Count: 1");
  await page.get("button").click();
  assertEquals(page.get("h1").text(), "Count: 2");
});

Deno.test("noscript() posts buttons and forms; the state travels with them", async () => {
  const Todos = component(() => {
    const todos = signal<string[]>([], { name: "todos" });
    return () => [
      form({ onSubmit: (e) => todos.push(e.get("text")) }, input({ name: "text" }), button("Add")),
      button({ onClick: () => void (todos.value = []) }, "Clear"),
      ul(todos.value.map((text) => li({ key: text }, text))),
    ];
  });
  await using page = await mount(Todos, { javascript: false });
  assertEquals(page.connected, false);
  await page.get("form").submit({ text: "a" });
  await page.get("[name=text]").fill("b");
  await page.getByText("Add").click();
  assertEquals(page.get("ul").html(), "<ul><li>a</li><li>b</li></ul>");
  await page.getByText("Clear").click();
  assertEquals(page.get("ul").html(), "<ul></ul>");
});

Deno.test("navigate() leads to the page, redirects and status included", async () => {
  const Where = component(() => {
    const ctx = useCtx();
    ctx.title(`At ${ctx.url.search}`);
    return () => div(button({ onClick: () => ctx.navigate("/?b") }, "go"), a({ href: "/?c" }, "link"));
  });
  await using page = await mount(Where, { url: "/?a" });
  assertEquals([page.title, page.url.search], ["At ?a", "?a"]);
  await page.get("button").click();
  assertEquals([page.title, page.url.search, page.connected], ["At ?b", "?b", true]);
  await page.get("a").click();
  assertEquals(page.title, "At ?c");
});

Deno.test("settled() waits for resources that are fetched again", async () => {
  let gate = Promise.withResolvers<string>();
  const Data = component(() => {
    const data = resource(() => gate.promise);
    return () => div(p(data.value ?? "none"), button({ onClick: () => void data.refetch() }, "again"));
  });
  gate.resolve("one");
  await using page = await mount(Data);
  assertEquals(page.get("p").text(), "one");
  gate = Promise.withResolvers();
  await page.get("button").click();
  await assertRejects(() => page.settled(20), Error, "It waits for 1 resource");
  gate.resolve("two");
  await page.settled();
  assertEquals(page.get("p").text(), "two");
});

Deno.test("setProps() gives the component other props; close() cleans up", async () => {
  const log: string[] = [];
  const Show = component((props: { name: string }) => {
    onCleanup(() => log.push("gone"));
    return () => p(props.name);
  });
  const page = await mount(Show, { props: { name: "a" } });
  await page.setProps({ name: "b" });
  assertEquals([page.text(), ...log], ["b"]);
  await page.close();
  await page.close();
  assertEquals(log, ["gone"]);
  await assertRejects(() => page.get("p").click(), Error, "closed");
});

Deno.test("a page that fails makes mount() fail", async () => {
  const Bad = component(() => {
    throw new Error("broken setup");
  });
  await assertRejects(() => mount(Bad), Error, "broken setup");
  await using page = await mount(Bad, { throwErrors: false });
  assertEquals([page.status, page.getByRole("alert").exists], [500, true]);
});

Deno.test("middleware and cookies are the application's", async () => {
  const App = component(() => {
    const user = useCtx().cookies.get("user");
    return () => p(user ?? "nobody");
  });
  await using page = await mount(App, {
    cookies: { user: "ada" },
    app: {
      middleware: [
        async (ctx, next) => ctx.url.search === "?no" ? new Response("no", { status: 403 }) : await next(),
      ],
    },
  });
  assertEquals(page.text(), "ada");
  await page.visit("/?no");
  assertEquals([page.status, page.text()], [403, "no"]);
});

for (const kind of ["mount()", "mountDom()"]) {
  Deno.test(`${kind} begins anew at its own address where nothing is left of a page`, async () => {
    const App = component(() => {
      const { url } = useCtx();
      const count = signal(0, { name: "count" });
      return () => [p(`${url.search} ${count.value}`), button({ onClick: () => count.inc() }, "+")];
    });
    const options = { url: "/?tab=two", app: { limits: { sealedTtlMs: 1000 } } };
    await using page = kind === "mount()"
      ? await mount(App, options)
      : await mountDom(App, { ...options, Window });
    await page.get("button").click();
    assertEquals(page.get("p").text(), "?tab=two 1");
    await page.disconnect();
    await page.clock.advance(60 * 60_000);
    await page.reconnect();
    assertEquals(page.get("p").text(), "?tab=two 0");
    await page.get("button").click();
    assertEquals(page.get("p").text(), "?tab=two 1");
  });
}
