/**
 * The example of docs/protocol.md, "Templates", byte by byte.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { encodePatches } from "../../protocol/mod.ts";
import { renderToString } from "../../render/mod.ts";
import { patchList } from "../../vdom/diff.ts";
import { createNode, listOf, type VNode } from "../../vdom/node.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import { Tree } from "../../vdom/tree.ts";
import { PlainHost } from "../support/plain_host.ts";

const STRINGS = ["<li ", "><b ", ">No. ", "</b>", "</li>"];

const list = (...children: VNode[]) => listOf(createNode("ul", null, children));

Deno.test("a template and its instance have the bytes and the numbers of docs/protocol.md", () => {
  const doc = Deno.readTextFileSync(new URL("../../docs/protocol.md", import.meta.url));
  const [, section] = doc.split("### Templates\n");
  const [, block, after] = section.split("```\n");
  const documented = block.split("\n").map((line) =>
    /^ *((?:[\da-f]{2} )*[\da-f]{2})(?= |$)/.exec(line)?.[1] ?? ""
  );
  const tree = new Tree(new PlainHost());
  const items = list();
  tree.mountList(items, true);
  const next = list(
    jsxTemplate(
      STRINGS,
      jsxAttr("class", "on"),
      jsxAttr("onclick", () => {}),
      jsxEscape(1),
      jsxEscape(createNode("i", null, ["!"])),
    ),
  );
  patchList(tree, items, next, -1, 1);
  const bytes = encodePatches({ seq: 2, received: null, settled: null, patches: tree.takePatches() });
  assertEquals(
    [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
    documented.join(" ").trim(),
  );
  assertEquals(after.includes(`\`${renderToString(next[0].children!)}\``), true);
  assertEquals(tree.next, 7);
});
