/**
 * The second script: when it is asked for, what happens when it does not come, and what only it does.
 *
 * @module
 */
import { assertEquals, assertStrictEquals } from "@std/assert";
import { createNode, Kind, VNode } from "../../vdom/node.ts";
import { withPage } from "./_page.ts";

Deno.test("a page of plain clicks and keys never asks for the second script", async () => {
  const html =
    "<div data-hid='1 click:1'><button data-hid='2 click:1m keydown:20k focus:13'>x</button></div>";
  await withPage(html, {}, (page) => {
    page.click(page.$("button"));
    page.patch([
      { op: 0x02, num: 2, name: "class", value: "a" },
      { op: 0x0e, num: 1, nodes: [createNode("p", null, ["x"])] },
      { op: 0x05, num: 4 },
    ], 1);
    assertEquals([page.loads, page.vango.state], [0, "connected"]);
  });
});

Deno.test("options, rare families and input ask for it at once, in the background", async () => {
  for (
    const spec of [
      "click:1,d100",
      "click:1,f",
      "click:1,1",
      "keydown:20,kEnter",
      "click:1,o%7B%7D",
      "wheel:8w",
      "input:10v",
    ]
  ) {
    await withPage(`<p data-hid='1 ${spec}'>x</p>`, {}, (page) => {
      assertEquals([page.loads, page.vango.state], [1, "connected"], spec);
    });
  }
});

Deno.test("a frame that needs a second script which cannot be had loads the page anew", async () => {
  let count = 0;
  await withPage("<p>a</p>", {
    before: (win) =>
      Object.defineProperty(Object.getPrototypeOf(win.location), "reload", {
        value: () => count++,
        configurable: true,
      }),
  }, async (page) => {
    page.patch([{ op: 0x35, text: "t" }]);
    await page.failRare();
    assertEquals([count, page.vango.state], [1, "offline"]);
  });
});

Deno.test("a second script that did not come is asked for again", async () => {
  await withPage("<p data-hid='1 click:1'>a</p>", {}, async (page) => {
    let failed = 0;
    const count = (event: PromiseRejectionEvent) => {
      failed++;
      event.preventDefault();
    };
    globalThis.addEventListener("unhandledrejection", count);
    page.patch([{ op: 0x18, num: 1, spec: "click:1,d10" }]);
    await page.failRare();
    await new Promise((resolve) => setTimeout(resolve, 0));
    globalThis.removeEventListener("unhandledrejection", count);
    page.click(page.$("p"));
    await page.loadRare();
    page.clock.tick(10);
    assertEquals([page.loads, failed, page.events()], [2, 1, [[1, 1, 1]]]);
  });
});

Deno.test("raw markup goes through a trusted types policy of the name vango", async () => {
  const made: string[] = [];
  await withPage("<div><!----></div>", {
    before: (win) =>
      Object.assign(win, {
        trustedTypes: {
          createPolicy: (name: string, rules: { createHTML(html: string): string }) => {
            made.push(name);
            return rules;
          },
        },
      }),
  }, async (page) => {
    const raw = (html: string) => new VNode(Kind.Raw, null, null, null, html, null);
    page.patch([{ op: 0x0e, num: 1, nodes: [raw("<b>1</b>"), raw("<b>2</b>")] }]);
    assertEquals(made, []);
    await page.loadRare();
    assertEquals([page.$("div").textContent, made], ["12", ["vango"]]);
  });
});

Deno.test("resize is an event of the element, told when its size changes", async () => {
  type Report = (entries: { target: Element }[]) => void;
  let report: Report = () => {};
  const observed: Element[] = [];
  await withPage("<div data-hid='1 resize:31r'>x</div>", {
    rare: true,
    before: (win) =>
      Object.assign(win, {
        ResizeObserver: class {
          constructor(run: Report) {
            report = run;
          }
          observe(element: Element): void {
            observed.push(element);
          }
        },
      }),
  }, (page) => {
    const div = page.$("div");
    div.getBoundingClientRect = () => ({ width: 30.4, height: 20 }) as DOMRect;
    report([{ target: div }]);
    assertEquals(page.events(), []);
    report([{ target: div }]);
    assertEquals(page.payloads(), [{ width: 30, height: 20 }]);
    page.patch([{ op: 0x0e, num: 0, nodes: [createNode("p", { onResize: () => {} }, ["y"])] }]);
    assertEquals(observed.map((e) => e.localName), ["div", "p"]);
  });
});

Deno.test("content that is sent again leaves a form's hidden token and its fields what they are", async () => {
  const html =
    "<main><form data-hid='2 submit:12'><input name='_vango' type='hidden' value='t'><input name='n'></form></main>";
  await withPage(html, { rare: true }, async (page) => {
    const field = page.$("input[name=n]");
    const nodes = [createNode("form", { onSubmit: () => {} }, [createNode("input", { name: "n" }, []), "!"])];
    page.patch([{ op: 0x42, num: 1, first: 2, nodes }]);
    await page.loadRare();
    assertStrictEquals(page.$("input[name=n]"), field);
    assertEquals([page.num(field), page.$("form").children.length, page.$("form").textContent], [3, 2, "!"]);
  });
});

Deno.test("a second script that can never be had loads the page anew once, not without end", async () => {
  let reloads = 0;
  let storage: Record<string, string> = {};
  for (let load = 0; load < 3; load++) {
    await withPage("<p>x</p>", {
      before: (win) => {
        Object.defineProperty(Object.getPrototypeOf(win.location), "reload", {
          value: () => reloads++,
          configurable: true,
        });
        Object.assign(win.sessionStorage, storage);
      },
    }, async (page) => {
      page.patch([{ op: 0x35, text: "x" }]);
      await page.failRare();
      storage = { ...page.win.sessionStorage };
    });
  }
  assertEquals(reloads, 1);
});

Deno.test("after close() nothing is intercepted any more", async () => {
  await withPage("<form data-hid='1 submit:12'></form>", {}, (page) => {
    page.vango.close();
    assertEquals(page.fire(page.$("form"), "submit", { kind: "SubmitEvent" }).defaultPrevented, false);
  });
});
