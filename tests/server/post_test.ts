/**
 * Forms and buttons without JavaScript (decision D9), against a real server.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, computed, effect, resource, signal, useCtx } from "../../mod.ts";
import { memoryStore } from "../../server/store.ts";
import { button, div, form, input, p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid } from "../support/raw_client.ts";
import { buttonOf, fieldsOf, post } from "../support/post.ts";

const page = component(() => {
  const ctx = useCtx();
  const said = signal<string[]>([], { name: "said" });
  const count = signal(0, { name: "count" });
  return () =>
    div(
      p("Count: ", count, "; said: ", said.value.join("|"), "."),
      form(
        {
          onSubmit: async (e) => {
            await Promise.resolve();
            if (e.get("text") === "throw") throw new Error("secret reason");
            if (e.get("text") === "hang") await new Promise(() => {});
            if (e.get("text") === "go") ctx.navigate("/done?ok");
            said.value = [...said.value, ...e.fields.map(([name, value]) => `${name}=${value}`)];
          },
        },
        input({ name: "text" }),
        button("send"),
      ),
      button({ onClick: () => count.inc() }, "+"),
    );
});

Deno.test("a form and a button post twice in a row, and the state is kept", async () => {
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  let html = await post(server.origin, first, [...fieldsOf(first.html), ["text", "one"]]);
  assertEquals(html.status, 200);
  assert(html.html.includes("Count: 0; said: text=one."));
  html = await post(server.origin, first, [...fieldsOf(html.html), ["text", "two"], ["text", "three"]]);
  assert(html.html.includes("said: text=one|text=two|text=three."));
  html = await post(server.origin, first, buttonOf(html.html));
  html = await post(server.origin, first, buttonOf(html.html));
  assert(html.html.includes("Count: 2; said: text=one|"));
  // The answer is a page like any other: a socket adopts it.
  const { client, hello } = await connect(server.origin, { ...html, cookie: first.cookie });
  assertEquals([hello.action, hello.session], [0, html.data.s]);
  client.click(hid(html.html, 1));
  assertEquals((await client.patches()).patches.map((patch) => "text" in patch ? patch.text : ""), ["3"]);
  await client.close();
  assertEquals(server.app.metrics().posts, 4);
});

Deno.test("multipart forms are read, files as their names", async () => {
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  const body = new FormData();
  for (const [name, value] of fieldsOf(first.html)) body.append(name, value);
  body.append("text", "a & b");
  body.append("file", new File(["content"], "cat.png"));
  const html = await post(server.origin, first, body);
  assertEquals(html.status, 200);
  assert(html.html.includes("said: text=a &amp; b|file=cat.png."), html.html);
});

Deno.test("a handler that throws or hangs gives the page with 500; the reason stays here", async () => {
  await using server = startApp({ page, limits: { postTimeoutMs: 30 } });
  const first = await getPage(server.origin);
  const thrown = await post(server.origin, first, [...fieldsOf(first.html), ["text", "throw"]]);
  assertEquals(thrown.status, 500);
  assert(thrown.html.includes("Count: 0") && !thrown.html.includes("secret reason"));
  const hung = await post(server.origin, first, [...fieldsOf(thrown.html), ["text", "hang"]]);
  assertEquals(hung.status, 500);
  const after = await post(server.origin, first, [...fieldsOf(hung.html), ["text", "fine"]]);
  assertEquals(after.status, 200);
  assert(after.html.includes("said: text=fine."));
});

Deno.test("navigate() in a posted form is a 303", async () => {
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  const answer = await post(server.origin, first, [...fieldsOf(first.html), ["text", "go"]]);
  assertEquals([answer.status, answer.headers.get("location"), answer.html], [303, "/done?ok", ""]);
  assertEquals(server.app.metrics().sessionsActive, 1);
});

Deno.test("what is changed, of another browser or of another site is refused, and nothing runs", async (t) => {
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  const [[name, value]] = fieldsOf(first.html);
  const other = await getPage(server.origin);
  const at = value.lastIndexOf("~");
  const changed = value.slice(0, -4) + (value.endsWith("AAAA") ? "BBBB" : "AAAA");
  const cases: [string, number, () => ReturnType<typeof post>][] = [
    ["changed", 403, () => post(server.origin, first, [[name, changed]])],
    ["another browser's cookie", 403, () => post(server.origin, other, [[name, value]])],
    ["no cookie", 403, () => post(server.origin, { ...first, cookie: "vango=x" }, [[name, value]])],
    [
      "another origin",
      403,
      () => post(server.origin, first, [[name, value]], { origin: "https://evil.example" }),
    ],
    ["an opaque origin", 403, () => post(server.origin, first, [[name, value]], { origin: "null" })],
    [
      "cross-site, by the browser's word",
      403,
      () => post(server.origin, first, [[name, value]], { "sec-fetch-site": "cross-site" }),
    ],
    ["no token", 400, () => post(server.origin, first, [["text", "x"]])],
    ["a token that is none", 403, () => post(server.origin, first, [[name, "0~y"]])],
    [
      "the id of nothing",
      403,
      () => post(server.origin, first, [[name, `${value.slice(0, at)}~@${"A".repeat(22)}`]]),
    ],
    ["an id that is a path", 403, () => post(server.origin, first, [[name, "0~@../../etc/passwd"]])],
    ["too large", 413, () => post(server.origin, first, [[name, value], ["text", "x".repeat(2 << 20)]])],
    [
      "another type",
      415,
      () => post(server.origin, first, "{}", { "content-type": "application/json" }),
    ],
    [
      "multipart that is none",
      400,
      () => post(server.origin, first, "x", { "content-type": "multipart/form-data; boundary=y" }),
    ],
  ];
  for (const [what, status, send] of cases) {
    await t.step(what, async () => {
      const answer = await send();
      assertEquals(answer.status, status);
      assertEquals(answer.headers.get("x-content-type-options"), "nosniff");
      assert(!answer.html.includes("Count"));
    });
  }
  // None of them used the token up.
  assertEquals((await post(server.origin, first, [[name, value], ["text", "x"]])).status, 200);
  assertEquals(server.app.metrics().sessionsActive, 3);
});

Deno.test("a form that is sent again shows the page that it led to, and nothing runs again", async () => {
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  const sent: [string, string][] = [...fieldsOf(first.html), ["text", "once"]];
  assertEquals((await post(server.origin, first, sent)).status, 200);
  for (let i = 0; i < 2; i++) {
    const again = await post(server.origin, first, sent);
    assertEquals(again.status, 200);
    assert(again.html.includes("said: text=once."), again.html);
    // It is a page to go on from.
    const next = await post(server.origin, first, [...fieldsOf(again.html), ["text", `next ${i}`]]);
    assert(next.html.includes(`said: text=once|text=next ${i}.`), next.html);
  }
  const other = await getPage(server.origin);
  assertEquals((await post(server.origin, other, sent)).status, 403);
});

Deno.test("a form that is sent again while its handler runs waits for it", async () => {
  let runs = 0;
  const started = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const page = component(() => {
    const count = signal(0, { name: "count" });
    const onClick = async () => {
      runs++;
      started.resolve();
      await done.promise;
      count.inc();
    };
    return () => div(p("Count: ", count), button({ onClick }, "+"));
  });
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  const one = post(server.origin, first, buttonOf(first.html));
  await started.promise;
  const two = post(server.origin, first, buttonOf(first.html));
  while (server.app.metrics().posts < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  done.resolve();
  for (const answer of await Promise.all([one, two])) {
    assertEquals(answer.status, 200);
    assert(answer.html.includes("Count: 1"), answer.html);
  }
  assertEquals(runs, 1);
});

Deno.test("a form that led elsewhere leads there again", async () => {
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  for (let i = 0; i < 2; i++) {
    const answer = await post(server.origin, first, [...fieldsOf(first.html), ["text", "go"]]);
    assertEquals([answer.status, answer.headers.get("location"), answer.html], [303, "/done?ok", ""]);
  }
  assertEquals(server.app.metrics().sessionsActive, 1);
});

Deno.test("a form that is sent again is refused when what it led to is gone", async () => {
  const store = memoryStore();
  const forgetful = {
    load: () => Promise.resolve(null),
    save: store.save.bind(store),
    delete: store.delete.bind(store),
    claim: store.claim!.bind(store),
    close: store.close.bind(store),
  };
  await using server = startApp({ page, store: forgetful });
  const first = await getPage(server.origin);
  const sent: [string, string][] = [...fieldsOf(first.html), ["text", "once"]];
  assertEquals((await post(server.origin, first, sent)).status, 200);
  const again = await post(server.origin, first, sent);
  assertEquals(again.status, 403);
  assert(!again.html.includes("said"));
});

Deno.test("a handler that is gone shows the page as it is", async () => {
  await using server = startApp({ page });
  for (const path of ["0", "99.99", "0.kgone"]) {
    const first = await getPage(server.origin);
    const [[name, value]] = fieldsOf(first.html);
    const answer = await post(server.origin, first, [[name, path + value.slice(value.lastIndexOf("~"))]]);
    assertEquals(answer.status, 200);
    assert(answer.html.includes("Count: 0; said: ."), answer.html);
  }
  assertEquals(server.logs.filter(({ message }) => message.includes("not on the page any more")).length, 1);
});

Deno.test("the button of a fallback whose cause is gone shows the page", async () => {
  let broken = true;
  const page = component(() => {
    if (broken) throw new Error("broken for now");
    return () => p("Whole");
  });
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  assertEquals(first.status, 500);
  broken = false;
  const answer = await post(server.origin, first, buttonOf(first.html));
  assertEquals(answer.status, 200);
  assert(answer.html.includes("Whole"), answer.html);
});

Deno.test("a path that is none is refused", async () => {
  await using server = startApp({ page });
  for (const path of ["", "__proto__", "0..1", "1.x", "x".repeat(5000), "1.".repeat(2500) + "1"]) {
    const first = await getPage(server.origin);
    const [[name, value]] = fieldsOf(first.html);
    const answer = await post(server.origin, first, [[name, path + value.slice(value.lastIndexOf("~"))]]);
    assertEquals(answer.status, 400);
  }
});

Deno.test("state above one kilobyte goes by the store: the page carries its id", async () => {
  const noise = crypto.getRandomValues(new Uint8Array(3000)).toHex();
  const page = component(() => {
    const big = signal(noise, { name: "big" });
    const count = signal(0, { name: "count" });
    return () => div(p("Count: ", count, " ", big.value.length), button({ onClick: () => count.inc() }, "+"));
  });
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  assert(buttonOf(first.html)[0][1].endsWith(`~@${first.data.s}`));
  let html = await post(server.origin, first, buttonOf(first.html));
  html = await post(server.origin, first, buttonOf(html.html));
  assert(html.html.includes("Count: 2 6000"));
  assert((await post(server.origin, first, buttonOf(first.html))).html.includes("Count: 1 6000"));
});

Deno.test("the answer to a form counts frames and events from 0, whatever the state came from", async () => {
  const noise = crypto.getRandomValues(new Uint8Array(3000)).toHex();
  const page = component(() => {
    signal(noise, { name: "big" });
    const count = signal(0, { name: "count" });
    return () => div(p("Count: ", count), button({ onClick: () => count.inc() }, "+"));
  });
  // A session without a socket goes to the store at once, under the id that the page's forms carry.
  await using server = startApp({ page, limits: { detached: { count: 0 } } });
  const first = await getPage(server.origin);
  const { client } = await connect(server.origin, first);
  client.click(hid(first.html));
  await client.patches();
  await client.close();
  while (server.app.metrics().sessionsActive > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const answer = await post(server.origin, first, buttonOf(first.html));
  assert(answer.html.includes("Count: 2"), answer.html);
  const again = await connect(server.origin, answer);
  assertEquals([again.hello.nextSeq, again.hello.received], [1, 0]);
  await again.client.close();
});

Deno.test("a page without forms stores nothing, however large its state", async () => {
  let saves = 0;
  const page = component(() => {
    const big = signal(crypto.getRandomValues(new Uint8Array(3000)).toHex(), { name: "big" });
    return () => p(big.value.length);
  });
  const store = {
    load: () => Promise.resolve(null),
    save: () => Promise.resolve(void saves++),
    delete: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  await using server = startApp({ page, store });
  await getPage(server.origin);
  assertEquals(saves, 0);
});

Deno.test("noscript: false turns posting off, in the markup and at the door", async () => {
  await using server = startApp({ page, noscript: false });
  const first = await getPage(server.origin);
  assert(!first.html.includes("_vango-do") && !first.html.includes('name="_vango"'));
  const answer = await post(server.origin, first, [["_vango", "x~y"]]);
  assertEquals([answer.status, answer.headers.get("allow")], [405, "GET, HEAD, OPTIONS"]);
});

Deno.test("the form of one address is not taken at another: guards look at the address", async () => {
  const ran: string[] = [];
  const page = component(() => {
    const role = signal(useCtx().url.searchParams.has("admin") ? "admin" : "guest", { name: "role" });
    return () => div(p(role), button({ onClick: () => void ran.push(role.peek()) }, "go"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin, "", "/?admin");
  const elsewhere = await post(server.origin, html, buttonOf(html.html), {}, "/");
  assertEquals([elsewhere.status, ran.length], [403, 0]);
  const again = await getPage(server.origin, html.cookie, "/?admin");
  const here = await post(server.origin, again, buttonOf(again.html), {}, "/?admin");
  assertEquals([here.status, ran], [200, ["admin"]]);
});

Deno.test("a resource follows its source, and a title its signal, in the answer to a form; other effects wait for a client", async () => {
  const said = signal<string[]>([]);
  let ran = 0;
  const list = component(() => {
    const count = computed(() => said.value.length);
    useCtx().title(computed(() => `Said ${count.value}`));
    const fetched = resource(async () => (await Promise.resolve(), said.peek().join("|")), {
      source: () => said.value,
    });
    effect(() => void (count.value, ran++));
    return () =>
      div(
        p("said: ", fetched.value),
        form({ onSubmit: (e) => said.push(e.get("text")) }, input({ name: "text" }), button("send")),
      );
  });
  await using server = startApp({ page: list });
  const first = await getPage(server.origin);
  const one = await post(server.origin, first, [...fieldsOf(first.html), ["text", "one"]]);
  assert(one.html.includes("said: one") && one.html.includes("<title>Said 1</title>"), one.html);
  const two = await post(server.origin, first, [...fieldsOf(one.html), ["text", "two"]]);
  assert(two.html.includes("said: one|two") && two.html.includes("<title>Said 2</title>"), two.html);
  assertEquals(ran, 0);
});
