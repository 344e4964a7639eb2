/**
 * Pages and files over plain HTTP: headers, methods, caches, and what a page's setup may decide.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { component, useCtx } from "../../mod.ts";
import { p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { getPage } from "../support/raw_client.ts";

const page = component(() => () => p("hello"));

Deno.test("every page has a policy with a nonce of its own, which its scripts carry", async () => {
  await using server = startApp({ page });
  const [a, b] = [await getPage(server.origin), await getPage(server.origin)];
  const nonceOf = (headers: Headers) =>
    /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "";
  assert(nonceOf(a.headers).length >= 22);
  assertNotEquals(nonceOf(a.headers), nonceOf(b.headers));
  const scripts = a.html.match(/<script[^>]*>/g) ?? [];
  assert(scripts.length > 0);
  for (const script of scripts) assert(script.includes(`nonce="${nonceOf(a.headers)}"`), script);
});

Deno.test("security headers are on pages, refusals and what is not there", async () => {
  await using server = startApp({ page });
  const answers = [
    await fetch(server.origin),
    await fetch(`${server.origin}/nothing`),
    await fetch(server.origin, { method: "PUT" }),
    await fetch(server.origin, { method: "POST" }),
    await fetch(`${server.origin}/_vango/live`),
  ];
  assertEquals(answers.map((answer) => answer.status), [200, 404, 405, 403, 426]);
  for (const answer of answers) {
    await answer.body?.cancel();
    assertEquals(answer.headers.get("x-content-type-options"), "nosniff");
    assertEquals(answer.headers.get("referrer-policy"), "strict-origin-when-cross-origin");
    assertEquals(answer.headers.get("x-frame-options"), "DENY");
  }
  assertEquals(answers[2].headers.get("allow"), "GET, HEAD, OPTIONS, POST");
  assertEquals(answers[0].headers.get("cache-control"), "private, no-store");
});

Deno.test("HEAD has the headers of the page, no body and no session", async () => {
  await using server = startApp({ page });
  const answer = await fetch(server.origin, { method: "HEAD" });
  assertEquals([answer.status, await answer.text()], [200, ""]);
  assertEquals(answer.headers.get("content-type"), "text/html; charset=utf-8");
  assert(answer.headers.has("content-security-policy"));
  assertEquals(server.app.metrics().sessionsActive, 0);
});

Deno.test("the cookie is set once, and holds nothing of the session", async () => {
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  const set = first.headers.get("set-cookie") ?? "";
  assert(/^vango=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax$/.test(set), set);
  assert(!set.includes(first.data.s));
  const second = await getPage(server.origin, first.cookie);
  assertEquals(second.headers.get("set-cookie"), null);
});

Deno.test("the client's files may be kept for ever under their hashed name", async () => {
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const src = /<script type="module" id="vango"[^>]*src="([^"]+)"/.exec(html.html)?.[1] ?? "";
  const answer = await fetch(server.origin + src);
  await answer.body?.cancel();
  assertEquals(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
  const again = await fetch(server.origin + src, {
    headers: { "if-none-match": answer.headers.get("etag") ?? "" },
  });
  await again.body?.cancel();
  assertEquals(again.status, 304);
  const wrong = await fetch(server.origin + src, { method: "DELETE" });
  await wrong.body?.cancel();
  assertEquals(wrong.status, 405);
});

Deno.test("a page's setup may redirect, set the status, title and metas", async () => {
  const page = component(() => {
    const ctx = useCtx();
    if (ctx.url.searchParams.has("go")) ctx.navigate("/elsewhere");
    if (ctx.url.searchParams.has("missing")) ctx.status = 404;
    ctx.title(`At <${ctx.url.search}>`);
    ctx.meta("description", 'a "page"');
    return () => p("hello");
  });
  await using server = startApp({ page, title: "Default" });
  const gone = await getPage(server.origin, "", "/?go");
  assertEquals([gone.status, gone.headers.get("location"), gone.html], [303, "/elsewhere", ""]);
  assertEquals(server.app.metrics().sessionsActive, 0);
  const missing = await getPage(server.origin, "", "/?missing");
  assertEquals(missing.status, 404);
  assert(
    missing.html.includes("<title>At &lt;?missing></title>") || missing.html.includes("At &lt;?missing&gt;"),
  );
  assert(
    /<meta name="description" content="a &(quot|#34);page&(quot|#34);">/.test(missing.html),
    missing.html,
  );
});

Deno.test("navigate() to a path never leads to another origin", async () => {
  const page = component(() => {
    const ctx = useCtx();
    ctx.navigate(ctx.url.searchParams.get("go")!);
    return () => p("hello");
  });
  await using server = startApp({ page });
  for (const path of ["/.//evil.example/", "/x/..//evil.example/"]) {
    const { headers } = await getPage(server.origin, "", `/?go=${encodeURIComponent(path)}`);
    assertEquals(new URL(headers.get("location")!, server.origin).href, `${server.origin}//evil.example/`);
  }
});

Deno.test("navigate() to another scheme is refused", async () => {
  let thrown: unknown;
  const page = component(() => {
    try {
      useCtx().navigate("javascript:alert(1)");
    } catch (error) {
      thrown = error;
    }
    return () => p("hello");
  });
  await using server = startApp({ page });
  assertEquals((await getPage(server.origin)).status, 200);
  assert(thrown instanceof TypeError);
});

Deno.test("a page that fails is answered with 500, without its reason; the server goes on", async () => {
  const page = component(() => {
    if (useCtx().url.search !== "") throw new Error("secret reason");
    return () => p("hello");
  });
  await using server = startApp({ page });
  const failed = await getPage(server.origin, "", "/?x");
  assertEquals(failed.status, 500);
  assert(!failed.html.includes("secret reason"));
  assertEquals((await getPage(server.origin)).status, 200);
});
