/**
 * Numbering: the rules of docs/protocol.md, the check, and what happens when it fails.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { createNode } from "../../vdom/node.ts";
import { settle, type TestPage, withPage } from "./_page.ts";

/** The numbers of the page in document order, as `name=number`. */
function numbers(page: TestPage): string[] {
  const walker = page.doc.createTreeWalker(page.doc.body, 133);
  const out: string[] = [];
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const num = page.num(n);
    if (num) {
      out.push(
        `${n.nodeType === 1 ? (n as Element).localName : n.nodeType === 3 ? n.nodeValue : "#"}=${num}`,
      );
    }
  }
  return out;
}

Deno.test("numberPage() numbers elements, texts and empty comments in document order", async () => {
  await withPage("<div><h1>Count: 1</h1><!---->a<p><!----></p></div>b", {}, (page) => {
    assertEquals(numbers(page), ["div=1", "h1=2", "Count: 1=3", "#=4", "a=5", "p=6", "#=7", "b=8"]);
  });
});

Deno.test("numberPage() gives a raw node the number of its first comment alone", async () => {
  await withPage("<!--r--><b>x</b>y<!--/r--><p>z</p>", {}, (page) => {
    assertEquals(numbers(page), ["#=1", "p=2", "z=3"]);
  });
});

Deno.test("numberPage() skips what the server does not own", async () => {
  const html =
    "<noscript><p>n</p></noscript><template><p>t</p></template><iframe></iframe><textarea>a</textarea>" +
    "<select><option>o</option></select><x-island><p>i</p></x-island><x-own data-own=''><p>o</p></x-own>" +
    "<form><input name='_vango' type='hidden'><input name='n'></form><!-- of a proxy --><i></i>";
  await withPage(html, {}, (page) => {
    assertEquals(numbers(page), [
      "noscript=1",
      "template=2",
      "iframe=3",
      "textarea=4",
      "select=5",
      "option=6",
      "x-island=7",
      "x-own=8",
      "p=9",
      "o=10",
      "form=11",
      "input=12",
      "i=13",
    ]);
  });
});

Deno.test("numberPage() joins text that the parser split", async () => {
  await withPage("<p>ab</p><i></i>", {
    before: (win) => {
      win.document.querySelector("p")!.firstChild!.remove();
      for (const part of ["a", "b"]) win.document.querySelector("p")!.append(part);
    },
  }, (page) => {
    assertEquals(numbers(page), ["p=1", "ab=2", "i=3"]);
    assertEquals(hello(page).flags, 0);
  });
});

function hello(page: TestPage) {
  const frame = page.take().find((f) => f.kind === "hello");
  if (frame?.kind !== "hello") throw new Error("There is no hello");
  return frame.hello;
}

Deno.test("the checksum is FNV-1a over kinds and tags", async () => {
  // 1 "p" 2, by hand: p is 0x70.
  let sum = 0x811c9dc5;
  for (const byte of [1, 0x70, 2]) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0;
  await withPage(
    "<p>x</p>",
    { data: { n: "2", sum: String(sum) } },
    (page) => assertEquals(hello(page).flags, 0),
  );
});

Deno.test("a wrong count without anchors asks for a resync in the hello", async () => {
  await withPage("<p>x</p>", { data: { n: "3" }, connect: false }, async (page) => {
    assertEquals(page.sockets.length, 0);
    await page.loadRare();
    page.accept({ action: 2 });
    assertEquals(hello(page).flags, 1);
  });
});

Deno.test("a wrong checksum with the right count asks for a resync in the hello", async () => {
  await withPage("<p data-hid='1 click:1'>x</p>", { data: { sum: "1" }, connect: false }, async (page) => {
    await page.loadRare();
    page.accept({ action: 2 });
    assertEquals(hello(page).flags, 1);
  });
});

Deno.test("anchors find the smallest element that is off: it is asked for again, and events after it are right", async () => {
  // An extension has put <font> into the section: the server's numbers are those of data-hid.
  const html = "<main><b data-hid='2 click:1'>a</b><section><i data-hid='5 click:1'>b</i><font>x</font>" +
    "<u data-hid='7 click:1'>c</u></section><s data-hid='9 click:1'>d</s></main>";
  await withPage(html, { data: { n: "10", sum: "1" }, connect: false }, async (page) => {
    await page.loadRare();
    page.accept();
    const sent = page.take();
    assertEquals(sent[0].kind === "hello" && sent[0].hello.flags, 0);
    assertEquals(sent.slice(1), [{ kind: "control", control: { type: 0x14, num: 4 } }]);
    const u = page.$("u");
    page.click(page.$("s"));
    page.click(u);
    assertEquals(page.events(), [[1, 1, 9], [2, 1, 7]]);
    page.patch([{
      op: 0x42,
      num: 4,
      first: 5,
      nodes: [
        createNode("i", { onClick: () => {} }, ["b"]),
        createNode("u", { onClick: () => {} }, ["c"]),
      ],
    }]);
    assertEquals(page.$("section").innerHTML, '<i data-hid="5 click:1">b</i><u data-hid="7 click:1">c</u>');
    assertEquals(page.$("u") === u, true);
    page.patch([{ op: 0x01, num: 8, text: "C" }, { op: 0x01, num: 10, text: "D" }]);
    assertEquals(page.$("main").textContent, "abCD");
  });
});

Deno.test("renumber counts the nodes that the server knows, and no others", async () => {
  await withPage(
    "<ul><li data-hid='2 click:1'>a</li><li data-hid='4 click:1'>b</li></ul>",
    { rare: true },
    async (page) => {
      page.patch([{ op: 0x05, num: 2 }]);
      page.$("ul").prepend(page.doc.createElement("grammar-check"));
      page.control({ type: 0x13 });
      await settle();
      assertEquals(numbers(page), ["ul=1", "li=2", "b=3"]);
      page.click(page.$("li"));
      assertEquals(page.events(), [[1, 1, 2]]);
    },
  );
});

Deno.test("renumber counts what an optimistic text stands for, not the text", async () => {
  const o = encodeURIComponent(JSON.stringify({ text: "Saving" }));
  await withPage(
    `<button data-hid='1 click:1,o${o}'>Save <b>all</b></button><p>x</p>`,
    { rare: true },
    async (page) => {
      page.click(page.$("button"));
      await settle();
      assertEquals(page.$("button").textContent, "Saving");
      page.control({ type: 0x13 });
      await settle();
      assertEquals(page.$("button").textContent, "Saving");
      page.patch([{ op: 0x01, num: 4, text: "one" }, { op: 0x01, num: 6, text: "y" }], 1);
      assertEquals([page.$("button").textContent, page.$("p").textContent], ["Save one", "y"]);
    },
  );
});

Deno.test("a copy of an element has no number, so no event of it is sent", async () => {
  await withPage("<p data-hid='1 click:1'>a</p>", {}, async (page) => {
    const copy = page.$("p").cloneNode(true);
    page.doc.body.append(copy);
    page.click(copy);
    await settle();
    assertEquals(page.events(), []);
  });
});
