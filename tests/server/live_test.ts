import { assert, assertEquals } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { button, div, form, h1, input, option, p, select, textarea } from "../../vdom/elements.ts";
import { jsxTemplate } from "../../vdom/jsx.ts";
import { encodeEvent, HelloIntent } from "../../protocol/mod.ts";
import { Op } from "../../vdom/patch.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, RawClient, textOfNodes } from "../support/raw_client.ts";

function counter() {
  const made = { setups: 0 };
  const page = component(() => {
    made.setups++;
    const count = signal(0, { name: "count" });
    return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
  });
  return { page, made };
}

Deno.test("a socket adopts the instance that rendered its page, and connecting sends no patches", async () => {
  const { page, made } = counter();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  assertEquals(html.status, 200);
  const client = new RawClient(server.origin, html);
  assert(await client.opened);
  client.hello(html);
  const hello = await client.next();
  assertEquals(hello.kind === "hello" && hello.hello.status === 0 && hello.hello.action, 0);
  const up = client.click(hid(html.html));
  const frame = await client.next();
  assert(frame.kind === "patches");
  assertEquals(frame.frame.patches, [{ op: Op.TextRange, num: 3, offset: 7, count: 1, text: "1" }]);
  assertEquals([frame.frame.seq, frame.frame.received], [1, 1]);
  assertEquals([up.length, client.sizes[1]], [4, 9]);
  assertEquals(made.setups, 1);
  await client.close();
});

Deno.test("a session that lost its socket resumes: frames that were missed are sent again, state is kept", async () => {
  const { page, made } = counter();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = new RawClient(server.origin, html);
  await first.opened;
  first.hello(html);
  const hello = await first.next();
  assert(hello.kind === "hello" && hello.hello.status === 0);
  first.click(hid(html.html));
  await first.next();
  first.click(hid(html.html));
  await first.next();
  await first.close();
  const again = new RawClient(server.origin, html);
  await again.opened;
  again.hello(html, {
    intent: HelloIntent.Resume,
    session: hello.hello.session,
    key: hello.hello.resumeKey,
    lastSeq: 1,
    lastEvent: 2,
  });
  const back = await again.next();
  assert(back.kind === "hello" && back.hello.status === 0);
  assertEquals([back.hello.action, back.hello.received, back.hello.nextSeq], [0, 2, 2]);
  const missed = await again.next();
  assert(missed.kind === "patches");
  assertEquals(missed.frame.seq, 2);
  assertEquals(made.setups, 1);
  await again.close();
});

Deno.test("a page is restored from its sealed snapshot by another process, with one renumber frame", async () => {
  const { page } = counter();
  let html, hello, sealed, seq;
  {
    await using server = startApp({ page });
    html = await getPage(server.origin);
    const client = new RawClient(server.origin, html);
    await client.opened;
    client.hello(html);
    hello = await client.next();
    client.click(hid(html.html));
    const frame = await client.next();
    assert(frame.kind === "patches");
    seq = frame.frame.seq;
    const control = await client.next();
    assert(control.kind === "control" && control.control.type === 0x22);
    sealed = control.control.sealed;
    await client.close();
  }
  assert(hello.kind === "hello" && hello.hello.status === 0);
  await using server = startApp({ page: counter().page });
  const client = new RawClient(server.origin, html);
  await client.opened;
  client.hello(html, {
    intent: HelloIntent.Resume,
    session: hello.hello.session,
    key: hello.hello.resumeKey,
    lastSeq: seq,
    lastEvent: 1,
    sealed,
  });
  const back = await client.next();
  assert(back.kind === "hello" && back.hello.status === 0);
  assertEquals([back.hello.action, back.hello.received], [1, 1]);
  const renumber = await client.next();
  assert(renumber.kind === "control" && renumber.control.type === 0x13);
  const told = await client.next();
  assert(told.kind === "patches");
  assertEquals([told.frame.received, told.frame.settled, told.frame.patches], [1, null, []]);
  client.ack(told.frame.seq);
  client.seq = 1;
  client.click(hid(html.html));
  const frame = await client.next();
  assert(frame.kind === "patches");
  assertEquals(frame.frame.patches, [{ op: Op.TextRange, num: 3, offset: 7, count: 1, text: "2" }]);
  await client.close();
});

Deno.test("a second claim of one page forks from its snapshot", async () => {
  const { page, made } = counter();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const first = new RawClient(server.origin, html);
  await first.opened;
  first.hello(html);
  const a = await first.next();
  first.click(hid(html.html));
  await first.next();
  const second = new RawClient(server.origin, html);
  await second.opened;
  second.hello(html);
  const b = await second.next();
  assert(a.kind === "hello" && b.kind === "hello" && a.hello.status === 0 && b.hello.status === 0);
  assert(a.hello.session !== b.hello.session);
  assertEquals(b.hello.action, 0);
  second.click(hid(html.html));
  const frame = await second.next();
  assert(frame.kind === "patches" && frame.frame.patches[0].op === Op.TextRange);
  assertEquals(frame.frame.patches[0].text, "1");
  assertEquals(made.setups, 2);
  await first.close();
  await second.close();
});

Deno.test("a resync sends the whole tree, numbered anew; events made before it are refused", async () => {
  const { page } = counter();
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const client = new RawClient(server.origin, html);
  await client.opened;
  client.hello(html, { flags: 1 });
  const hello = await client.next();
  assert(hello.kind === "hello" && hello.hello.status === 0 && hello.hello.action === 2);
  const resync = await client.next();
  assert(resync.kind === "control" && resync.control.type === 0x12);
  assertEquals(textOfNodes(resync.control.nodes), "Count: 0+");
  client.click(hid(html.html));
  const refused = await client.next();
  assert(refused.kind === "error");
  assertEquals(refused.error.code, 3);
  client.click(hid(html.html), { ackDelta: 1 });
  const frames = [await client.next()];
  if (frames[0].kind === "patches" && frames[0].frame.patches.length === 0) frames.push(await client.next());
  const last = frames.at(-1)!;
  assert(last.kind === "patches");
  assertEquals(last.frame.patches.length, 1);
  await client.close();
});

Deno.test("a handler that refuses or normalises input always yields a patch of the control", async () => {
  const seen: string[] = [];
  const page = component(() => {
    const name = signal("a", { name: "name" });
    const take = async (e: { value: string }) => {
      await Promise.resolve();
      name.value = e.value.toUpperCase();
    };
    return () =>
      div(
        input({ value: name, onInput: (e) => void (seen.push(e.value), name.value = e.value.slice(0, 2)) }),
        input({ value: name, onInput: take }),
        input({ value: name, onInput: () => Promise.resolve() }),
      );
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const client = new RawClient(server.origin, html);
  await client.opened;
  client.hello(html);
  await client.next();
  const type = (nth: number, value: string) => {
    const payload = { value, checked: false, values: [], valueAsNumber: NaN };
    client.socket.send(
      encodeEvent({ seq: ++client.seq, ackDelta: 0, code: 0x10, num: hid(html.html, nth), payload }, "v"),
    );
  };
  const patches = async () => {
    let frame = await client.next();
    while (frame.kind !== "patches") frame = await client.next();
    return frame.frame.patches.filter((p) => p.op === Op.SetValue).map((p) => [p.num, p.value]);
  };
  type(0, "ab");
  assertEquals(await patches(), [[3, "ab"], [4, "ab"]]);
  type(0, "abc");
  assertEquals(await patches(), [[2, "ab"]]);
  type(0, "abcd");
  assertEquals(await patches(), [[2, "ab"]]);
  type(1, "x");
  // One frame may tell of the event, and another one of what came after its await.
  const later = async () => {
    let all: (string | number)[][] = [];
    while (all.length === 0) all = await patches();
    return all.sort();
  };
  assertEquals(await later(), [[2, "X"], [3, "X"], [4, "X"]]);
  type(2, "y");
  assertEquals(await later(), [[4, "X"]]);
  assertEquals(seen, ["ab", "abc", "abcd"]);
  await client.close();
});

Deno.test("a handler that refuses a radio button turns the one on that the browser turned off", async () => {
  const page = component(() => {
    const picked = signal("a");
    const radio = (value: string) =>
      input({
        type: "radio",
        name: "group",
        value,
        checked: picked.value === value,
        onChange: (e) => void (e.value === "b" ? null : picked.value = e.value),
      });
    return () => div(radio("a"), radio("b"), radio("c"));
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  const pick = async (nth: number, value: string) => {
    client.event(0x11, hid(html.html, nth), { value, checked: true, values: [], valueAsNumber: NaN });
    return (await client.patches()).patches;
  };
  assertEquals(await pick(1, "b"), [
    { op: Op.SetChecked, num: 3, on: false },
    { op: Op.SetChecked, num: 2, on: true },
  ]);
  // The browser did the rest of it.
  assertEquals(await pick(2, "c"), []);
  await client.close();
});

Deno.test("a submit tells what its controls show: what the handler did not take over goes back", async () => {
  const page = component(() => {
    const draft = signal("");
    const kept = signal("kept");
    return () =>
      form(
        { onSubmit: (e) => void (draft.set(""), kept.value = e.get("kept")) },
        input({ name: "q", value: "" }),
        p(input({ name: "draft", value: draft })),
        input({ name: "kept", value: kept }),
        input({ name: "free" }),
        input({ name: "twice", value: "a" }),
        input({ name: "twice", value: "b" }),
        input({ name: "off", value: "", disabled: true }),
        input({ type: "checkbox", name: "box", value: "1", checked: false }),
        input({ type: "checkbox", name: "box", value: "2", checked: true }),
        input({ type: "radio", name: "radio", value: "1", checked: true }),
        input({ type: "radio", name: "radio", value: "2", checked: false }),
        textarea({ name: "notes", value: "" }),
        select({ name: "one", value: "y" }, option({ value: "x" }, "X"), option({ value: "y" }, "Y")),
        select(
          { name: "many", multiple: true },
          option({ value: "x", selected: true }, "X"),
          option({ value: "y", selected: false }, "Y"),
        ),
      );
  });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  const submit = async (fields: [string, string][]) => {
    client.event(0x12, hid(html.html), { fields });
    return (await client.patches()).patches.map((patch) =>
      patch.op === Op.SetValue
        ? `${patch.num}=${patch.value}`
        : patch.op === Op.SetChecked || patch.op === Op.SetSelected
        ? `${patch.num}:${patch.on}`
        : patch
    );
  };
  const same: [string, string][] = [
    ["q", ""],
    ["draft", ""],
    ["kept", "kept"],
    ["free", "x"],
    ["twice", "a"],
    ["twice", "b"],
    ["box", "2"],
    ["radio", "1"],
    ["notes", ""],
    ["one", "y"],
    ["many", "x"],
  ];
  assertEquals(await submit(same), []);
  const changed: [string, string][] = [
    ["q", "typed"],
    ["draft", "typed"],
    ["kept", "typed"],
    ["free", "typed"],
    ["twice", "a"],
    ["twice", "typed"],
    ["box", "1"],
    ["radio", "2"],
    ["notes", "typed"],
    ["one", "x"],
    ["many", "y"],
  ];
  assertEquals(await submit(changed), [
    "10:false",
    "11:true",
    "12:true",
    "13:false",
    "19:true",
    "20:false",
    "2=",
    "4=",
    "8=b",
    "14=",
    "15=y",
  ]);
  // What is not sent is off, or a text that nobody could change.
  assertEquals(await submit(changed.slice(2, 3)), ["11:true", "12:true", "19:true"]);
  await client.close();
});

Deno.test("a submit carries its fields to a handler that does not ask for them: they may go back", async () => {
  const page = component(() => () => form({ onSubmit: () => {} }, input({ name: "q", value: "" })));
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  assert(/data-hid="\d+ submit:12f"/.test(html.html), html.html);
});

const ROW = ["<p>", "</p>"];

Deno.test("a resync tells of its templates again, and of the live values of controls", async () => {
  const page = component(() => () =>
    div(jsxTemplate(ROW, "text"), select({ value: "b" }, option({ value: "a" }), option({ value: "b" })))
  );
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  for (let time = 0; time < 2; time++) {
    client.control({ type: 0x10, lastSeq: 0, reason: 1 });
    assertEquals((await client.patches()).patches.map(({ op }) => op), [Op.TemplateDef]);
    const { nodes } = await client.nextControl(0x12);
    const [root] = nodes.filter(({ kind }) => kind === 1);
    assert(root.kind === 1 && root.children[0].kind === 6);
    assertEquals((await client.patches()).patches, [{ op: Op.SetValue, num: 4, value: "b" }]);
  }
  await client.close();
});

Deno.test("a handler that fails is logged once, with its session, its event and its component", async () => {
  const page = component(() => () =>
    div(button({
      onClick: () => {
        throw new Error("broke");
      },
    }, "x")), { name: "Fragile" });
  await using server = startApp({ page });
  const html = await getPage(server.origin);
  const client = new RawClient(server.origin, html);
  await client.opened;
  client.hello(html);
  await client.next();
  client.click(hid(html.html));
  const frame = await client.next();
  assertEquals(frame.kind === "error" && [frame.error.code, frame.error.seq], [4, 1]);
  const logged = server.logs.filter((record) => JSON.stringify(record).includes("broke"));
  assertEquals(logged.map(({ level, session, event, component }) => [level, session, event, component]), [
    ["error", html.data.s, 1, "Fragile"],
  ]);
  await client.close();
});
