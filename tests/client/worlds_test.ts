/**
 * One page on both ends, through any edits: what the browser shows is what a fresh rendering would be, and both count alike.
 *
 * Server and client are the real ones, on happy-dom; tests/browser/worlds_test.ts has the same in a browser.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { walk } from "../../client/nodes.ts";
import { check } from "./_page.ts";
import { assertAgree, treeOf } from "../support/agree.ts";
import { essence, firstOf, type Shape, shapesOfDom } from "../support/dom_shape.ts";
import { fill } from "../support/fill.ts";
import { numbersOfTree } from "../support/live_tree.ts";
import { type OpenPage, openPage } from "../support/loopback.ts";
import { isNight, scale } from "../support/night.ts";
import { Random } from "../support/random.ts";
import { World } from "../support/worlds.ts";

const seed = isNight() ? Date.now() & 0x7fffffff : 20261121;

Deno.test("after any edits the browser shows a fresh rendering, and both ends count alike", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(fc.nat(), { maxLength: 30 }), async (start, edits) => {
      const world = new World(start);
      await using page = await openPage(world.page(), { parse: fill, dev: false });
      assertAgree(page, () => world.page());
      for (const edit of edits) {
        world.edit(edit);
        await page.quiet();
        assertAgree(page, () => world.page());
      }
      assertEquals([page.metrics.resyncs, page.metrics.handlerErrors], [0, 0]);
    }),
    { numRuns: scale(40, 2000), seed },
  );
});

/** What may happen to a page between two looks at it. */
const HAPPENINGS = "edit edit edit type type settle lag renumber resync refetch cut".split(" ");

/** Lets one thing happen. */
export async function happen(page: OpenPage, world: World, happening: number): Promise<void> {
  const { session, document } = page;
  const random = new Random(happening);
  switch (random.pick(HAPPENINGS)) {
    case "edit":
      return world.edit(happening);
    case "type": {
      const controls = [...document.querySelectorAll<HTMLInputElement>("input,textarea,select")];
      if (controls.length === 0) return;
      const control = random.pick(controls);
      const type = control.type === "checkbox" ? "change" : "input";
      if (type === "change") control.checked = !control.checked;
      else {control.value = control.localName === "select"
          ? String(random.below(3))
          : random.pick(["", "x", "typed"]);}
      control.dispatchEvent(new document.defaultView!.Event(type, { bubbles: true }));
      return;
    }
    case "settle":
      return world.waiting.splice(random.below(world.waiting.length), 1)[0]?.();
    case "lag":
      page.endTurn();
      return page.deliverUp();
    case "renumber":
      await page.quiet();
      page.cut();
      return await page.resume(true);
    case "resync":
      return session.receive({ kind: "control", control: { type: 0x10, lastSeq: 0, reason: 1 } });
    case "refetch": {
      const elements = numbersOfTree(session.runtime.root).filter(([, name]) => /^[a-z]+$/.test(name));
      if (elements.length === 0) return;
      return session.receive({ kind: "control", control: { type: 0x14, num: random.pick(elements)[0] } });
    }
    case "cut":
      page.cut();
      world.edit(happening + 1);
      return await page.resume();
  }
}

Deno.test("edits, input, lag, renumbering, resync, refetch and lost connections in any order end in agreement", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.array(fc.nat(), { maxLength: 40 }), async (start, happenings) => {
      const world = new World(start);
      await using page = await openPage(world.page(), { parse: fill, dev: false });
      for (const happening of happenings) {
        await happen(page, world, happening);
        if (happening % 3 > 0) continue;
        await page.quiet();
        if (world.waiting.length === 0) assertAgree(page, () => world.page());
      }
      await page.quiet();
      for (const settle of world.waiting.splice(0)) settle();
      await page.quiet();
      assertAgree(page, () => world.page());
      assertEquals([page.complaints, page.metrics.handlerErrors], [0, 0]);
    }),
    { numRuns: scale(60, 3000), seed, examples: [[1200269863, [2066144802]]] },
  );
});

/** What extensions do to a page between the parser and the client. */
export function tamper(document: Document, seed: number): void {
  const random = new Random(seed);
  const end = document.getElementById("vango")!;
  const nodes: Node[] = [];
  walk(firstOf(end), end, (node, kind) => kind < 5 && nodes.push(node));
  if (nodes.length === 0) return;
  for (let n = 1 + random.below(2); n > 0; n--) {
    const node = random.pick(nodes);
    if (node.parentNode === null) continue;
    const elements = nodes.filter((node): node is Element => node.nodeType === 1);
    switch (random.below(7)) {
      case 0:
        node.parentNode.insertBefore(document.createElement(random.pick(["x-ext", "div", "b"])), node);
        break;
      case 1:
        node.parentNode.removeChild(node);
        break;
      case 2:
        if (node.nodeType === 3 && node.nodeValue!.length > 1) (node as Text).splitText(1);
        break;
      case 3:
        if (elements.length > 0) random.pick(elements).setAttribute("data-gramm", "false");
        break;
      case 4:
        if (node.nodeType === 3) {
          const mark = document.createElement("font");
          node.parentNode.replaceChild(mark, node);
          mark.appendChild(node);
        }
        break;
      case 5:
        node.parentNode.insertBefore(node, node.parentNode === end.parentNode ? end : null);
        break;
      default:
        node.parentNode.insertBefore(document.createTextNode("ad"), node);
    }
  }
}

/** Whether the client's sum cannot tell a page from what it was: another order of the same tags, another text. */
function isHidden(document: Document, was: Shape[]): boolean {
  const body = document.body.cloneNode(true) as HTMLElement;
  body.normalize();
  const end = body.querySelector<HTMLElement>("#vango")!;
  const { count, sum } = check(firstOf(end), end);
  const is = essence(shapesOfDom(firstOf(end), end));
  return count === +end.dataset.n! && sum === +end.dataset.sum! && JSON.stringify(was) !== JSON.stringify(is);
}

Deno.test("a page that was changed before the client starts is mended or counted right, and lives on", async () => {
  const seen = { counted: 0, refetches: 0, resyncs: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.nat(),
      fc.array(fc.nat(), { maxLength: 5 }),
      async (start, change, edits) => {
        const world = new World(start);
        world.framed = start % 2 === 0;
        let hidden = false;
        const before = (document: Document) => {
          const was = treeOf(document);
          tamper(document, change);
          hidden = isHidden(document, was);
        };
        const options = { parse: fill, dev: false, before };
        await using page = await openPage(world.page(), options);
        if (hidden) return;
        await page.quiet();
        if (page.metrics.resyncs > 0) seen.resyncs++;
        else if (page.up.some((frame) => frame[0] === 3 && frame[1] === 0x14)) seen.refetches++;
        else seen.counted++;
        for (const edit of [0, ...edits]) {
          if (edit > 0) world.edit(edit);
          await page.quiet();
          assertAgree(page, () => world.page());
        }
      },
    ),
    { numRuns: scale(150, 5000), seed },
  );
  // The random changes reach every way out.
  assertEquals(Object.values(seen).map((count) => count > 2), [true, true, true], JSON.stringify(seen));
});
