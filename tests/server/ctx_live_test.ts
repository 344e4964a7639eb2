/**
 * `useCtx()` in a running server: what it gives, where, and to whom.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, type Ctx, effect, resource, signal, useCtx } from "../../mod.ts";
import { button, div, p } from "../../vdom/elements.ts";
import { Op } from "../../vdom/patch.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, resumeOf } from "../support/raw_client.ts";

const pause = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("useCtx() gives url, headers, cookies and session of the request that made the page", async () => {
  const seen: Record<string, unknown> = {};
  const page = component(() => {
    const ctx = useCtx();
    Object.assign(seen, {
      url: ctx.url.href,
      agent: ctx.headers.get("user-agent"),
      theme: ctx.cookies.get("theme"),
      session: ctx.session.id,
    });
    return () => p("x");
  });
  await using server = startApp({ page });
  const response = await fetch(`${server.origin}/?q=1`, {
    headers: { cookie: "theme=dark; theme=light", "user-agent": "test" },
  });
  const html = await response.text();
  const session = /data-t="([^"]{22})/.exec(html)?.[1];
  assertEquals(seen, { url: `${server.origin}/?q=1`, agent: "test", theme: "dark", session });
});

Deno.test("useCtx() is the same after awaits in resources and handlers, and in effects", async () => {
  const seen: [where: string, ctx: Ctx][] = [];
  const page = component(() => {
    const note = (where: string) => void seen.push([where, useCtx()]);
    note("setup");
    const data = resource(async () => {
      note("fetch");
      await pause();
      note("fetched");
      return 1;
    });
    effect(() => note("effect"));
    const click = async () => {
      note("handler");
      await pause();
      note("awaited");
      setTimeout(() => note("timer"), 1);
    };
    return () => (note("view"), div(p(data.value), button({ onClick: click }, "x")));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  let frame = await client.patches();
  while (frame.settled !== null) frame = await client.patches();
  await pause(20);
  await client.close();
  const places = new Set(seen.map(([where]) => where));
  for (const where of ["setup", "fetch", "fetched", "view", "effect", "handler", "awaited", "timer"]) {
    assert(places.has(where), where);
  }
  assertEquals(new Set(seen.map(([, ctx]) => ctx)).size, 1);
});

Deno.test("two sessions at once never see each other's context", async () => {
  const wrong: string[] = [];
  const page = component(() => {
    const mine = useCtx().session.id;
    const check = (where: string) => {
      if (useCtx().session.id !== mine) wrong.push(where);
    };
    const shared = signal(0);
    const data = resource(async () => {
      await pause(Math.random() * 10);
      check("resource");
      return mine;
    });
    effect(() => {
      shared.value;
      check("effect");
    });
    const click = async () => {
      check("handler");
      for (let i = 0; i < 5; i++) {
        await pause(Math.random() * 4);
        check("awaited");
        shared.inc();
        useCtx().session.data.set("mine", mine);
      }
      if (useCtx().session.data.get("mine") !== mine) wrong.push("data");
    };
    return () => (check("view"), div(p(data.value, " ", shared), button({ onClick: click }, "x")));
  });
  await using server = startApp({ page });
  const pages = await Promise.all(Array.from({ length: 8 }, () => getPage(server.origin)));
  const opens = await Promise.all(pages.map((html) => connect(server.origin, html)));
  opens.forEach(({ client }, i) => client.click(hid(pages[i].html)));
  for (const { client } of opens) {
    let frame = await client.patches();
    while (frame.settled !== null || frame.received !== 1) frame = await client.patches();
  }
  pages.forEach((html, i) => assert(html.html.includes(opens[i].hello.session)));
  assertEquals(wrong, []);
  for (const { client } of opens) await client.close();
});

Deno.test("one session's write to a shared signal runs the other's views in its own context", async () => {
  const shared = signal(0);
  const wrong: string[] = [];
  const page = component(() => {
    const mine = useCtx();
    return () => {
      if (useCtx() !== mine) wrong.push("view");
      return div(p(shared.value), button({ onClick: () => shared.inc() }, "+"));
    };
  });
  await using server = startApp({ page });
  const [a, b] = [await getPage(server.origin), await getPage(server.origin)];
  const [one, two] = [await connect(server.origin, a), await connect(server.origin, b)];
  one.client.click(hid(a.html));
  assertEquals((await one.client.patches()).patches.length, 1);
  assertEquals((await two.client.patches()).patches.length, 1);
  assertEquals(wrong, []);
  await one.client.close();
  await two.client.close();
});

Deno.test("title and metas are in the page, follow signals live, and come again after a restore", async () => {
  const page = component(() => {
    const ctx = useCtx();
    const count = signal(1, { name: "count" });
    const title = signal("One", { name: "title" });
    ctx.title(title);
    ctx.meta("description", title);
    const click = () => {
      count.inc();
      title.value = `Now ${count.value}`;
    };
    return () =>
      div(p(count), button({ onClick: click }, "+"), button({ onClick: () => ctx.navigate("/x?y") }, "go"));
  });
  let html, open, sealed;
  {
    await using server = startApp({ page, title: "Default" });
    html = await getPage(server.origin);
    assert(html.html.includes("<title>One</title>") && html.html.includes('content="One"'));
    open = await connect(server.origin, html);
    assertEquals(await open.client.quiet(), []);
    open.client.click(hid(html.html));
    const frame = await open.client.patches();
    assertEquals(frame.patches.slice(1), [
      { op: Op.SetTitle, text: "Now 2" },
      { op: Op.SetMeta, name: "description", content: "Now 2" },
    ]);
    open.client.click(hid(html.html, 1));
    assertEquals((await open.client.patches()).patches, [{ op: Op.Navigate, url: "/x?y", replace: false }]);
    ({ sealed } = await open.client.nextControl(0x22));
    await open.client.close();
  }
  await using server = startApp({ page, title: "Default" });
  const back = await connect(server.origin, html, { ...resumeOf(open, 1), sealed });
  assertEquals(back.hello.action, 2);
  await back.client.nextControl(0x12);
  assertEquals((await back.client.patches()).patches, [
    { op: Op.SetTitle, text: "Now 2" },
    { op: Op.SetMeta, name: "description", content: "Now 2" },
  ]);
  await back.client.close();
});

Deno.test("useCtx() outside any page says where to call it", () => {
  let message = "";
  try {
    useCtx();
  } catch (error) {
    message = String(error);
  }
  assert(message.includes("call it in the setup, view, effect or handler"));
});
