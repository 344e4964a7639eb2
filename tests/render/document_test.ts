/**
 * The shell of a document, whole and streamed.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type DefaultTreeAdapterTypes as Dom, parse } from "parse5";
import { documentShell, renderDocument, renderDocumentToStream, RenderError } from "../../render/mod.ts";
import { h, mount, shown } from "./_trees.ts";

const full = () => ({
  body: mount(h("p", null, "x")),
  lang: "en",
  dir: "ltr",
  title: "A & B",
  meta: { description: '"d"' },
  head: [
    h("link", { rel: "stylesheet", href: "/a.css" }),
    h("script", null, "1<2"),
    h("meta", { property: "og:title" }),
  ],
  nonce: "n1",
  stub: "/*s*/",
  clientSrc: "/_vango/client.js?v=1&x",
  data: { n: "2", sum: "7" },
  form: { value: "tok" },
});

Deno.test("renderDocument() refuses nodes that would end the head", () => {
  for (const node of [h("div", null), h("p", null), h("img", null)]) {
    assertThrows(() => renderDocument({ body: [], head: [node] }), RenderError, "into the head");
  }
  assertThrows(() => renderDocument({ body: [], head: mount("text") }), RenderError, "text");
  assertThrows(
    () => renderDocument({ body: [], head: [h("noscript", null, h("img", null))] }),
    RenderError,
    "<img>",
  );
  assertThrows(() => renderDocument({ body: [], head: mount(shown(h("p", null))) }), RenderError, "<p>");
});

Deno.test("renderDocument() refuses a stub that would end its script, and data names that are none", () => {
  assertThrows(() => renderDocument({ body: [], stub: "</script>" }), RenderError, "<script>");
  assertThrows(() => renderDocument({ body: [], clientSrc: "/c", data: { "a b": "" } }), TypeError, '"a b"');
});

Deno.test("renderDocument() escapes all that it is given", () => {
  const x = '"><script>alert(1)</script>';
  const html = renderDocument({
    body: [],
    lang: x,
    dir: x,
    title: `</title>${x}`,
    meta: { [x]: x },
    nonce: x,
    stub: "",
    clientSrc: x,
    data: { k: x },
    form: { value: x },
  });
  assertEquals(html.match(/<script/g)?.length, 2);
});

Deno.test("renderDocument() writes the whole document", () => {
  assertEquals(
    renderDocument(full()),
    '<!DOCTYPE html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8">' +
      '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="&quot;d&quot;">' +
      '<title>A &amp; B</title><link rel="stylesheet" href="/a.css" nonce="n1"><script nonce="n1">1<2</script>' +
      '<meta property="og:title"></head><body><script nonce="n1">/*s*/</script><!--vango--><p>x</p>' +
      '<script type="module" id="vango" src="/_vango/client.js?v=1&amp;x" nonce="n1" data-n="2" data-sum="7"></script>' +
      '<form id="vango-form" method="post" hidden=""><input type="hidden" name="_vango" value="tok"></form></body></html>',
  );
});

Deno.test("renderDocument() has the tree exactly between the marker and the client script", () => {
  const document = parse(renderDocument({ ...full(), body: mount([h("p", null), "t"]) }));
  const html = document.childNodes.find((n) => n.nodeName === "html") as Dom.Element;
  const body = html.childNodes[1] as Dom.Element;
  assertEquals(body.childNodes.map((n) => n.nodeName), [
    "script",
    "#comment",
    "p",
    "#text",
    "script",
    "form",
  ]);
  assertEquals((html.childNodes[0] as Dom.Element).childNodes[0].nodeName, "meta");
});

Deno.test("renderDocument() is short where nothing is asked for", () => {
  assertEquals(
    renderDocument({ body: [], meta: { viewport: "v" } }),
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><meta name="viewport" content="v"></head><body><!--vango--></body></html>',
  );
});

Deno.test("renderDocument() takes data and token that are known only when the tree is written", () => {
  const html = renderDocument({
    ...full(),
    late: () => ({ data: { k: "late", n: "3" }, form: { value: "new" } }),
  });
  assertStringIncludes(html, 'data-n="3" data-sum="7" data-k="late"');
  assertStringIncludes(html, 'value="new"');
});

Deno.test("renderDocumentToStream() gives the bytes of renderDocument()", async () => {
  assertEquals(await new Response(renderDocumentToStream(full())).text(), renderDocument(full()));
});

Deno.test("documentShell() gives the parts of a document", () => {
  const shell = documentShell({ title: "t" });
  assert(shell.head.endsWith("<body><!--vango-->"));
  assertEquals(shell.tail(), "</body></html>");
});
