/**
 * What is known of controls while handlers of their input wait.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { type ElementState, stateOf } from "../../vdom/element_state.ts";
import { input } from "../../vdom/elements.ts";
import { Tree } from "../../vdom/tree.ts";
import { PlainHost } from "../support/plain_host.ts";

function control(value?: string): { tree: Tree; state: ElementState } {
  const tree = new Tree(new PlainHost());
  const node = value === undefined ? input() : input({ value });
  tree.mountList([node], true);
  return { tree, state: stateOf(node) };
}

Deno.test("noteLive() remembers the newest of what a control showed while a handler waits, and no more than fits", () => {
  const { tree, state } = control("");
  const page = "x".repeat(10_000);
  for (let event = 1; event <= 1000; event++) {
    tree.noteLive(state, "value", `${page}${event}`);
    if (event === 1) tree.holdLive([state], event);
  }
  const { shown, shownUnits } = state.busy!;
  assert(shown.has(`value=${page}1000`) && shown.has(`value=${page}995`) && !shown.has(`value=${page}1`));
  assertEquals(shownUnits, [...shown].reduce((sum, text) => sum + text.length, 0));
  assert(shownUnits <= 65_536, `${shownUnits} units`);
});

Deno.test("noteLive() remembers a text that is longer than all that fits, while it is the newest", () => {
  const { tree, state } = control("");
  tree.noteLive(state, "value", "y".repeat(100_000));
  assertEquals(state.busy!.shown.size, 1);
  tree.noteLive(state, "value", "z");
  assertEquals([...state.busy!.shown], ["value=z"]);
});

Deno.test("checkLive() ends what holdLive() began, not what began meanwhile", () => {
  const { tree, state } = control();
  // The first event is of a control that the server has no value for; then a view gives it one.
  const first = tree.holdLive([state], 1);
  state.live = new Map([["value", "a"]]);
  tree.noteLive(state, "value", "ab");
  const second = tree.holdLive([state], 2);
  tree.checkLive([state], 1, first);
  assertEquals([state.busy!.waiting, state.busy!.newestWaits], [1, true]);
  tree.checkLive([state], 2, second);
  assertEquals([state.busy!.waiting, state.busy!.newestWaits], [0, false]);
});
