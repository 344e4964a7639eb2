/**
 * Random pages whose components write as they are set up, mounted and run, and fail: many rounds in one flush, after which both ends
 * have the same nodes by the same numbers.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { effect, onMount, signal, type WritableSignal } from "../../core/mod.ts";
import { ErrorBoundary } from "../../runtime/boundary.ts";
import { type Component, component } from "../../runtime/component.ts";
import { em, main, q, s, section } from "../../vdom/elements.ts";
import type { Child } from "../../vdom/node.ts";
import { jsxAttr, jsxTemplate } from "../../vdom/jsx.ts";
import { treeNumbers } from "../support/model_dom.ts";
import { Random } from "../support/random.ts";
import { live } from "./_live.ts";

const PAGES = 500;
const FLUSHES = 6;
const PLACES = [
  ["<p>A ", "</p>"],
  ["<div ", "><i>x</i>", "<b>", "</b></div>"],
  ["<ul>", "<li>k</li>", "</ul>"],
] as const;

const shared: WritableSignal<number>[] = Array.from({ length: 6 }, () => signal(0));

/** What a seed stands for: the same whenever a view runs. */
function view(depth: number, seed: number, own: WritableSignal<number>): Child {
  const random = new Random(seed);
  const child = (level = depth): Child => {
    if (level <= 0) return random.pick<Child>([`t${random.below(9)}`, own, null, random.pick(shared)]);
    switch (random.below(8)) {
      case 0:
        return `text ${random.below(9)}`;
      case 1:
        return random.pick([own, ...shared]);
      case 2:
        return null;
      case 3:
        return Part({ depth: level - 1, seed: random.below(1000) });
      case 4: {
        const fallback = () => [em("failed"), own];
        return ErrorBoundary({ fallback }, Part({ depth: level - 1, seed: random.below(1000) }));
      }
      case 5:
        return view(level - 1, random.below(1000), own);
      case 6:
        return Array.from(
          { length: random.below(4) },
          (_, i) => s({ key: 10 * i + random.below(5) }, child(level - 1)),
        );
      default:
        return q(
          { "data-n": own, class: random.pick(shared).value % 2 ? "odd" : "even" },
          child(),
          child(level - 1),
        );
    }
  };
  switch (random.below(5)) {
    case 0:
      return jsxTemplate(PLACES[0], child());
    case 1: {
      const value = random.in(3) ? random.pick(shared) : `c${random.below(3)}`;
      return jsxTemplate(PLACES[1], jsxAttr("class", value), child(), child());
    }
    case 2:
      return jsxTemplate(PLACES[2], child(), child());
    case 3:
      return section(child(), child(), child());
    default:
      return [child(), child()];
  }
}

const Part: Component<{ depth: number; seed: number }> = component<{ depth: number; seed: number }>(
  ({ depth, seed }) => {
    const own = signal(0);
    const other = shared[seed % shared.length];
    if (seed % 4 === 0) onMount(() => void (own.value = seed % 7));
    if (seed % 4 === 1) effect(() => void (own.value = other.value % 5));
    if (seed % 11 === 3 && other.peek() < 50) other.value = other.peek() + 1;
    if (seed % 13 === 5) throw new Error("failed as it should");
    return () => view(depth, seed + 1000 * own.value, own);
  },
);

for (let seed = 0; seed < PAGES; seed += 100) {
  Deno.test(`both ends agree after flushes of many rounds, seeds ${seed} to ${seed + 99}`, async () => {
    for (let i = seed; i < seed + 100; i++) await play(i);
  });
}

async function play(seed: number): Promise<void> {
  const random = new Random(seed);
  for (const one of shared) one.value = 0;
  const root = signal(random.below(1000));
  const page = await live(() => main(view(3, root.value, shared[0]), shared[1]), { dev: false });
  for (let i = 0; i < FLUSHES && !page.runtime.failed; i++) {
    if (random.in(2)) root.value = random.below(1000);
    random.pick(shared).value = random.below(9);
    page.flush();
    assertEquals(page.model.numbers(), treeNumbers(page.runtime.root), `seed ${seed}, flush ${i}`);
  }
  page.runtime.dispose();
}
