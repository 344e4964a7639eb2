/**
 * Serialisation in every context of HTML, and what is refused.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { signal } from "@preact/signals-core";
import { textNode } from "../../vdom/node.ts";
import { RenderError, renderToString } from "../../render/mod.ts";
import { h, mount, raw, readBack, shown } from "./_trees.ts";

const html = (view: unknown): string => renderToString(mount(view));
const refuse = (view: unknown, code: string, words: string): void => {
  const error = assertThrows(() => html(view), RenderError, words);
  assertEquals(error.code, code);
};

Deno.test("renderToString() refuses tags that would be markup", () => {
  for (const tag of ["", "a b", "a onclick=x", "1a", "a>", "a/", "a\0", "a\n", "!--", 'a"', "a<b"]) {
    refuse(h(tag, null), "tag", "Cannot render an element with the tag");
  }
  refuse(h("plaintext", null), "tag", "plaintext");
});

Deno.test("renderToString() refuses attribute names that would be markup", () => {
  for (const name of ["a b", "a=", "a>", 'a"', "a'", "a/", "", "a\n"]) {
    assertThrows(() => html(h("p", { [name]: "x" })), TypeError, "Cannot set an attribute named");
  }
});

Deno.test("renderToString() refuses event attributes as text, each time", () => {
  for (const name of ["onclick", "onClick", "ONCLICK", "onmouseover"]) {
    for (let i = 0; i < 2; i++) {
      assertThrows(() => html(h("p", { [name]: "alert(1)" })), TypeError, "as text");
    }
  }
});

Deno.test("renderToString() refuses the framework's own attributes", () => {
  refuse(h("p", { "data-hid": "1 click:1" }), "reserved", "data-hid");
  refuse(h("x-y", { "DATA-OWN": "" }), "reserved", "DATA-OWN");
});

Deno.test("renderToString() drops URLs with a script scheme, however written", () => {
  for (
    const url of [
      "javascript:alert(1)",
      " JaVaScRiPt:alert(1)",
      "java\tscript:x",
      "\x01javascript:x",
      "vbscript:x",
    ]
  ) {
    assertEquals(html(h("a", { href: url }, "x")), "<a>x</a>");
    assertEquals(html(h("form", { action: url })), "<form></form>");
  }
  assertEquals(html(h("a", { HREF: "javascript:alert(1)" }, "x")), "<a>x</a>");
  assertEquals(html(h("svg", null, h("a", { "XLINK:href": "javascript:alert(1)" }))), "<svg><a></a></svg>");
  assertEquals(html(h("iframe", { src: "data:text/html,x" })), "<iframe></iframe>");
  assertEquals(html(h("img", { src: "data:image/png,x" })), '<img src="data:image/png,x">');
});

Deno.test("renderToString() refuses children of void elements, naming the element", () => {
  assertThrows(() => html(h("br", null, "x")), TypeError, "<br>");
  assertThrows(() => html(h("input", null, h("b", null))), TypeError, "<input>");
});

Deno.test("renderToString() refuses what would end or confuse raw text", () => {
  refuse(h("script", null, "x='</script>'"), "raw-text", "<script>");
  refuse(h("script", null, "</SCRIPT"), "raw-text", "<script>");
  refuse(h("script", null, "<!--<script>"), "raw-text", "jsonForScript");
  refuse(h("style", null, "</Style x"), "raw-text", "<style>");
  refuse(h("iframe", null, "</iframe>"), "raw-text", "<iframe>");
  refuse(h("xmp", null, "</xmp>"), "raw-text", "<xmp>");
  refuse(h("noembed", null, "</noembed>"), "raw-text", "<noembed>");
});

Deno.test("renderToString() refuses nodes in elements that hold text alone", () => {
  for (const tag of ["title", "textarea", "option", "script", "style"]) {
    assertThrows(() => renderToString([h(tag, null, h("b", null))]), TypeError, `<${tag}>`);
  }
  assertThrows(() => html(h("iframe", null, h("b", null))), TypeError, "<iframe>");
});

Deno.test("renderToString() escapes text", () => {
  assertEquals(html(h("p", null, "<a href='x'>&\"\u00a0")), "<p>&lt;a href='x'&gt;&amp;\"&nbsp;</p>");
  assertEquals(
    html(h("p", null, "a long text that ends in markup </p><script>")).includes("<script>"),
    false,
  );
});

Deno.test("renderToString() escapes attribute values", () => {
  assertEquals(
    html(h("p", { title: `"'<>&\u00a0\n` })),
    `<p title="&quot;'&lt;&gt;&amp;&nbsp;\n"></p>`,
  );
  assertEquals(
    html(h("p", { title: 'a value that is longer "><script>' })),
    '<p title="a value that is longer &quot;&gt;&lt;script&gt;"></p>',
  );
});

Deno.test("renderToString() writes scripts and styles as they are", () => {
  assertEquals(html(h("script", null, "a < b && c > d")), "<script>a < b && c > d</script>");
  assertEquals(html(h("style", null, "a > b { content: '&' }")), "<style>a > b { content: '&' }</style>");
});

Deno.test("renderToString() escapes scripts and styles of SVG, which are no raw text there", () => {
  assertEquals(html(h("svg", null, h("style", null, "a > b"))), "<svg><style>a &gt; b</style></svg>");
  assertEquals(
    html(h("svg", null, h("script", null, "</script>"))),
    "<svg><script>&lt;/script&gt;</script></svg>",
  );
  const inHtml = h("svg", null, h("foreignObject", null, h("style", null, "a > b")));
  assertEquals(html(inHtml), "<svg><foreignObject><style>a > b</style></foreignObject></svg>");
});

Deno.test("renderToString() has no void elements in foreign content", () => {
  assertEquals(
    html(h("svg", null, h("path", { d: "M0" }), h("input", null))),
    '<svg><path d="M0"></path><input></input></svg>',
  );
  assertEquals(html(h("math", null, h("mi", null, h("br", null)))), "<math><mi><br></mi></math>");
});

Deno.test("renderToString() keeps a leading newline of pre, textarea and listing", () => {
  for (const tag of ["pre", "textarea", "listing"]) {
    assertEquals(html(h(tag, null, "\nx")), `<${tag}>\n\nx</${tag}>`);
    assertEquals(html(h(tag, null, "x\n")), `<${tag}>x\n</${tag}>`);
  }
  assertEquals(html(h("pre", null, ["\nx"], "y")), "<pre><!---->\nx<!---->y</pre>");
  assertEquals(html(h("svg", null, h("textarea", null, "\nx"))), "<svg><textarea>\nx</textarea></svg>");
  assertEquals(html(h("template", null, h("pre", null, ["\nx"]))), "<template><pre>\n\nx</pre></template>");
});

Deno.test("renderToString() makes CR and NUL what a parser makes of them", () => {
  assertEquals(html(h("p", { title: "a\r\nb\0" }, "c\rd\0")), '<p title="a\nb\ufffd">c\nd\ufffd</p>');
});

Deno.test("renderToString() keeps lone surrogates, one unit each", () => {
  assertEquals(html(h("p", null, "a\ud800b")).length, "<p>a?b</p>".length);
});

Deno.test("renderToString() writes boolean attributes as empty or not at all", () => {
  assertEquals(html(h("input", { disabled: true, checked: false })), '<input disabled="">');
  assertEquals(html(h("p", { "aria-hidden": false, hidden: null })), '<p aria-hidden="false"></p>');
});

Deno.test("renderToString() reads signals in text and attributes", () => {
  const s = signal("a<");
  assertEquals(
    html(h("p", { title: s, class: ["x", { y: s }] }, s)),
    '<p title="a&lt;" class="x y">a&lt;</p>',
  );
});

Deno.test("renderToString() writes empty runs and separators as empty comments", () => {
  assertEquals(html(h("p", null, null)), "<p><!----></p>");
  assertEquals(html(h("p", null, "a", ["b"], "c")), "<p>a<!---->b<!---->c</p>");
  assertEquals(html(h("p", null, shown("b"), null)), "<p><!---->b<!----><!----></p>");
  assertEquals(html(h("p", null)), "<p></p>");
});

Deno.test("renderToString() writes data-hid last, on elements that take events alone", () => {
  const view = h("p", null, h("b", { onClick: () => {}, id: "x" }), h("i", { onClick: null }));
  assertEquals(html(view), '<p><b id="x" data-hid="2 click:1"></b><i></i></p>');
  const key = { handler: () => {}, options: { keys: ['"'] } };
  assertEquals(html(h("b", { onKeydown: key })), '<b data-hid="1 keydown:20,k&quot;"></b>');
});

Deno.test("renderToString() says of each control by itself what its handlers are told", () => {
  const onInput = () => {};
  const both = [h("input", { onInput }), h("input", { value: "x", onInput })];
  const wanted = ['<input data-hid="N input:10">', '<input value="x" data-hid="N input:10v">'];
  for (const order of [[0, 1], [1, 0, 1]]) {
    const page = html(order.map((i) => h("p", null, both[i])));
    assertEquals(
      page.replace(/data-hid="\d+/g, 'data-hid="N').match(/<input[^>]*>/g),
      order.map((i) => wanted[i]),
    );
  }
  const asks = (_: unknown) => {};
  assertEquals(html(h("b", { onClick: asks, onFocus: asks })), '<b data-hid="1 click:1m focus:13"></b>');
});

Deno.test("renderToString() leaves out data-hid where nothing is numbered", () => {
  assertEquals(renderToString([h("b", { onClick: () => {} })]), "<b></b>");
});

Deno.test("renderToString() marks custom elements that own their content", () => {
  assertEquals(html([h("x-a", null, "y"), h("x-b", null)]), '<x-a data-own="">y</x-a><x-b></x-b>');
});

Deno.test("renderToString() writes raw HTML between comments", () => {
  assertEquals(html([raw("<i>x"), "y"]), "<!--r--><i>x<!--/r--><!---->y");
});

Deno.test("renderToString() writes the value of a textarea as its content", () => {
  assertEquals(html(h("textarea", { value: "\n</textarea>" })), "<textarea>\n\n&lt;/textarea&gt;</textarea>");
});

Deno.test("renderToString() selects the first option that has the value of a select", () => {
  const options = ["a", "b", "b"].map((v) => h("option", { value: v }));
  assertEquals(
    html(h("select", { value: "b" }, ...options)),
    '<select><option value="a"></option><option value="b" selected=""></option><option value="b"></option></select>',
  );
});

Deno.test("renderToString() selects by text with white space collapsed, in groups and lists too", () => {
  const view = h(
    "select",
    { value: signal("a b") },
    h("optgroup", null, [h("option", null, " a\n b ")]),
    h("option", { selected: true }, "c"),
  );
  assertEquals(html(view).match(/<option[^>]*>/g), ['<option selected="">', "<option>"]);
});

Deno.test("renderToString() selects all options that match with multiple", () => {
  const view = h(
    "select",
    { multiple: true, value: ["a", "b"] },
    ...["a", "b", "c"].map((v) => h("option", null, v)),
  );
  assertEquals(html(view).match(/<option[^>]*>/g), [
    '<option selected="">',
    '<option selected="">',
    "<option>",
  ]);
});

Deno.test("renderToString() leaves options alone without a value, and after the select", () => {
  assert(html(h("select", null, h("option", { selected: true }, "a"))).includes('selected=""'));
  const view = [
    h("select", { value: "a" }, h("option", null, "a")),
    h("datalist", null, h("option", { selected: true }, "a")),
  ];
  assertEquals(html(view).match(/selected/g)?.length, 2);
});

Deno.test("renderToString() puts the nonce on scripts and style sheets that have none", () => {
  const view = [
    h("script", null),
    h("script", { nonce: "own" }),
    h("link", { rel: "icon" }),
    h("style", null),
  ];
  assertEquals(
    renderToString(mount(view), { nonce: 'n"' }),
    '<script nonce="n&quot;"></script><script nonce="own"></script><link rel="icon"><style nonce="n&quot;"></style>',
  );
});

Deno.test("renderToString() lets no text become an element, whatever the context", () => {
  const attacks = [
    "<img src=x onerror=alert(1)>",
    "</title><svg/onload=x>",
    "--><b>",
    "]]><b>",
    '"><b>',
    "&lt;b&gt;",
  ];
  for (const attack of attacks) {
    for (const tag of ["p", "title", "textarea", "option", "svg", "math", "template", "noscript"]) {
      const read = JSON.stringify(readBack(renderPage(h(tag, { title: attack }, attack)), false));
      assertEquals(read.match(/"tag":"[^"]+"/g), [`"tag":"${tag}"`], `${attack} in ${tag}`);
    }
  }
  assertEquals(renderToString([textNode("<b>")]), "&lt;b&gt;");
});

function renderPage(view: unknown): string {
  return `<!DOCTYPE html><body><!--vango-->${html(view)}<script id="vango"></script>`;
}

Deno.test("an array of a class of its own is a list like any other", () => {
  class Rows extends Array<unknown> {
    constructor(rows: readonly unknown[]) {
      super();
      for (const row of rows) this.push(row);
    }
  }
  const rows = new Rows([h("a", null), h("b", null), "c"]);
  assertEquals(renderToString(mount(h("p", null, rows))), "<p><a></a><b></b>c</p>");
});
