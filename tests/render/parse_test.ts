/**
 * What a parser reads back must be the tree: parse5 against random trees.
 *
 * @module
 */
import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import fc from "fast-check";
import { checkNesting } from "../../vdom/nesting.ts";
import { attributesOf } from "../../vdom/attrs.ts";
import { Kind, type VNode } from "../../vdom/node.ts";
import { renderDocumentToStream, renderToString } from "../../render/mod.ts";
import { isNight, scale } from "../support/night.ts";
import { build, h, mount, page, plans, raw, readBack, shapesOf } from "./_trees.ts";

// A fixed seed by day; at night another one each time, which a failure prints.
const seed = isNight() ? Date.now() & 0x7fffffff : 20240601;
const numRuns = scale(3000, 100_000);

Deno.test("a parser reads back the tree that was rendered, when it passes the nesting check", () => {
  let passed = 0;
  fc.assert(
    fc.property(plans, fc.boolean(), (plan, scripting) => {
      const items = mount(build(plan));
      if (checkNesting(items).length > 0) return;
      passed++;
      assertEquals(readBack(page(items), scripting), shapesOf(items, scripting));
    }),
    { numRuns, seed },
  );
  assertGreaterOrEqual(passed, numRuns / 2, "too few trees pass for the test to mean much");
});

Deno.test("the nesting check refuses little that a parser would read back as it is", () => {
  let refused = 0;
  let needless = 0;
  fc.assert(
    fc.property(plans, (plan) => {
      const items = mount(build(plan));
      if (checkNesting(items).length === 0) return;
      refused++;
      try {
        assertEquals(readBack(page(items), false), shapesOf(items, false));
        needless++;
      } catch {
        // Altered, or not rendered at all.
      }
    }),
    { numRuns, seed },
  );
  assertGreaterOrEqual(refused, numRuns / 20);
  assertGreaterOrEqual(refused / 10, needless, `${needless} of ${refused} were refused in vain`);
});

Deno.test("renderDocumentToStream() gives the bytes of renderDocument() for random trees", async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      const items = mount(build(plan));
      let whole: string;
      try {
        whole = page(items);
      } catch {
        return;
      }
      const stream = renderDocumentToStream({ body: items, clientSrc: "/client.js" });
      assertEquals(await new Response(stream).text(), whole.toWellFormed());
    }),
    { numRuns: Math.min(numRuns, 300), seed },
  );
});

Deno.test("renderToString() writes the attributes that attributesOf() gives, in order", () => {
  const elements = (items: readonly VNode[]): VNode[] =>
    items.flatMap((n) => [...(n.kind === Kind.Element ? [n] : []), ...elements(n.children ?? [])]);
  fc.assert(
    fc.property(plans, (plan) => {
      for (const node of elements(mount(build(plan)))) {
        const tag = node.type as string;
        const bare = h(tag, node.props);
        const written = renderToString([bare]).match(/^<[^ >]+((?: [^=]+="[^"]*")*)>/);
        const names = [...(written?.[1] ?? "").matchAll(/ ([^=]+)="/g)].map((m) => m[1]);
        assertEquals(names, attributesOf(bare).map(([name]) => name));
      }
    }),
    { numRuns: Math.min(numRuns, 500), seed },
  );
});

Deno.test("raw HTML is read back between its two comments", () => {
  const items = mount([h("p", null, raw("<b>x</b>&amp;"), "y")]);
  assertEquals(checkNesting(items), []);
  assertEquals(renderToString(items), "<p><!--r--><b>x</b>&amp;<!--/r--><!---->y</p>");
});
