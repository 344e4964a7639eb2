/**
 * Rendering in pieces: bytes, back-pressure, cancellation.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { CHUNK_SIZE, RenderError, renderToStream, renderToString } from "../../render/mod.ts";
import { HtmlCursor } from "../../render/stream.ts";
import { h, mount, shown } from "./_trees.ts";

const rows = (n: number, cell: (i: number) => unknown = (i) => i) =>
  Array.from(
    { length: n },
    (_, i) => h("tr", { key: i, onClick: () => {} }, h("td", null, cell(i)), h("td", null, "b & c")),
  );

async function chunksOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

Deno.test("renderToStream() fails with the renderer's error, at the node", async () => {
  const items = mount([h("p", null, "x".repeat(CHUNK_SIZE)), h("script", null, "</script>")]);
  const reader = renderToStream(items).getReader();
  assertEquals((await reader.read()).done, false);
  await assertRejects(() => reader.read().then(() => reader.read()), RenderError, "<script>");
});

Deno.test("renderToStream() gives the bytes of renderToString() in chunks of at most 16 Ki units", async () => {
  const items = mount(h("table", null, h("tbody", null, rows(2000))));
  const chunks = await chunksOf(renderToStream(items));
  assert(chunks.length > 5);
  for (const chunk of chunks.slice(0, -1)) assertEquals(chunk.length, CHUNK_SIZE);
  assertEquals(await new Response(renderToStream(items)).text(), renderToString(items));
});

Deno.test("renderToStream() cuts long text, but no surrogate pair", async () => {
  for (const lead of ["", "a"]) {
    const items = mount(lead + "\u{1f600}".repeat(CHUNK_SIZE));
    assertEquals(await new Response(renderToStream(items)).text(), renderToString(items));
  }
});

Deno.test("renderToStream() writes lone surrogates as U+FFFD", async () => {
  assertEquals(await new Response(renderToStream(mount("a\ud800"))).text(), "<!---->a\ufffd");
});

Deno.test("renderToStream() ends at once for a list without items", async () => {
  assertEquals(await chunksOf(renderToStream([])), []);
});

Deno.test("renderToStream() renders nothing before it is asked, and no more than one chunk ahead", async () => {
  let read = 0;
  const spy = {
    get title() {
      return `n${read++}`;
    },
  };
  const items = mount(Array.from({ length: 5000 }, () => h("p", null, "0123456789")));
  for (const item of items[0].children!) item.props = spy;
  const reader = renderToStream(items).getReader();
  await new Promise((done) => setTimeout(done, 0));
  assertEquals(read, 0);
  await reader.read();
  const once = read;
  assert(once < 1000);
  await new Promise((done) => setTimeout(done, 0));
  assertEquals(read, once);
  await reader.cancel();
  assertEquals(read, once);
});

Deno.test("renderToStream() puts a frame around the tree, the end made when the tree is written", async () => {
  const order: string[] = [];
  const items = mount([h("p", null)]);
  items[0].props = {
    get id() {
      order.push("tree");
      return "x";
    },
  };
  const stream = renderToStream(items, {}, { before: "<", after: () => (order.push("after"), ">") });
  assertEquals(await new Response(stream).text(), '<<p id="x"></p>>');
  assertEquals(order, ["tree", "after"]);
});

Deno.test("HtmlCursor.read() stops after any node and goes on from there", () => {
  const items = mount(
    h(
      "form",
      { onSubmit: () => {} },
      shown("a", h("select", { value: "y" }, [h("option", null, "x"), h("option", null, "y")])),
      h("svg", null, h("title", null, "t")),
      h("br", null),
      h("button", { onClick: () => {} }, "b"),
    ),
  );
  const options = { post: { value: (path: string) => `T${path}` } };
  const whole = renderToString(items, options);
  for (const size of [1, 7, 50, 10_000]) {
    const cursor = new HtmlCursor(items, options);
    let out = "";
    while (!cursor.done) out += cursor.read(size);
    assertEquals(out, whole);
  }
});
