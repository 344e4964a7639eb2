/**
 * The real client, from the page to the last edit: what a browser shows of a program is the same however the program is written,
 * node by node and number by number, and templates are copied where the other ways send nodes.
 *
 * @module
 */
// The second script, which pages load on first need, is there at once.
import "../../client/rare.ts";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { signal } from "../../core/mod.ts";
import type { Live } from "../../client/state.ts";
import { component } from "../../runtime/component.ts";
import { decodeDown } from "../../protocol/mod.ts";
import { Op } from "../../vdom/patch.ts";
import { makeSignals, Programs, Random, Values } from "../support/jsx_programs.ts";
import { functions, precompiled, reactJsx, type Way } from "../support/jsx_ways.ts";
import { type OpenPage, openPage } from "../support/loopback.ts";
import { scale } from "../support/night.ts";

/** The live tree of a document: of each node its number and what it is. */
function shown({ document }: OpenPage): string[] {
  const lines: string[] = [];
  const walk = (node: Node | null, indent: string): void => {
    for (; node !== null && (node as Element).id !== "vango"; node = node.nextSibling) {
      const number = `${indent}${(node as Live).vango ?? "-"}`;
      if (node.nodeType !== 1) {
        lines.push(
          `${number} ${node.nodeType === 3 ? JSON.stringify(node.nodeValue) : `<!${node.nodeValue}>`}`,
        );
        continue;
      }
      const element = node as Element;
      const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort();
      lines.push(`${number} ${element.namespaceURI} ${element.localName} ${attributes.join(" ")}`);
      walk(element.firstChild, `${indent} `);
    }
  };
  let first: Node | null = document.body.firstChild;
  while (first !== null && first.nodeValue !== "vango") first = first.nextSibling;
  walk(first!.nextSibling, "");
  return lines;
}

/** Makes what is due and delivers it, until nothing more comes: the second script loads on first need. */
async function settle(page: OpenPage): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    page.endTurn();
    page.deliverUp();
    page.deliverDown();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

async function play(seed: number, way: Way, edits: number): Promise<string[][]> {
  const signals = makeSignals();
  const program = new Programs(new Random(seed), true).root();
  const at = signal(0);
  const page = component(() => () => way.element(program, new Values(seed * 256 + at.value, signals), ""));
  await using open = await openPage(page());
  await settle(open);
  const seen = [shown(open)];
  const random = new Random(seed ^ 0x5eed);
  for (let i = 1; i <= edits; i++) {
    if (random.chance(30)) signals[random.int(3)].value = random.pick(["s0", "s1", "long <s>"]);
    else at.value = i;
    if (random.chance(15)) {
      await settle(open);
      open.session.resync();
    }
    await settle(open);
    seen.push(shown(open));
  }
  assert(
    !open.up.some((frame) => (frame[0] & 15) === 3 && frame[1] === 0x10),
    "the client asked for a resync",
  );
  for (const bytes of open.down) {
    const frame = decodeDown(bytes);
    if (frame.kind === "patches") {
      definitions += frame.frame.patches.filter(({ op }) => op === Op.TemplateDef).length;
    }
  }
  return seen;
}

/** How many templates were told. */
let definitions = 0;

Deno.test("a browser shows the same nodes with the same numbers, whichever way a program is written", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 0x3fffff }), async (seed) => {
      const expected = await play(seed, functions, 4);
      for (const way of [reactJsx, precompiled(true), precompiled(false)]) {
        const seen = await play(seed, way, 4);
        for (let i = 0; i < expected.length; i++) assertEquals(seen[i], expected[i], `after edit ${i}`);
      }
    }),
    { numRuns: scale(8, 300), endOnFailure: true },
  );
  assert(definitions > 0, "no program sent a template");
});
