/**
 * Operations: each one on a page, and the node that is not there.
 *
 * @module
 */
import { assertEquals, assertStrictEquals } from "@std/assert";
import { createNode, textNode, type VNode } from "../../vdom/node.ts";
import { withPage } from "./_page.ts";

const el = (tag: string, props: Record<string, unknown> | null, ...children: unknown[]): VNode =>
  createNode(tag, props, children);

Deno.test("patches asks for a resync once when a node is not there, and ignores what follows", async () => {
  await withPage("<p>a</p>", {}, (page) => {
    page.take();
    page.patch([{ op: 0x01, num: 9, text: "x" }]);
    page.patch([{ op: 0x01, num: 2, text: "x" }]);
    assertEquals(page.take(), [{ kind: "control", control: { type: 0x10, lastSeq: 0, reason: 1 } }]);
    assertEquals(page.html, "<p>a</p>");
  });
});

Deno.test("patches SetText sets a text, swaps an empty comment, fills a text-only element", async () => {
  await withPage("<p>a</p><p><!----></p><textarea>t</textarea>", {}, (page) => {
    page.patch([
      { op: 0x01, num: 2, text: "b" },
      { op: 0x01, num: 4, text: "new" },
      { op: 0x01, num: 5, text: "u" },
    ]);
    assertEquals(page.html, "<p>b</p><p>new</p><textarea>u</textarea>");
    page.patch([{ op: 0x01, num: 4, text: "" }, { op: 0x01, num: 4, text: "again" }]);
    assertEquals(page.html, "<p>b</p><p>again</p><textarea>u</textarea>");
  });
});

Deno.test("patches TextRange replaces units, and fills an empty comment", async () => {
  await withPage("<p>Count: 1</p><p><!----></p>", {}, (page) => {
    page.patch([
      { op: 0x16, num: 2, offset: 7, count: 1, text: "23" },
      { op: 0x16, num: 4, offset: 0, count: 0, text: "x" },
    ]);
    assertEquals(page.html, "<p>Count: 23</p><p>x</p>");
  });
});

Deno.test("patches SetAttr sets attributes but never a handler, style through the object model", async () => {
  await withPage("<p>a</p>", {}, (page) => {
    page.patch([
      { op: 0x02, num: 1, name: "title", value: "t" },
      { op: 0x02, num: 1, name: "onclick", value: "alert(1)" },
      { op: 0x02, num: 1, name: "ONCLICK", value: "alert(1)" },
      { op: 0x02, num: 1, name: "style", value: "color: red" },
    ]);
    assertEquals(page.html, '<p title="t" style="color: red;">a</p>');
    page.patch([{ op: 0x03, num: 1, name: "title" }, { op: 0x03, num: 1, name: "style" }]);
    assertEquals(page.html, "<p>a</p>");
  });
});

Deno.test("patches Insert, Append and InsertAfter place nodes and number them in order", async () => {
  await withPage("<ul><li>b</li></ul>", {}, (page) => {
    page.patch([
      { op: 0x04, num: 2, nodes: [el("li", { class: "x" }, "a")] },
      { op: 0x0e, num: 1, nodes: [el("li", null, "d"), el("li", null, "e")] },
      { op: 0x0f, num: 2, nodes: [el("li", null, "c")] },
      { op: 0x0e, num: 0, nodes: [el("p", null, "end")] },
    ]);
    assertEquals(
      page.html,
      '<ul><li class="x">a</li><li>b</li><li>c</li><li>d</li><li>e</li></ul><p>end</p>',
    );
    const nums = [...page.doc.querySelectorAll("li, p")].map((n) => page.num(n));
    assertEquals(nums, [4, 2, 10, 6, 8, 12]);
    // The text of the last: 13.
    page.patch([{ op: 0x01, num: 13, text: "END" }]);
    assertEquals(page.$("p").textContent, "END");
  });
});

Deno.test("patches Insert makes svg, foreignObject and its html in their namespaces", async () => {
  await withPage("<div><!----></div>", {}, (page) => {
    page.patch([{
      op: 0x0e,
      num: 1,
      nodes: [el("svg", null, el("foreignObject", null, el("b", null, "x")), el("circle", null))],
    }]);
    const space = (s: string) => page.$(s).namespaceURI!.split("/").pop();
    assertEquals([space("svg"), space("foreignObject"), space("b"), space("circle")], [
      "svg",
      "svg",
      "xhtml",
      "svg",
    ]);
    const svg = page.num(page.$("svg"))!;
    page.patch([{ op: 0x0e, num: svg, nodes: [el("g", null)] }]);
    assertEquals(space("g"), "svg");
    page.patch([{ op: 0x0e, num: page.num(page.$("foreignObject"))!, nodes: [el("i", null)] }]);
    assertEquals(space("i"), "xhtml");
  });
});

Deno.test("patches a patch adds to what the same frame inserted", async () => {
  await withPage("<div><!----></div>", {}, (page) => {
    page.patch([
      { op: 0x0e, num: 1, nodes: [el("ul", null, el("li", null, "a"))] },
      { op: 0x0e, num: 3, nodes: [el("li", null, "b")] },
      { op: 0x05, num: 4 },
    ]);
    assertEquals(page.html, "<div><!----><ul><li>b</li></ul></div>");
  });
});

Deno.test("patches Remove takes the numbers of the whole subtree", async () => {
  await withPage('<div><p data-hid="2 click:1"><b>x</b></p></div>', {}, (page) => {
    const p = page.$("p");
    page.patch([{ op: 0x05, num: 2 }]);
    page.doc.body.append(p);
    page.click(p);
    assertEquals(page.events(), []);
    page.patch([{ op: 0x01, num: 4, text: "y" }]);
    assertEquals(page.take().length, 1);
  });
});

Deno.test("patches Replace puts nodes in the place of one", async () => {
  await withPage("<p>a</p><p>z</p>", {}, (page) => {
    page.patch([{ op: 0x07, num: 1, nodes: [textNode("x"), el("i", null, "y")] }]);
    assertEquals(page.html, "x<i>y</i><p>z</p>");
    page.patch([{ op: 0x01, num: 5, text: "X" }]);
    assertEquals(page.html, "X<i>y</i><p>z</p>");
  });
});

Deno.test("patches Move, MoveEnd and MoveAfter keep the node", async () => {
  await withPage("<ul><li>a</li><li>b</li><li>c</li></ul><p>-</p>", {}, (page) => {
    const a = page.$("li");
    page.patch([{ op: 0x06, num: 6, before: 2 }]);
    assertEquals(page.$("ul").textContent, "cab");
    page.patch([{ op: 0x1a, num: 2, parent: 1 }]);
    assertEquals(page.$("ul").textContent, "cba");
    page.patch([{ op: 0x1b, num: 6, after: 4 }]);
    assertEquals(page.$("ul").textContent, "bca");
    page.patch([{ op: 0x1a, num: 1, parent: 0 }]);
    assertEquals(page.html, "<p>-</p><ul><li>b</li><li>c</li><li>a</li></ul>");
    assertStrictEquals(page.$("ul").lastChild, a);
  });
});

Deno.test("patches Move uses moveBefore where the browser has it, and keeps the focus where it has not", async () => {
  await withPage("<div><input><b>x</b></div>", {}, (page) => {
    const input = page.$("input");
    input.focus();
    page.patch([{ op: 0x1a, num: 2, parent: 1 }]);
    assertStrictEquals(page.doc.activeElement, input);
    const calls: unknown[][] = [];
    const div = page.$("div") as unknown as { moveBefore: unknown };
    div.moveBefore = (...args: unknown[]) => calls.push(args);
    page.patch([{ op: 0x06, num: 2, before: 3 }]);
    assertEquals(calls, [[input, page.$("b")]]);
  });
});

Deno.test("patches raw nodes move and go with their markup", async () => {
  await withPage("<!--r--><b>1</b>2<!--/r--><p>a</p>", {}, (page) => {
    page.patch([{ op: 0x1b, num: 1, after: 2 }]);
    assertEquals(page.html, "<p>a</p><!--r--><b>1</b>2<!--/r-->");
    page.patch([{ op: 0x0f, num: 1, nodes: [el("i", null)] }]);
    assertEquals(page.html, "<p>a</p><!--r--><b>1</b>2<!--/r--><i></i>");
    page.patch([{ op: 0x05, num: 1 }]);
    assertEquals(page.html, "<p>a</p><i></i>");
  });
});

Deno.test("patches class tokens and style declarations leave others alone", async () => {
  await withPage('<p class="a b" style="top: 1px">x</p>', { rare: true }, async (page) => {
    page.$("p").classList.add("mine");
    page.patch([
      { op: 0x10, num: 1, name: "c d" },
      { op: 0x11, num: 1, name: "a" },
      { op: 0x13, num: 1, name: "--x", value: "1" },
    ]);
    assertEquals(page.$("p").className, "b mine c d");
    page.patch([
      { op: 0x12, num: 1, name: "b e" },
      { op: 0x14, num: 1, name: "top" },
      { op: 0x15, num: 1, name: "row-id", value: "7" },
    ]);
    await page.loadRare();
    assertEquals(page.$("p").className, "mine c d e");
    assertEquals(page.$("p").style.cssText, "--x: 1;");
    assertEquals(page.$("p").getAttribute("data-row-id"), "7");
  });
});

Deno.test("patches a frame that needs the second script waits whole, and so do those after it", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    page.patch([{ op: 0x01, num: 2, text: "b" }, { op: 0x35, text: "Title" }]);
    page.patch([{ op: 0x01, num: 2, text: "c" }]);
    assertEquals([page.html, page.doc.title, page.loads], ["<p>a</p>", "", 1]);
    await page.loadRare();
    assertEquals([page.html, page.doc.title, page.loads], ["<p>c</p>", "Title", 1]);
  });
});

Deno.test("patches numbers stay right when a frame with inserts is read twice", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    page.patch([{ op: 0x0e, num: 0, nodes: [el("i", null, "x")] }, { op: 0x35, text: "t" }]);
    await page.loadRare();
    assertEquals(page.num(page.$("i")), 3);
  });
});

Deno.test("patches Dispatch tells a node, or the document for 0", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    const got: unknown[] = [];
    page.doc.addEventListener("toast", (e) => got.push([e.target === page.doc, (e as CustomEvent).detail]));
    page.patch([
      { op: 0x20, num: 0, name: "toast", detail: '{"a":1}' },
      { op: 0x20, num: 1, name: "toast", detail: "" },
    ]);
    await page.loadRare();
    assertEquals(got, [[true, { a: 1 }], [false, null]]);
  });
});

Deno.test("patches UrlPush and UrlReplace edit the query; NavPush takes paths of this origin alone", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    page.patch([{ op: 0x31, pairs: [["b", "2"], ["a", ""]] }]);
    await page.loadRare();
    assertEquals(page.win.location.href, "https://app.test/start?b=2");
    page.patch([{ op: 0x32, path: "//evil.test/" }]);
    page.patch([{ op: 0x32, path: "/\\evil.test/" }]);
    page.patch([{ op: 0x32, path: "https://evil.test/" }]);
    assertEquals(page.win.location.href, "https://app.test/start?b=2");
    page.patch([{ op: 0x32, path: "/next?c=3" }]);
    assertEquals(page.win.location.href, "https://app.test/next?c=3");
  });
});

Deno.test("patches SetLink sets, changes and removes; a meta with a colon is a property", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    const head = () => page.doc.head.innerHTML;
    page.patch([{ op: 0x37, name: "canonical", content: "/a" }, {
      op: 0x36,
      name: "og:title",
      content: "A",
    }]);
    await page.loadRare();
    assertEquals(head(), '<link rel="canonical" href="/a"><meta property="og:title" content="A">');
    page.patch([{ op: 0x37, name: "canonical", content: "/b" }, {
      op: 0x36,
      name: "og:title",
      content: "B",
    }]);
    assertEquals(head(), '<link rel="canonical" href="/b"><meta property="og:title" content="B">');
    page.patch([{ op: 0x37, name: "canonical", content: null }, {
      op: 0x36,
      name: "og:title",
      content: null,
    }]);
    assertEquals(head(), "");
  });
});

Deno.test("patches SetMeta sets, changes and removes", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    const meta = () => page.doc.head.innerHTML;
    page.patch([{ op: 0x36, name: "description", content: "x" }]);
    await page.loadRare();
    assertEquals(meta(), '<meta name="description" content="x">');
    page.patch([{ op: 0x36, name: "description", content: "y" }]);
    assertEquals(meta(), '<meta name="description" content="y">');
    page.patch([{ op: 0x36, name: "description", content: null }]);
    assertEquals(meta(), "");
  });
});

Deno.test("patches Focus, Blur and SetProp reach their elements, never a handler property", async () => {
  await withPage("<input type=checkbox>", {}, async (page) => {
    const input = page.$<HTMLInputElement>("input");
    page.patch([
      { op: 0x0b, num: 1 },
      { op: 0x17, num: 1, name: "indeterminate", on: true },
      { op: 0x17, num: 1, name: "onclick", on: true },
    ]);
    await page.loadRare();
    assertStrictEquals(page.doc.activeElement, input);
    assertEquals([input.indeterminate, typeof input.onclick], [true, "object"]);
    page.patch([{ op: 0x0c, num: 1 }]);
    assertEquals(page.doc.activeElement === input, false);
  });
});

Deno.test("patches ScrollTo scrolls an element, or the window for 0", async () => {
  await withPage("<div>a</div>", {}, async (page) => {
    const calls: unknown[] = [];
    (page.win as { scrollTo: unknown }).scrollTo = (o: unknown) => calls.push(["window", o]);
    (page.$("div") as { scrollTo: unknown }).scrollTo = (o: unknown) => calls.push(["div", o]);
    page.patch([
      { op: 0x0d, num: 1, x: 0, y: 30, smooth: true },
      { op: 0x0d, num: 0, x: -1, y: 0, smooth: false },
    ]);
    await page.loadRare();
    assertEquals(calls, [
      ["div", { left: 0, top: 30, behavior: "smooth" }],
      ["window", { left: -1, top: 0, behavior: "instant" }],
    ]);
  });
});

Deno.test("patches SetEvents changes what an element takes", async () => {
  await withPage('<p data-hid="1 click:1">a</p>', {}, (page) => {
    page.patch([{ op: 0x18, num: 1, spec: "dblclick:2" }]);
    page.click(page.$("p"));
    page.fire(page.$("p"), "dblclick", { kind: "MouseEvent" });
    assertEquals(page.events(), [[1, 2, 1]]);
    assertEquals(page.$("p").getAttribute("data-hid"), "1 dblclick:2");
    page.patch([{ op: 0x18, num: 1, spec: "" }]);
    assertEquals(page.$("p").hasAttribute("data-hid"), false);
  });
});

Deno.test("patches inserted elements take events at once", async () => {
  await withPage("<div><!----></div>", {}, (page) => {
    page.patch([{ op: 0x0e, num: 1, nodes: [el("button", { onClick: () => {} }, "x")] }]);
    page.click(page.$("button"));
    assertEquals(page.events(), [[1, 1, 3]]);
  });
});

Deno.test("patches Navigate leaves the page for addresses that a link may have, and for no others", async () => {
  const went: string[] = [];
  await withPage("<p>a</p>", {
    before: (win) => {
      for (const how of ["assign", "replace"]) {
        const value = (url: string) => went.push(`${how} ${url}`);
        Object.defineProperty(Object.getPrototypeOf(win.location), how, { value, configurable: true });
      }
    },
  }, async (page) => {
    page.patch([
      { op: 0x34, url: "javascript:alert(1)", replace: false },
      { op: 0x34, url: " data:text/html,x", replace: false },
      { op: 0x34, url: "/login", replace: true },
      { op: 0x34, url: "https://else.test/", replace: false },
    ]);
    await page.loadRare();
    assertEquals(went, ["replace https://app.test/login", "assign https://else.test/"]);
  });
});
