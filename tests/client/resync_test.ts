/**
 * Resync, templates and raw nodes: what stays when the tree is sent again.
 *
 * @module
 */
import { assertEquals, assertStrictEquals } from "@std/assert";
import { createNode, Kind, textNode, VNode } from "../../vdom/node.ts";
import { type TestPage, withPage } from "./_page.ts";

const el = (tag: string, props: Record<string, unknown> | null, ...children: unknown[]): VNode =>
  createNode(tag, props, children);
const raw = (html: string): VNode => new VNode(Kind.Raw, null, null, null, html, null);

async function resync(page: TestPage, nodes: VNode[], received = 0): Promise<void> {
  page.control({ type: 0x12, received, nodes });
  await page.loadRare();
}

Deno.test("a resync keeps the elements that are still there, and numbers from 1", async () => {
  await withPage("<main><p>a</p><ul><li>1</li></ul></main>", {}, async (page) => {
    const [main, p, li] = ["main", "p", "li"].map((s) => page.$(s));
    await resync(page, [
      el(
        "main",
        { class: "m" },
        el("h1", null, "new"),
        el("p", null, "A"),
        el("ul", null, el("li", null, "1"), el("li", null, "2")),
      ),
    ]);
    assertEquals(page.html, '<main class="m"><h1>new</h1><p>A</p><ul><li>1</li><li>2</li></ul></main>');
    assertStrictEquals(page.$("main"), main);
    assertStrictEquals(page.$("p"), p);
    assertStrictEquals(page.$("li"), li);
    assertEquals(["main", "h1", "p", "ul", "li"].map((s) => page.num(page.$(s))), [1, 2, 4, 6, 7]);
    page.patch([{ op: 0x01, num: 10, text: "two" }]);
    assertEquals(page.$("ul").textContent, "1two");
  });
});

Deno.test("a resync finds elements by their ids, wherever they are in the list", async () => {
  await withPage("<i id=a>1</i><i id=b>2</i><i id=c>3</i>", {}, async (page) => {
    const [a, c] = [page.$("#a"), page.$("#c")];
    await resync(page, [el("i", { id: "c" }, "3"), el("i", { id: "x" }, "0"), el("i", { id: "a" }, "1")]);
    assertEquals(page.html, '<i id="c">3</i><i id="x">0</i><i id="a">1</i>');
    assertStrictEquals(page.$("#a"), a);
    assertStrictEquals(page.$("#c"), c);
  });
});

Deno.test("a resync keeps focus, what is typed, open details and nodes of scripts", async () => {
  await withPage(
    "<details open><summary>s</summary></details><input data-hid='4 input:10v' value=''><p>t</p>",
    {},
    async (page) => {
      const input = page.$<HTMLInputElement>("input");
      input.focus();
      await page.loadRare();
      page.type("input", "typed");
      page.$("p").after(page.doc.createElement("x-extension"));
      page.take();
      await resync(page, [
        el("details", null, el("summary", null, "S")),
        el("input", { value: "", onInput: (_: unknown) => {} }),
        el("p", null, "T"),
      ]);
      assertStrictEquals(page.doc.activeElement, input);
      assertEquals(input.value, "typed");
      assertEquals(page.$("details").hasAttribute("open"), true);
      assertEquals(page.doc.querySelectorAll("x-extension").length, 1);
      // The server does not show it: it is told again.
      assertEquals(page.events().map(([, code, num]) => [code, num]), [[0x10, 4]]);
    },
  );
});

Deno.test("what was typed while a resync was awaited is told, also when it is what the page began with", async () => {
  await withPage("<input data-hid='1 input:10v' value='a'>", { rare: true }, async (page) => {
    page.type("input", "b");
    page.patch([{ op: 0x05, num: 99 }], 1);
    page.take();
    page.type("input", "a");
    await resync(page, [el("input", { value: "a", onInput: (_: unknown) => {} })], 1);
    assertEquals(page.payloads().map((payload) => (payload as { value: string }).value), ["a"]);
  });
});

Deno.test("what is told again after a resync acknowledges it: the server refuses events of an older rendering", async () => {
  await withPage("<input data-hid='1 input:10v' value=''>", { rare: true }, async (page) => {
    page.type("input", "typed");
    page.take();
    await resync(page, [el("input", { value: "", onInput: (_: unknown) => {} })]);
    assertEquals(page.take().map((f) => f.kind === "event" ? [f.event.seq, f.event.ackDelta] : f.kind), [[
      2,
      1,
    ]]);
  });
});

Deno.test("a resync gives controls the server's state when nothing newer was typed", async () => {
  await withPage("<input id=a value=1><input id=b type=checkbox><textarea>t</textarea>", {}, async (page) => {
    page.$<HTMLInputElement>("#a").value = "9";
    await resync(page, [
      el("input", { id: "a", value: "2" }),
      el("input", { id: "b", type: "checkbox", checked: true }),
      el("textarea", { value: "u" }),
    ], 5);
    assertEquals([
      page.$<HTMLInputElement>("#a").value,
      page.$<HTMLInputElement>("#b").checked,
      page.$<HTMLTextAreaElement>("textarea").value,
    ], ["2", true, "u"]);
  });
});

Deno.test("raw markup that is the same stays, other markup is put in its place", async () => {
  await withPage("<!--r--><b>1</b><!--/r--><!--r--><i>2</i><!--/r--><p>x</p>", {}, async (page) => {
    const b = page.$("b");
    await resync(page, [raw("<b>1</b>"), raw("<u>3</u>"), el("p", null, "x")]);
    assertEquals(page.html, "<!--r--><b>1</b><!--/r--><!--r--><u>3</u><!--/r--><p>x</p>");
    assertStrictEquals(page.$("b"), b);
    assertEquals(page.num(page.$("p")), 3);
  });
});

Deno.test("a custom element whose content is not the server's any more is another one", async () => {
  await withPage("<x-a data-own><b>1</b></x-a><x-b></x-b>", {}, async (page) => {
    const b = page.$("x-b");
    await resync(page, [el("x-a", null), el("x-b", null)]);
    assertEquals(page.html, "<x-a></x-a><x-b></x-b>");
    assertStrictEquals(page.$("x-b"), b);
  });
});

Deno.test("a resync of a page that was miscounted leaves nothing of it twice", async () => {
  // The server's count: section 1, p 2, b 3, text 4, button 5. An element before p moves all by one.
  const html = "<section><x-ext></x-ext><p></p><b>t</b></section><button data-hid='5 click:1'></button>";
  await withPage(html, { data: { n: "5", sum: "0" }, rare: true }, async (page) => {
    await resync(page, [
      el("section", null, el("p", null), el("b", null, "t")),
      el("button", { onClick: () => {} }),
    ]);
    assertEquals(page.html, '<section><p></p><b>t</b></section><button data-hid="5 click:1"></button>');
  });
});

Deno.test("text and empty comments take each other's place", async () => {
  await withPage("<p>a</p><p><!----></p>", {}, async (page) => {
    await resync(page, [el("p", null, ""), el("p", null, "b")]);
    assertEquals(page.html, "<p><!----></p><p>b</p>");
    page.patch([{ op: 0x01, num: 2, text: "c" }, { op: 0x01, num: 4, text: "d" }]);
    assertEquals(page.html, "<p>c</p><p>d</p>");
  });
});

Deno.test("the hello's answer resync lets no patch through before it, and queued clicks are given up", async () => {
  await withPage("<b data-hid='1 click:1'>x</b><i id=k data-hid='3 click:1'>y</i>", {}, async (page) => {
    page.socket.drop();
    page.click(page.$("b"));
    page.click(page.$("#k"));
    page.vango.reconnect();
    page.accept({ action: 2, nextSeq: 1 });
    assertEquals([page.vango.state, page.events()], ["reconnecting", []]);
    await resync(page, [el("b", { onClick: () => {} }, "z"), el("i", { id: "k", onClick: () => {} }, "y")]);
    assertEquals(page.vango.state, "connected");
    assertEquals(page.errors, [{ code: 3, seq: 1, message: "click" }]);
    assertEquals(page.events(), [[2, 1, 3]]);
  });
});

Deno.test("an event that is on its way is not given up by a resync: the server answers it", async () => {
  await withPage("<b data-hid='1 click:1'>x</b>", {}, async (page) => {
    page.click(page.$("b"));
    assertEquals(page.events(), [[1, 1, 1]]);
    await resync(page, [el("b", { onClick: () => {} }, "x")]);
    assertEquals([page.errors, page.events()], [[], []]);
    page.vango.reconnect();
    page.accept();
    assertEquals(page.events(), [[1, 1, 1]]);
  });
});

Deno.test("content that is sent again with other numbers leaves the old ones to nobody", async () => {
  await withPage("<main><p>a</p></main>", {}, async (page) => {
    page.patch([{ op: 0x42, num: 1, first: 7, nodes: [el("p", null, "a")] }]);
    await page.loadRare();
    const [p] = page.doc.getElementsByTagName("p");
    assertEquals([page.num(p), page.num(p.firstChild!)], [7, 8]);
    page.take();
    page.patch([{ op: 0x02, num: 2, name: "title", value: "t" }]);
    assertEquals(page.take(), [{ kind: "control", control: { type: 0x10, lastSeq: 1, reason: 1 } }]);
    assertEquals(p.title, "");
  });
});

Deno.test("a number that content takes when it is sent again is the new node's, whoever had it before", async () => {
  await withPage("<main><i>a</i></main>", {}, async (page) => {
    page.patch([{ op: 0x42, num: 1, first: 2, nodes: [el("b", null, "new"), el("i", null, "a")] }]);
    await page.loadRare();
    page.patch([{ op: 0x02, num: 2, name: "title", value: "t" }]);
    assertEquals(page.html, '<main><b title="t">new</b><i>a</i></main>');
  });
});

Deno.test("a patch to an unknown node, then a resync, then all is well", async () => {
  await withPage("<p>a</p>", {}, async (page) => {
    page.patch([{ op: 0x05, num: 99 }]);
    await resync(page, [el("p", null, "b")]);
    page.patch([{ op: 0x01, num: 2, text: "c" }]);
    assertEquals(page.html, "<p>c</p>");
  });
});

Deno.test("a connection that is lost before the resync asks for it in the next hello", async () => {
  await withPage("<p>a</p>", {}, (page) => {
    page.patch([{ op: 0x05, num: 99 }]);
    page.vango.reconnect();
    page.socket.open();
    const [frame] = page.take();
    assertEquals(frame.kind === "hello" && frame.hello.flags, 1);
  });
});

Deno.test("inserted raw markup is not numbered, and never runs", async () => {
  await withPage("<div><!----></div>", {}, async (page) => {
    page.patch([{ op: 0x0e, num: 1, nodes: [raw("<b>x</b><i>y</i>"), el("p", null, "z")] }]);
    await page.loadRare();
    assertEquals(page.$("div").innerHTML, "<!----><!--r--><b>x</b><i>y</i><!--/r--><p>z</p>");
    assertEquals([page.num(page.$("p")), page.num(page.$("b"))], [4, undefined]);
    page.patch([{ op: 0x05, num: 3 }]);
    assertEquals(page.$("div").innerHTML, "<!----><p>z</p>");
  });
});

Deno.test("raw markup in svg is svg", async () => {
  await withPage("<svg><g></g></svg>", {}, async (page) => {
    page.patch([{ op: 0x0e, num: 1, nodes: [raw("<circle r='1'></circle>")] }]);
    await page.loadRare();
    assertEquals(page.$("circle").namespaceURI, "http://www.w3.org/2000/svg");
  });
});

Deno.test("a template is defined once and copied with its holes filled", async () => {
  await withPage("<ul><li>-</li></ul>", {}, async (page) => {
    const type = {
      wire: (node: VNode) => ({
        id: 3,
        values: String(node.key).split(",").map((v) => v === "null" ? null : v),
        lists: [],
      }),
    };
    const instance = (values: string) => new VNode(Kind.Template, type, null, null, "", values);
    page.patch([
      {
        op: 0x40,
        id: 3,
        nodes: [el("li", { title: "t" }, el("b", null, ""), el("i", null, ""))],
        holes: [
          { offset: 0, name: "class", statics: [] },
          { offset: 0, name: "data-hid", statics: [] },
          { offset: 2, name: "", statics: ["<", ">"] },
          { offset: 4, name: "", statics: ["", "", ""] },
        ],
      },
      { op: 0x0e, num: 1, nodes: [instance("on,click:1,a,b,c"), instance("null,click:1,,,")] },
    ]);
    await page.loadRare();
    assertEquals(
      page.$("ul").innerHTML,
      '<li>-</li><li title="t" class="on" data-hid="4 click:1"><b>&lt;a&gt;</b><i>bc</i></li>' +
        '<li title="t" data-hid="9 click:1"><b>&lt;&gt;</b><i><!----></i></li>',
    );
    page.click(page.doc.querySelectorAll("li")[2]);
    assertEquals(page.events(), [[1, 1, 9]]);
    page.patch([{ op: 0x01, num: 13, text: "filled" }]);
    assertEquals(page.doc.querySelectorAll("i")[1].textContent, "filled");
  });
});

Deno.test("an inserted template element keeps its content, which has no numbers", async () => {
  await withPage("<div><!----></div>", {}, (page) => {
    page.patch([{ op: 0x0e, num: 1, nodes: [el("template", null, el("p", null, "x")), el("b", null, "y")] }]);
    assertEquals(page.$("div").innerHTML, "<!----><template><p>x</p></template><b>y</b>");
    assertEquals(page.num(page.$("b")), 4);
    page.patch([{ op: 0x01, num: 5, text: "z" }]);
    assertEquals(page.$("b").textContent, "z");
  });
});

Deno.test("textNode at the root is kept by a resync", async () => {
  await withPage("a<p>b</p>", {}, async (page) => {
    const node = page.doc.body.firstChild!.nextSibling;
    await resync(page, [textNode("A"), el("p", null, "b")]);
    assertEquals(page.html, "A<p>b</p>");
    assertStrictEquals(page.doc.body.firstChild!.nextSibling, node);
  });
});

Deno.test("a resync settles a submit: what the server sets from then on reaches what was typed since", async () => {
  await withPage('<form data-hid="1 submit:f"><input name="text" value=""></form>', {}, async (page) => {
    const input = page.$<HTMLInputElement>("input");
    await page.loadRare();
    input.value = "sent";
    page.$("form").dispatchEvent(new page.win.Event("submit", { bubbles: true, cancelable: true }));
    input.value = "sent, and more";
    page.patch([{ op: 0x08, num: 2, value: "" }]);
    assertEquals(input.value, "sent, and more");
    await resync(page, [el("form", { onSubmit: () => {} }, el("input", { name: "text", value: "" }))], 1);
    page.patch([{ op: 0x08, num: 2, value: "new" }]);
    assertEquals(input.value, "new");
  });
});

Deno.test("a resync replaces a template that holds something else, and keeps one that holds the same", async () => {
  await withPage("<template><p>a</p></template><template><b>b</b></template>", {}, async (page) => {
    const [, same] = page.doc.querySelectorAll("template");
    const template = (...content: VNode[]) => el("template", null, ...content);
    await resync(page, [template(el("p", null, "other")), template(el("b", null, "b"))]);
    const shown = [...page.doc.querySelectorAll("template")];
    assertEquals(shown.map((one) => one.innerHTML), ["<p>other</p>", "<b>b</b>"]);
    assertStrictEquals(shown[1], same);
  });
});

Deno.test("what a template in content that is asked for again holds takes no number of what follows", async () => {
  const html = "<div><template></template></div><button data-hid='3 click:1'>x</button>";
  await withPage(html, {}, async (page) => {
    page.patch([{ op: 0x42, num: 1, first: 2, nodes: [el("template", null, el("p", null, "a"))] }]);
    await page.loadRare();
    page.click(page.$("button"));
    assertEquals([page.events(), page.errors], [[[1, 1, 3]], []]);
    page.patch([{ op: 0x01, num: 4, text: "y" }], 1);
    assertEquals(page.$("button").textContent, "y");
  });
});

Deno.test("a page whose script was taken away by a wrong patch is loaded anew, not left empty", async () => {
  let count = 0;
  await withPage("<main><p>a</p></main>", {
    before: (win) =>
      Object.defineProperty(Object.getPrototypeOf(win.location), "reload", {
        value: () => count++,
        configurable: true,
      }),
  }, async (page) => {
    // Number 0 is the script, beside which a tree is put: into the page's content, which goes.
    page.patch([{ op: 0x1a, num: 0, parent: 1 }, { op: 0x05, num: 1 }]);
    await resync(page, [el("main", null, "b")]);
    assertEquals([count, page.vango.state], [1, "offline"]);
  });
});
