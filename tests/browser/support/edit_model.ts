/**
 * What a log of edits must look like, whatever the network does: the model that the typist is compared with.
 *
 * The user's keys change a field as the browser's editing does. A script (the server's patch) may set a value only when the
 * server has had every text that the field showed, and only to what its handler made of them, one after the other. So at every
 * moment: what the user typed last wins until the server has received it; from then on the handler's result stands, which is what
 * a handler in the page would have made of it. The caret stays with the text around it.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Step } from "../apps/typist.ts";
import type { Entry, FieldState } from "./edit_log.ts";

/**
 * Checks the log of one field, entry for entry, and gives what the server must have in the end.
 *
 * @param entries What happened to the field, from its beginning, when it was empty.
 * @param step What the handler makes of a text.
 */
export function checkField(entries: readonly Entry[], step: Step): string {
  let state: FieldState = ["", 0, 0];
  let edited: FieldState | null = null;
  let server = "";
  let composing = false;
  for (const [index, { id, kind, state: seen, what, data, shift, focused }] of entries.entries()) {
    const recent = entries.slice(Math.max(0, index - 5), index + 1).map((entry) => JSON.stringify(entry));
    const at = `${id}, entry ${index} of ${entries.length}\n${recent.join("\n")}`;
    if (kind === "input") {
      state = edited ?? state;
      edited = null;
      server = step(server, state[0]);
    }
    // During a composition the browser selects what it is about to replace.
    const isComposed = kind === "edit" && what === "insertCompositionText";
    assertEquals(isComposed ? seen[0] : seen, isComposed ? state[0] : state, at);
    if (kind === "compositionstart") composing = true;
    else if (kind === "compositionend") composing = false;
    else if (kind === "edit") edited = edit(seen, what, data ?? "");
    else if (kind === "key") state = move(state, what, shift);
    else if (kind === "write") {
      assert(!composing, `${at}: a composition was written over`);
      assertEquals(what, server, at);
      state = focused ? rewrite(state, what) : [what, what.length, what.length];
    }
  }
  assertEquals(state[0], server, "The field shows what the server has");
  return server;
}

/** What an edit makes of a field. */
function edit([text, anchor, caret]: FieldState, kind: string, data: string): FieldState {
  let start = Math.min(anchor, caret);
  let end = Math.max(anchor, caret);
  if (start === end && kind === "deleteContentBackward") start = Math.max(0, start - 1);
  else if (start === end && kind === "deleteContentForward") end = Math.min(text.length, end + 1);
  const at = start + data.length;
  return [text.slice(0, start) + data + text.slice(end), at, at];
}

/** What a key that moves the caret makes of a field. */
function move([text, anchor, caret]: FieldState, key: string, shift: boolean): FieldState {
  const start = Math.min(anchor, caret);
  const end = Math.max(anchor, caret);
  const isRange = start !== end && !shift;
  const to = key === "Home"
    ? 0
    : key === "End"
    ? text.length
    : key === "ArrowLeft"
    ? isRange ? start : Math.max(0, caret - 1)
    : key === "ArrowRight"
    ? isRange ? end : Math.min(text.length, caret + 1)
    : null;
  return to === null ? [text, anchor, caret] : [text, shift ? anchor : to, to];
}

/**
 * What a new value makes of a field with the focus. The longest start and then the longest end that both texts share is kept: a
 * caret in the kept end, its beginning included, moves with it; any other stays where it is, as far as the changed part goes.
 */
function rewrite([old, anchor, caret]: FieldState, text: string): FieldState {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old[start] === text[start]) start++;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  const follow = (at: number) => {
    const fromEnd = old.length - at;
    return fromEnd <= end ? text.length - fromEnd : Math.min(at, text.length - end);
  };
  return [text, follow(anchor), follow(caret)];
}
