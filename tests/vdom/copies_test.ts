/** Nodes that another copy of the package made, as a library with a version of its own has it. @module */
import { assert, assertEquals } from "@std/assert";
import { renderToString } from "../../render/mod.ts";
import { copyInserted } from "../../vdom/inserted.ts";
import { fragment, type VNode } from "../../vdom/node.ts";
import { Op, type Patch } from "../../vdom/patch.ts";
import { slotsOf } from "../../vdom/template_slots.ts";
import { Tree } from "../../vdom/tree.ts";
import { mount } from "../render/_trees.ts";
import { PlainHost } from "../support/plain_host.ts";

const SOURCES = new URL("../../vdom/", import.meta.url);

/** Another copy of what makes nodes. */
async function anotherCopy(): Promise<
  typeof import("../../vdom/jsx.ts") & typeof import("../../vdom/node.ts")
> {
  const folder = await Deno.makeTempDir();
  try {
    for await (const { name } of Deno.readDir(SOURCES)) {
      if (name.endsWith(".ts")) await Deno.copyFile(new URL(name, SOURCES), `${folder}/${name}`);
    }
    return { ...await import(`file://${folder}/jsx.ts`), ...await import(`file://${folder}/node.ts`) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("an instance of another copy of the package is copied with all values of its slots", async () => {
  const { jsxAttr, jsxTemplate } = await anotherCopy();
  const strings = ["<i ", ">", "</i>"];
  const make = () => jsxTemplate(strings, jsxAttr("class", "warm"), "text") as VNode;
  const html = '<i class="warm">text</i>';
  const twice = make();
  assertEquals(slotsOf(twice), ["warm", "text"]);
  assertEquals(renderToString(mount(fragment([twice, twice], null))), html + html);
  const patches: Patch[] = [{ op: Op.Append, num: 1, nodes: mount(make()) }];
  copyInserted(patches, 0);
  assertEquals(renderToString((patches[0] as { nodes: VNode[] }).nodes), html);
});

Deno.test("elements of another copy of the package take events", async () => {
  const { createNode } = await anotherCopy();
  const tree = new Tree(new PlainHost());
  const buttons = ["a", "b", "c"].map((text) => createNode("button", { onClick() {} }, [text]));
  tree.mountList(buttons.slice(0, 1), false);
  assert(tree.interactive.get(buttons[0].num) === buttons[0]);
  tree.mountList(buttons.slice(1), false);
  assertEquals(tree.interactive.keys(), buttons.map(({ num }) => num));
  tree.unmountList(buttons);
  assertEquals(tree.interactive.size, 0);
});
