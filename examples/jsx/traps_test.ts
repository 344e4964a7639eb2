/**
 * The transform itself, from source: each of its traps gives what element functions give.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component } from "../../mod.ts";
import { renderToString, treeSum } from "../../render/mod.ts";
import { Runtime } from "../../runtime/runtime.ts";
import type { Child } from "../../vdom/node.ts";
import { treeNumbers } from "../../tests/support/model_dom.ts";
import { tidy } from "../../tests/support/tidy.ts";
import { TRAPS } from "./traps.tsx";

async function seen(view: () => Child) {
  const errors: unknown[] = [];
  const runtime = new Runtime({ requestFlush() {}, onError: (error) => void errors.push(error), dev: true });
  runtime.mount(component(() => view)());
  await runtime.settle(0);
  const { root, tree } = runtime;
  const html = tidy(renderToString(root));
  const found = {
    html,
    numbers: treeNumbers(root),
    sum: treeSum(root),
    events: [...tree.interactive.keys()],
    errors,
  };
  runtime.dispose();
  return found;
}

for (const [name, [jsx, functions]] of Object.entries(TRAPS)) {
  Deno.test(`the precompile transform: ${name}`, async () => {
    assertEquals(await seen(jsx), await seen(functions));
  });
}
