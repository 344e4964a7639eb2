/** What hook() gives, what it refuses, and what its element is in the page. @module */
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { component, hook, type HookOptions, signal } from "../../mod.ts";
import { customElement, div, ul } from "../../vdom/elements.ts";
import { patchList } from "../../vdom/diff.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { Tree } from "../../vdom/tree.ts";
import { renderToString } from "../../render/mod.ts";
import { PlainHost } from "../support/plain_host.ts";
import { mount } from "../../testing/mod.ts";
import type { VNode } from "../../vdom/node.ts";

/** The HTML of a node that is mounted alone. */
function htmlOf(node: VNode): string {
  new Tree(new PlainHost()).mountList([node], true);
  return renderToString([node]);
}

Deno.test("hook() refuses what is no name, no path of this origin, no map of JSON and no function", () => {
  for (const name of ["", "7", "a b", "../x", "a/b", "é", 7, null]) {
    assertThrows(() => hook(name as string), TypeError, "as its name");
  }
  const refuse = (options: HookOptions, what: string) => {
    const error = assertThrows(() => hook("x", options), TypeError, `Cannot make the hook x with`);
    assertStringIncludes(error.message, what);
    assertEquals((error as TypeError & { code: string }).code, "E037");
  };
  const paths = [
    "x.js",
    "",
    "//host/x.js",
    "/\\host",
    "/\t/host",
    "/a b",
    "https://host/x.js",
    "javascript:1",
  ];
  for (const src of [...paths, "data:text/javascript,1", 7, null]) refuse({ src: src as string }, "as src");
  const loop: Record<string, unknown> = {};
  loop.loop = loop;
  for (const config of [null, [1], "text", 7, { big: 1n }, loop]) {
    refuse({ config: config as object }, "as config");
  }
  for (const onEvent of [null, "f", {}]) refuse({ onEvent: onEvent as () => void }, "as onEvent");
});

Deno.test("hook() gives the attributes of its element, escaped, and the token that makes the client meet it", () => {
  assertEquals(
    htmlOf(ul({ id: "l", ...hook("sortable", { config: { "a\"<'": "</ul>&" } }) })),
    `<ul id="l" data-hook="sortable" data-hook-src="/hooks/sortable.js" ` +
      `data-hook-config="{&quot;a\\&quot;&lt;'&quot;:&quot;&lt;/ul&gt;&amp;&quot;}" data-hid="1 @hook:60h"></ul>`,
  );
  assertEquals(
    htmlOf(customElement("x-map", hook("map", { src: "/a/map.js?v=1", onEvent: () => {} }))),
    `<x-map data-hook="map" data-hook-src="/a/map.js?v=1" data-hid="1 @hook:60h"></x-map>`,
  );
});

Deno.test("hook() is one token, whatever its handler: a new one in each run of a view is no patch", () => {
  const tree = new Tree(new PlainHost());
  const make = (config: object, onEvent?: HookOptions["onEvent"]) => [div(hook("x", { config, onEvent }))];
  let shown = make({ n: 1 }, () => {});
  tree.mountList(shown, true);
  const patches = (fresh: VNode[]): Patch[] => {
    patchList(tree, shown, fresh, -1, 1);
    shown = fresh;
    return tree.takePatches();
  };
  assertEquals(patches(make({ n: 1 }, (_event) => {})), []);
  assertEquals(patches(make({ n: 1 })), []);
  const value = '{"n":2}';
  assertEquals(patches(make({ n: 2 })), [{ op: Op.SetAttr, num: 1, name: "data-hook-config", value }]);
});

Deno.test("a signal in the config is read by the view, and another value is another config", async () => {
  const zoom = signal(1);
  const Map = component(() => () => div({ id: "map", ...hook("map", { config: { zoom } }) }));
  await using page = await mount(Map);
  assertEquals(page.get("#map").attr("data-hook-config"), '{"zoom":1}');
  zoom.value = 2;
  await page.settled();
  assertEquals(page.get("#map").attr("data-hook-config"), '{"zoom":2}');
});
