/**
 * The fourth script: when it is asked for, the life of a hook, and what it pushes.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { hook, type HookApi, type HookModule } from "../../features/hook.ts";
import { attributesOf } from "../../vdom/attrs.ts";
import { createNode, type VNode } from "../../vdom/node.ts";
import { escapeAttribute } from "../../render/escape.ts";
import { type PageOptions, settle, type TestPage, withPage } from "./_page.ts";

const el = (tag: string, props: Record<string, unknown> | null, ...children: unknown[]): VNode =>
  createNode(tag, props, children);

/** An element with a hook, as the server writes it. */
function hooked(num: number, name: string, config?: object, more = ""): string {
  const node = el("div", { ...hook(name, { config }) });
  const attributes = attributesOf(node).map(([key, value]) => `${key}="${escapeAttribute(value)}"`);
  return `<div ${attributes.join(" ")} data-hid="${num} @hook:60h"${more}></div>`;
}

/** A hook that notes its life, and gives its api. */
function recorder(log: string[], apis: HookApi[] = []): { default: HookModule } {
  const note = (what: string): NonNullable<HookModule["mounted"]> =>
    function (element, api) {
      apis.push(api);
      this.calls = Number(this.calls ?? 0) + 1;
      const where = element.isConnected ? "" : " gone";
      log.push(`${what} ${element.id} ${JSON.stringify(api.config)} ${this.calls}${where}`);
    };
  return { default: { mounted: note("mounted"), updated: note("updated"), destroyed: note("destroyed") } };
}

/** Runs a test with a page whose hook "x" notes its life. */
async function withHooks(
  html: string,
  run: (page: TestPage, log: string[], apis: HookApi[]) => void | Promise<void>,
  options: PageOptions = {},
): Promise<void> {
  const log: string[] = [];
  const apis: HookApi[] = [];
  const hooks = { "/hooks/x.js": recorder(log, apis), ...options.hooks };
  await withPage(html, { rare: true, ...options, hooks }, async (page) => {
    await later();
    await run(page, log, apis);
  });
}

/** Lets observers tell. */
async function later(): Promise<void> {
  await settle();
  await new Promise((resolve) => setTimeout(resolve));
  await settle();
}

/** Runs a function, and gives what was written to the console as an error meanwhile. */
async function errorsOf(run: () => Promise<void>): Promise<string[]> {
  const { error } = console;
  const lines: string[] = [];
  console.error = (...parts) => lines.push(parts.join(" "));
  try {
    await run();
  } finally {
    console.error = error;
  }
  return lines;
}

Deno.test("a page without hooks never asks for their script, though the second one is there", async () => {
  await withHooks("<p data-hid='1 wheel:8w'>x</p>", (page) => {
    page.patch([{ op: 0x02, num: 1, name: "class", value: "a" }]);
    assertEquals([page.loads, page.hookLoads], [1, 0]);
  });
});

Deno.test("a hook of the page is mounted once, when the client runs, connected or not", async () => {
  await withHooks(hooked(1, "x", { n: 1 }, " id=a"), async (page, log) => {
    assertEquals(log, ['mounted a {"n":1} 1']);
    page.accept();
    page.patch([{ op: 0x02, num: 1, name: "class", value: "c" }]);
    await later();
    assertEquals([log.length, page.hookLoads], [1, 1]);
  }, { connect: false });
});

Deno.test("the first hook may come by a patch; others of the same frame, and later ones, are mounted, too", async () => {
  await withHooks("<main></main>", async (page, log) => {
    assertEquals(page.hookLoads, 0);
    const node = (id: string) => el("div", { id, ...hook("x") });
    page.patch([{ op: 0x0e, num: 1, nodes: [node("a"), el("section", null, node("b"))] }]);
    await later();
    page.patch([{ op: 0x0e, num: 1, nodes: [node("c")] }]);
    await later();
    assertEquals([log, page.hookLoads], [["mounted a {} 1", "mounted b {} 1", "mounted c {} 1"], 1]);
  });
});

Deno.test("another config calls updated, with a new api.config; anything else does not", async () => {
  await withHooks(hooked(1, "x", { n: 1 }, " id=a"), async (page, log, apis) => {
    const before = apis[0].config;
    page.patch([{ op: 0x02, num: 1, name: "title", value: "t" }]);
    await later();
    page.patch([{ op: 0x02, num: 1, name: "data-hook-config", value: '{"n":2}' }]);
    await later();
    page.patch([{ op: 0x02, num: 1, name: "data-hook-config", value: '{"n":2}' }]);
    await later();
    page.patch([{ op: 0x03, num: 1, name: "data-hook-config" }]);
    await later();
    assertEquals(log, ['mounted a {"n":1} 1', 'updated a {"n":2} 2', "updated a {} 3"]);
    assertEquals(before, { n: 1 });
    assertStrictEquals(apis[0], apis[1]);
  });
});

Deno.test("a hook is destroyed when its element goes, with its signal, and not when it is moved", async () => {
  await withHooks(`<ul>${hooked(2, "x", {}, " id=a")}<li></li></ul>`, async (page, log, apis) => {
    page.patch([{ op: 0x1a, num: 2, parent: 1 }]);
    await later();
    assertEquals([log.length, page.$("ul").lastElementChild?.id], [1, "a"]);
    let aborted = 0;
    apis[0].signal.addEventListener("abort", () => aborted++);
    page.patch([{ op: 0x05, num: 2 }]);
    await later();
    assertEquals([log, aborted], [["mounted a {} 1", "destroyed a {} 2 gone"], 1]);
  });
});

Deno.test("another hook of the same element takes the place of the one before", async () => {
  const other: string[] = [];
  await withHooks(hooked(1, "x", {}, " id=a"), async (page, log) => {
    page.patch([
      { op: 0x02, num: 1, name: "data-hook", value: "y" },
      { op: 0x02, num: 1, name: "data-hook-src", value: "/hooks/y.js" },
    ]);
    await later();
    assertEquals([log, other], [["mounted a {} 1", "destroyed a {} 2"], ["mounted a {} 1"]]);
    // And a hook may go while its element stays.
    page.patch([{ op: 0x18, num: 1, spec: "" }, { op: 0x03, num: 1, name: "data-hook" }]);
    await later();
    assertEquals(other, ["mounted a {} 1", "destroyed a {} 2"]);
  }, { hooks: { "/hooks/y.js": recorder(other) } });
});

Deno.test("a resync keeps a hook whose element stays, and mounts one that it brings", async () => {
  await withHooks(hooked(1, "x", { n: 1 }, " id=a"), async (page, log) => {
    const element = page.$("#a");
    const nodes = (n: number) => [
      el("p", null, "new"),
      el("div", { ...hook("x", { config: { n } }), id: "a" }),
      el("div", { ...hook("x"), id: "b" }),
    ];
    page.control({ type: 0x12, received: 0, nodes: nodes(1) });
    await later();
    assertStrictEquals(page.$("#a"), element);
    assertEquals(log, ['mounted a {"n":1} 1', "mounted b {} 1"]);
    page.control({ type: 0x12, received: 0, nodes: nodes(2).slice(0, 2) });
    await later();
    assertEquals(log.slice(2), ["destroyed b {} 2 gone", 'updated a {"n":2} 2']);
  });
});

Deno.test("the first hook may come by a resync", async () => {
  await withHooks("<main></main>", async (page, log) => {
    page.control({ type: 0x12, received: 0, nodes: [el("div", { ...hook("x"), id: "a" })] });
    await later();
    assertEquals(log, ["mounted a {} 1"]);
  });
});

Deno.test("markup that is raw, and copies that a script makes, have no hook", async () => {
  const html = hooked(1, "x", {}, " id=a");
  await withHooks(`${html}<!--r-->${hooked(9, "x", {}, " id=raw")}<!--/r-->`, async (page, log) => {
    page.doc.body.append(page.$("#a").cloneNode(true));
    await later();
    assertEquals(log, ["mounted a {} 1"]);
  });
});

Deno.test("an element that goes before its module is there is never mounted", async () => {
  const log: string[] = [];
  const gate = Promise.withResolvers<{ default: HookModule }>();
  await withHooks(
    hooked(1, "slow", { n: 1 }, " id=a") + hooked(2, "slow", { n: 1 }, " id=b"),
    async (page) => {
      page.patch([{ op: 0x05, num: 1 }, { op: 0x02, num: 2, name: "data-hook-config", value: '{"n":2}' }]);
      await later();
      gate.resolve(recorder(log));
      await later();
      assertEquals(log, ['mounted b {"n":2} 1']);
    },
    { hooks: { "/hooks/slow.js": gate.promise } },
  );
});

Deno.test("a hook that throws costs itself alone: the console and vango:error tell of it", async () => {
  const log: string[] = [];
  const hooks: PageOptions["hooks"] = {
    "/hooks/bad.js": {
      default: {
        mounted() {
          throw new Error("no");
        },
        destroyed: () => void log.push("never"),
      },
    },
    "/hooks/late.js": { default: { mounted: () => Promise.reject(new Error("later")) } },
    "/hooks/none.js": {},
    "/hooks/update.js": {
      default: {
        updated() {
          throw new Error("update");
        },
        destroyed: () => void log.push("destroyed"),
      },
    },
  };
  const names = ["bad", "late", "none", "missing", "update", "x"];
  const lines = await errorsOf(() =>
    withHooks(names.map((name, i) => hooked(i + 1, name, {}, ` id=${name}`)).join(""), async (page, good) => {
      page.patch([{ op: 0x02, num: 5, name: "data-hook-config", value: "{}" }]);
      page.patch([{ op: 0x02, num: 5, name: "data-hook-config", value: '{"n":1}' }]);
      await later();
      page.patch([1, 5].map((num) => ({ op: 0x05, num })));
      await later();
      assertEquals([good, log], [["mounted x {} 1"], ["destroyed"]]);
      const errors = page.errors as unknown as { hook: string; code: number; seq: number; message: string }[];
      assertEquals(errors.map(({ hook, code, seq }) => [hook, code, seq]).sort(), [
        ["bad", 0, 0],
        ["late", 0, 0],
        ["missing", 0, 0],
        ["none", 0, 0],
        ["update", 0, 0],
      ]);
      assertEquals(errors.find(({ hook }) => hook === "bad")!.message, "Error: no");
      assert(
        errors.find(({ hook }) => hook === "none")!.message.includes("/hooks/none.js has no default export"),
      );
    }, { hooks })
  );
  assertEquals(lines.length, 5);
  assert(lines.includes("Hook bad: Error: no"), lines.join("\n"));
});

Deno.test("a hook whose script would be of another origin is not loaded", async () => {
  const html = hooked(1, "x", {}, " id=a").replace("/hooks/x.js", "//evil.test/x.js");
  const lines = await errorsOf(() =>
    withHooks(html, (page, log) => {
      assertEquals([log, page.errors.length], [[], 1]);
    }, { hooks: { "/x.js": recorder([]) } })
  );
  assert(lines[0].includes("https://evil.test/x.js is of another origin"), lines[0]);
});

Deno.test("push() sends the name and the data, as the server's codec reads them", async () => {
  await withHooks(hooked(1, "x"), (page, _, [api]) => {
    const data = {
      none: null,
      yes: true,
      int: -120,
      zero: 0,
      big: 2 ** 52,
      most: 2 ** 52 - 1,
      half: 1.5,
      nan: NaN,
      inf: -Infinity,
      text: "ü…",
      list: [1, "a", [], {}],
      map: { a: { b: [null, false] }, __proto__: undefined },
      long: Array.from({ length: 300 }, (_, i) => i),
      ["__proto__"]: { polluted: true },
    };
    api.push("all", { ...data, left: undefined });
    api.push("empty");
    assertEquals(page.payloads(), [{ name: "all", data }, { name: "empty", data: {} }]);
    assertEquals(({} as { polluted?: boolean }).polluted, undefined);
  });
});

Deno.test("push() refuses what is no name and no data, and sends nothing", async () => {
  await withHooks(hooked(1, "x"), (page, _, [api]) => {
    const push = (name: unknown, data: unknown) => () => void api.push(name as string, data as object);
    for (const name of ["", 7, null, "n".repeat(65)]) {
      assertThrows(push(name, {}), TypeError, "it is no name");
    }
    for (const data of [[1], "text", 7, new Date(0), new Map(), null]) {
      assertThrows(push("e", data), TypeError, "Cannot push e: its data is no map");
    }
    assertThrows(push("e", { a: { f: () => {} } }), TypeError, "Cannot push e.a.f: it is a Function");
    for (const value of [1n, Symbol("s"), new Date(0), new Map(), page.doc.body, /x/]) {
      assertThrows(push("e", { value }), TypeError, "Cannot push e.value: it is a ");
    }
    const loop: unknown[] = [];
    loop.push(loop);
    assertThrows(push("e", { loop }), RangeError, "Cannot push e: it is nested too deep");
    const deep = (levels: number): unknown => levels === 0 ? 1 : [deep(levels - 1)];
    assertThrows(push("e", { deep: deep(64) }), RangeError);
    assertEquals(page.payloads(), []);
    api.push("e", { deep: deep(63) });
    assertEquals(page.payloads().length, 1);
  });
});

Deno.test("what is pushed while there is no connection waits, in order with other events, and is sent once", async () => {
  const html = `${hooked(1, "x", {}, " id=a")}<button data-hid="2 click:1">b</button>`;
  await withHooks(html, async (page, _, [api]) => {
    const done = [api.push("one", { n: 1 })];
    page.socket.drop();
    page.click(page.$("button"));
    done.push(api.push("two"));
    page.clock.tick(60_000);
    page.accept({ received: 1 });
    assertEquals(page.events(), [[2, 1, 2], [3, 0x60, 1]]);
    page.patch([], 3);
    assertEquals(await Promise.all(done), [true, true]);
  });
});

Deno.test("push() tells when the handler is done, not before, and when it was refused", async () => {
  await withHooks(hooked(1, "x"), async (page, _, [api]) => {
    const heard: string[] = [];
    const push = (name: string) => void api.push(name).then((done) => heard.push(`${name} ${done}`));
    for (const name of ["slow", "quick", "bad"]) push(name);
    // The first waits, the second is done, the third has failed.
    page.patch([], 3, { below: 0, list: [2] });
    await settle();
    assertEquals(heard, ["quick true"]);
    await errorsOf(async () => {
      page.error({ code: 4, seq: 3, message: "Failed" });
      await settle();
    });
    assertEquals(heard, ["quick true", "bad false"]);
    page.patch([], 3);
    await settle();
    assertEquals(heard, ["quick true", "bad false", "slow true"]);
  });
});

Deno.test("push() tells after a resync, too: what was received is done, what was not yet is sent or refused", async () => {
  await withHooks(hooked(1, "x", {}, " id=a") + hooked(2, "x"), async (page, _, [api, other]) => {
    const first = api.push("first");
    page.socket.drop();
    const second = api.push("second");
    const lost = other.push("lost");
    page.clock.tick(60_000);
    await errorsOf(async () => {
      page.accept({ action: 2, received: 1 });
      page.control({ type: 0x12, received: 1, nodes: [el("div", { ...hook("x"), id: "a" })] });
      assertEquals([await first, await lost], [true, false]);
    });
    assertEquals(page.events().map(([seq]) => seq), [2]);
    page.patch([], 3);
    assertEquals(await second, true);
  });
});

Deno.test("what a hook pushes when its element is gone, or the client has ended, is refused", async () => {
  await withHooks(hooked(1, "x") + hooked(2, "x"), async (page, _, [gone, stays]) => {
    await errorsOf(async () => {
      page.patch([{ op: 0x05, num: 1 }]);
      assertEquals(await gone.push("late"), false);
    });
    assertEquals(page.errors.map(({ code }) => code), [0x03]);
    const waits = stays.push("never");
    assertEquals(page.payloads().length, 1);
    page.vango.close();
    assertEquals([await waits, await stays.push("after")], [false, false]);
    assertEquals([page.payloads(), page.errors.length], [[], 1]);
  });
});
