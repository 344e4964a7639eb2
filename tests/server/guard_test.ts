/**
 * Middleware runs around pages, mounts, events and posts alike, and nothing of the application runs before it.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, type Ctx, type Middleware, signal, useCtx } from "../../mod.ts";
import { button, div, form, p } from "../../vdom/elements.ts";
import { ErrorCode, HelloIntent } from "../../protocol/mod.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, RawClient, resumeOf, textOfNodes } from "../support/raw_client.ts";
import { fieldsOf, post } from "../support/post.ts";

type Guard = Middleware<Ctx, unknown>;

function guarded() {
  const ran = { setups: 0, handlers: 0 };
  const page = component(() => {
    ran.setups++;
    const count = signal(0, { name: "count" });
    return () =>
      div(
        p("Count: ", count),
        button({
          onClick: () => {
            ran.handlers++;
            count.inc();
          },
        }, "+"),
        form({ onSubmit: () => void ran.handlers++ }, button("send")),
      );
  });
  return { page, ran };
}

Deno.test("one list of middleware runs for page, mount, event and post", async () => {
  const phases: string[] = [];
  const { page } = guarded();
  const seen: Guard = async (ctx, next) => {
    phases.push(ctx.phase);
    assertEquals(useCtx(), ctx);
    return await next();
  };
  await using server = startApp({ page, middleware: [seen] });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  await client.patches();
  await client.close();
  assertEquals((await post(server.origin, html, fieldsOf(html.html))).status, 200);
  assertEquals(phases, ["page", "mount", "event", "post"]);
});

Deno.test("no setup and no handler runs behind a guard that says no: page, claim, resume, restore, event, post", async () => {
  const { page, ran } = guarded();
  let allowed = true;
  const guard: Guard = (_ctx, next) => allowed ? next() : new Response("no", { status: 403 });
  await using server = startApp({ page, middleware: [guard] });
  const html = await getPage(server.origin);
  const parked = await getPage(server.origin, html.cookie);
  const open = await connect(server.origin, html);
  const gone = await connect(server.origin, await getPage(server.origin, html.cookie));
  await gone.client.close();
  const { setups } = ran;
  allowed = false;

  const refused = await getPage(server.origin, html.cookie);
  assertEquals([refused.status, refused.html, refused.headers.get("set-cookie")], [403, "no", null]);
  assertEquals((await post(server.origin, html, fieldsOf(html.html))).status, 403);
  open.client.click(hid(html.html));
  assertEquals(await open.client.error(), [ErrorCode.NotAuthorized, 1]);
  assertEquals((await open.client.patches()).received, 1);
  const hellos = [
    {},
    resumeOf(gone, 0),
    { intent: HelloIntent.Resume, session: "A".repeat(22), key: "" },
    { intent: HelloIntent.Claim, key: "wrong" },
  ];
  for (const hello of hellos) {
    const client = new RawClient(server.origin, parked);
    await client.opened;
    client.hello(parked, hello);
    const frame = await client.next();
    assertEquals(frame.kind === "hello" && frame.hello.status, 7);
    assertEquals((await client.ended()).code, 4004);
  }
  assertEquals([ran.setups, ran.handlers], [setups, 0]);
  await open.client.close();
  await open.client.quiet(10);
  assertEquals(server.app.metrics().errors.unauthorized, 1);
});

Deno.test("middleware that throws stops what it guards: 500, a refused hello, a refused event", async () => {
  const { page, ran } = guarded();
  let broken = "page";
  const guard: Guard = (ctx, next) => {
    if (ctx.phase === broken) throw new Error(`broken at ${broken}`);
    return next();
  };
  await using server = startApp({ page, middleware: [guard] });
  assertEquals((await getPage(server.origin)).status, 500);
  assertEquals(ran.setups, 0);
  broken = "mount";
  const html = await getPage(server.origin);
  const client = new RawClient(server.origin, html);
  await client.opened;
  client.hello(html);
  const frame = await client.next();
  assertEquals(frame.kind === "hello" && frame.hello.status, 7);
  await client.ended();
  broken = "event";
  const again = await getPage(server.origin);
  const open = await connect(server.origin, again);
  open.client.click(hid(again.html));
  assertEquals(await open.client.error(), [ErrorCode.HandlerFailed, 1]);
  assertEquals(ran.handlers, 0);
  broken = "";
  open.client.click(hid(again.html));
  assertEquals((await open.client.patches()).received, 1);
  assertEquals((await open.client.patches()).received, 2);
  await open.client.close();
  assertEquals(server.app.metrics().sessionsActive, 1);
});

Deno.test("next() runs once: a second call is an error, and the page, mount and event are not done twice", async () => {
  const { page, ran } = guarded();
  let twice = "page";
  const guard: Guard = async (ctx, next) => {
    const result = await next();
    return ctx.phase === twice ? await next() : result;
  };
  await using server = startApp({ page, middleware: [guard] });
  assertEquals((await getPage(server.origin)).status, 500);
  assertEquals(ran.setups, 1);
  assertEquals([server.app.metrics().sessionsActive, server.app.metrics().sessionsParked], [0, 0]);
  twice = "event";
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  assertEquals(await client.error(), [ErrorCode.HandlerFailed, 1]);
  assertEquals(ran.handlers, 1);
  await client.close();
});

Deno.test("a socket that is refused leaves the session to the one that got it", async () => {
  const page = component(() => {
    const count = signal(0);
    return () => div(button({ onClick: () => count.inc() }, count));
  });
  const gates: PromiseWithResolvers<boolean>[] = [];
  let gated = false;
  const guard: Guard = async (ctx, next) => {
    if (!gated || ctx.phase !== "mount") return await next();
    const gate = Promise.withResolvers<boolean>();
    gates.push(gate);
    return await gate.promise ? await next() : undefined;
  };
  await using server = startApp({ page, middleware: [guard] });
  const html = await getPage(server.origin);
  const first = await connect(server.origin, html);
  await first.client.close();
  gated = true;
  const opened = [0, 1].map(() => connect(server.origin, html, resumeOf(first, 0)));
  while (gates.length < 2) await new Promise((resolve) => setTimeout(resolve, 2));
  gates[0].resolve(true);
  const { client } = await Promise.race(opened);
  gates[1].resolve(false);
  const outcomes = await Promise.allSettled(opened);
  assertEquals(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  client.click(hid(html.html));
  assertEquals((await client.patches()).patches.length, 1);
  await client.close();
});

Deno.test("a page's answer is what middleware makes of it", async () => {
  const { page } = guarded();
  const guard: Guard = async (ctx, next) => {
    if (ctx.phase !== "page") return await next();
    if (ctx.url.searchParams.has("wrong")) return "no response";
    const response = await next() as Response;
    response.headers.set("x-guard", "yes");
    return response;
  };
  await using server = startApp({ page, middleware: [guard] });
  assertEquals((await getPage(server.origin)).headers.get("x-guard"), "yes");
  assertEquals((await getPage(server.origin, "", "/?wrong")).status, 500);
  assertEquals(server.app.metrics().sessionsActive, 1);
});

Deno.test("events start in their order however long middleware takes with each", async () => {
  const order: number[] = [];
  const page = component(() => () =>
    div(...[1, 2, 3].map((n) => button({ onClick: () => void order.push(n) }, n)))
  );
  let events = 0;
  const guard: Guard = async (ctx, next) => {
    if (ctx.phase === "event") await new Promise((resolve) => setTimeout(resolve, 30 - 10 * events++));
    return await next();
  };
  await using server = startApp({ page, middleware: [guard] });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  for (let i = 0; i < 3; i++) client.click(hid(html.html, i));
  let frame = await client.patches();
  while (frame.settled !== null) frame = await client.patches();
  assertEquals(order, [1, 2, 3]);
  await client.close();
});

Deno.test("a handler that awaits does not hold up the next event behind middleware", async () => {
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const page = component(() => () =>
    div(
      button({
        onClick: async () => {
          await gate.promise;
          order.push("slow");
        },
      }, "slow"),
      button({ onClick: () => void order.push("quick") }, "quick"),
    )
  );
  await using server = startApp({ page, middleware: [(_ctx, next) => next()] });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  client.click(hid(html.html, 1));
  await client.quiet();
  assertEquals(order, ["quick"]);
  gate.resolve();
  assertEquals((await client.patches()).settled, null);
  assertEquals(order, ["quick", "slow"]);
  await client.close();
});

Deno.test("an event whose node went while middleware waited is refused", async () => {
  const gate = Promise.withResolvers<void>();
  const shown = signal(true);
  const page = component(() => () =>
    div(shown.value ? button({ onClick: () => void assert(false) }, "gone") : null)
  );
  const guard: Guard = async (ctx, next) => {
    if (ctx.phase === "event") await gate.promise;
    return await next();
  };
  await using server = startApp({ page, middleware: [guard] });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  await client.patches();
  shown.value = false;
  await client.patches();
  gate.resolve();
  assertEquals(await client.error(), [ErrorCode.HandlerNotFound, 1]);
  await client.close();
});

Deno.test("an event whose tree was numbered anew while middleware waited is refused, though its number is taken", async () => {
  const gate = Promise.withResolvers<void>();
  const ran: string[] = [];
  const shown = signal(false);
  const page = component(() => () =>
    div(
      shown.value ? div(button({ onClick: () => void ran.push("new") }, "new")) : null,
      button({ onClick: () => void ran.push("old") }, "old"),
    )
  );
  const guard: Guard = async (ctx, next) => {
    if (ctx.phase === "event") await gate.promise;
    return await next();
  };
  await using server = startApp({ page, middleware: [guard] });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  await client.patches();
  shown.value = true;
  await client.patches();
  client.control({ type: 0x10, lastSeq: 2, reason: 1 });
  const { nodes } = await client.nextControl(0x12);
  assertEquals(textOfNodes(nodes), "newold");
  gate.resolve();
  assertEquals(await client.error(), [ErrorCode.HandlerNotFound, 1]);
  assertEquals(ran, []);
  await client.close();
});

Deno.test("what middleware throws is no error of a component: its boundary stays as it is", async () => {
  const { page } = guarded();
  const guard: Guard = (ctx, next) => {
    if (ctx.phase === "event") throw new Error("no");
    return next();
  };
  await using server = startApp({ page, middleware: [guard] });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  client.click(hid(html.html));
  await client.error();
  assertEquals((await client.patches()).patches, []);
  assertEquals(server.app.metrics().handlerErrors, 0);
  await client.close();
});
