/** Who may import whom. @module */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Arrow, type Graph, readArrows, readGraph, wrongArrows } from "../../tools/imports.ts";

function arrow(from: string, to: string, types = false): Arrow {
  return { from, to, types };
}

Deno.test("wrongArrows() names the file and the arrow", () => {
  assertEquals(wrongArrows([arrow("client/patches.ts", "core/signal.ts")]), [
    "client/patches.ts -> core/signal.ts: client may import protocol and the types of vdom",
  ]);
});

for (
  const [from, to] of [
    ["core/signal.ts", "vdom/node.ts"],
    ["vdom/node.ts", "core/signal.ts"],
    ["router/tree.ts", "server/app.ts"],
    ["render/html.ts", "core/signal.ts"],
    ["protocol/encode.ts", "runtime/flush.ts"],
    ["runtime/flush.ts", "server/session.ts"],
    ["client/socket.ts", "server/session.ts"],
    ["client/nodes.ts", "router/tree.ts"],
    ["server/app.ts", "client/socket.ts"],
    ["server/app.ts", "features/forms.ts"],
    ["server/app.ts", "testing/mod.ts"],
    ["features/forms.ts", "cli/main.ts"],
    ["middleware/csp.ts", "client/dist.ts"],
    ["cli/main.ts", "server/app.ts"],
    ["ui/button.ts", "core/signal.ts"],
    ["mod.ts", "client/socket.ts"],
    ["jsx_runtime.ts", "core/signal.ts"],
    ["novel/file.ts", "core/signal.ts"],
    ["core/signal.ts", "tests/support/skip.ts"],
  ]
) {
  Deno.test(`wrongArrows() refuses ${from} -> ${to}`, () => {
    assertEquals(wrongArrows([arrow(from, to)]).length, 1);
  });
}

for (
  const [from, to] of [
    ["core/signal.ts", "npm:left-pad"],
    ["core/signal.ts", "node:fs"],
    ["vdom/node.ts", "@preact/signals-core"],
    ["protocol/varint.ts", "@std/encoding"],
    ["client/socket.ts", "@preact/signals-core"],
    ["server/app.ts", "@preact/signals-core"],
    ["server/app.ts", "playwright-core"],
    ["features/forms.ts", "https://example.com/x.ts"],
  ]
) {
  Deno.test(`wrongArrows() refuses the package of ${from} -> ${to}`, () => {
    assertStringIncludes(wrongArrows([arrow(from, to)])[0], "packages");
  });
}

Deno.test("wrongArrows() refuses a private file of another folder", () => {
  assertEquals(wrongArrows([arrow("server/app.ts", "core/_queue.ts")]), [
    "server/app.ts -> core/_queue.ts: _queue.ts is private to its folder",
  ]);
  assertEquals(wrongArrows([arrow("core/signal.ts", "core/_queue.ts")]), []);
  assertEquals(wrongArrows([arrow("client/hooks/focus.ts", "client/_dom.ts")]), []);
});

Deno.test("wrongArrows() lets client import types of vdom, but no values", () => {
  assertEquals(wrongArrows([arrow("client/patches.ts", "vdom/patch.ts", true)]), []);
  assertEquals(wrongArrows([arrow("client/patches.ts", "vdom/patch.ts", false)]).length, 1);
  assertEquals(wrongArrows([arrow("client/patches.ts", "core/signal.ts", true)]).length, 1);
});

Deno.test("wrongArrows() passes every arrow of the table", () => {
  assertEquals(
    wrongArrows([
      arrow("core/signal.ts", "@preact/signals-core"),
      arrow("render/html.ts", "vdom/node.ts"),
      arrow("protocol/encode.ts", "vdom/patch.ts"),
      arrow("runtime/flush.ts", "core/signal.ts"),
      arrow("runtime/flush.ts", "vdom/diff.ts"),
      arrow("client/socket.ts", "protocol/decode.ts"),
      arrow("server/session.ts", "runtime/flush.ts"),
      arrow("server/assets.ts", "client/dist.ts"),
      arrow("server/app.ts", "router/tree.ts"),
      arrow("server/app.ts", "@opentelemetry/api"),
      arrow("features/forms.ts", "server/app.ts"),
      arrow("testing/mount.ts", "client/patches.ts"),
      arrow("mod.ts", "server/app.ts"),
      arrow("jsx_runtime.ts", "vdom/node.ts"),
      arrow("cli.ts", "cli/mod.ts"),
      arrow("cli/main.ts", "@std/fs"),
      arrow("cli/main.ts", "mod.ts"),
      arrow("ui/button.ts", "vdom/elements.ts"),
      arrow("tests/core/signal_test.ts", "core/_queue.ts"),
      arrow("tools/ok.ts", "node:zlib"),
    ]),
    [],
  );
});

Deno.test("readArrows() reads modules, packages and types from a graph", () => {
  const graph: Graph = {
    modules: [
      {
        specifier: "file:///repo/client/socket.ts",
        dependencies: [
          { specifier: "../protocol/mod.ts", code: { specifier: "file:///repo/protocol/mod.ts" } },
          { specifier: "../vdom/patch.ts", type: { specifier: "file:///repo/vdom/patch.ts" } },
          { specifier: "@preact/signals-core", code: { specifier: "npm:@preact/signals-core@1.14.5" } },
          { specifier: "jsr:@std/http@^1/cookie", code: { specifier: "file:///repo/std/http/cookie.ts" } },
          { specifier: "esbuild", code: { specifier: "npm:esbuild@0.28.2" } },
          { specifier: "@vango/core", code: { specifier: "file:///repo/mod.ts" } },
        ],
      },
      { specifier: "npm:@preact/signals-core@1.14.5" },
      { specifier: "file:///elsewhere/x.ts", dependencies: [{ specifier: "node:fs" }] },
    ],
  };
  assertEquals(readArrows(graph, "file:///repo/"), [
    arrow("client/socket.ts", "protocol/mod.ts"),
    arrow("client/socket.ts", "vdom/patch.ts", true),
    arrow("client/socket.ts", "@preact/signals-core"),
    arrow("client/socket.ts", "@std/http"),
    arrow("client/socket.ts", "esbuild"),
    arrow("client/socket.ts", "mod.ts"),
  ]);
});

Deno.test("readGraph() reads the real graph of a file", async () => {
  const root = new URL("../../", import.meta.url).href;
  const arrows = readArrows(await readGraph(["cli/mod.ts"]), root);
  assertEquals(arrows.filter(({ from, types }) => from === "cli/mod.ts" && !types), [
    arrow("cli/mod.ts", "cli/main.ts"),
  ]);
  assertEquals(arrows.some(({ from, to }) => from === "cli/main.ts" && to === "errors/mod.ts"), true);
  assertEquals(arrows.some(({ to, types }) => to === "cli/io.ts" && types), true);
});
