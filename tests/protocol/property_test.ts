/**
 * What holds for every frame: it comes back as it went, and no bytes make a decoder do anything but answer or refuse.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  decodeControlDown,
  decodeDown,
  decodeEvent,
  decodePatches,
  decodeUp,
  DEFAULT_LIMITS,
  encodeControlDown,
  encodeEvent,
  encodePatches,
  type EventFrame,
  type PatchFrame,
  ProtocolError,
  type WireNode,
} from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { EVENTS } from "../../vdom/event_table.ts";
import type { Patch, TemplateHole } from "../../vdom/patch.ts";
import { fromHex, readVectors, toVNode, toVPatches } from "./support.ts";

const RUNS = { numRuns: 300 };

// "grapheme" makes characters outside ASCII; a lone surrogate would come back as U+FFFD.
/** An object as a literal makes it. */
function record<T extends object>(members: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(members, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ maxLength: 80 }),
  fc.constantFrom("abc", "row", "€"),
);
const uint = fc.oneof(fc.nat(300), fc.maxSafeNat());
const pixel = fc.oneof(
  fc.integer({ min: -300, max: 3000 }),
  fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }),
);
const double = fc.double();
const bool = fc.boolean();

const mods = { ctrlKey: bool, shiftKey: bool, altKey: bool, metaKey: bool };
const mouse = {
  clientX: pixel,
  clientY: pixel,
  pageX: pixel,
  pageY: pixel,
  offsetX: pixel,
  offsetY: pixel,
  button: fc.integer({ min: -1, max: 5 }),
  buttons: fc.nat(31),
  ...mods,
};
const point = record({ id: pixel, clientX: pixel, clientY: pixel, pageX: pixel, pageY: pixel });
const points = fc.array(point, { maxLength: 3 });
const texts = fc.array(text, { maxLength: 4 });
const PAYLOADS: Record<string, fc.Arbitrary<unknown>> = {
  "-": fc.constant(null),
  m: record(mouse),
  p: record({
    ...mouse,
    pointerId: pixel,
    pointerType: fc.constantFrom("", "mouse", "pen", "touch"),
    isPrimary: bool,
    pressure: double,
    width: pixel,
    height: pixel,
  }),
  w: record({
    deltaX: double,
    deltaY: double,
    deltaZ: double,
    deltaMode: fc.nat(2),
    clientX: pixel,
    clientY: pixel,
    ...mods,
  }),
  k: record({ key: text, code: text, ...mods, repeat: bool, location: fc.nat(3) }),
  v: record({ value: text, checked: bool, values: texts, valueAsNumber: double }),
  b: record({ inputType: text, data: text }),
  i: record({ data: text }),
  f: record({ fields: fc.array(fc.tuple(text, text)) }),
  s: record({ scrollTop: pixel, scrollLeft: pixel }),
  r: record({ width: pixel, height: pixel }),
  t: record({ ...mods, touches: points, targetTouches: points, changedTouches: points }),
  d: record({ clientX: pixel, clientY: pixel, pageX: pixel, pageY: pixel, ...mods, text, files: texts }),
  a: record({ animationName: text, elapsedTime: double, pseudoElement: text }),
  n: record({ propertyName: text, elapsedTime: double, pseudoElement: text }),
  c: record({ text, files: texts }),
  u: record({ oldState: text, newState: text }),
  x: record({
    currentTime: double,
    duration: double,
    paused: bool,
    ended: bool,
    muted: bool,
    volume: double,
    playbackRate: double,
  }),
  o: record({ name: text, detail: text }),
};

const { value: hookValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    bool,
    double,
    fc.integer(),
    text,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const payload = fc.oneof(
  fc.constantFrom(...EVENTS, ["x-custom", 0xff, "o"] as const).chain(([, code, family]) =>
    fc.tuple(fc.constant(code), fc.oneof(fc.constant(null), PAYLOADS[family]))
  ),
  fc.tuple(
    fc.constant(0x60),
    record({ name: text, data: fc.dictionary(text, hookValue, { maxKeys: 4, noNullPrototype: true }) }),
  ),
  fc.tuple(fc.constant(0x70), record({ path: text, replace: bool })),
  fc.tuple(fc.constant(0x71), record({ path: text })),
);

// Text that becomes part of a tree is normalised before the codec sees it.
const clean = text.map((s) => s.replace(/[\r\0]/g, ""));
const tag = fc.constantFrom("div", "li", "x-tabs", "article", "svg", "p");
const attrs = fc.uniqueArray(
  fc.tuple(fc.constantFrom("class", "id", "title", "data-row", "aria-label"), clean),
  {
    maxLength: 4,
    selector: ([name]) => name,
  },
);
const { node } = fc.letrec<{ node: WireNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    record({ kind: fc.constant(3 as const) }),
    record({ kind: fc.constant(2 as const), text: clean.filter((s) => s !== "") }),
    record({ kind: fc.constant(5 as const), html: text }),
    record({
      kind: fc.constant(6 as const),
      id: uint,
      values: fc.array(fc.option(text), { maxLength: 4 }),
    }),
    record({ kind: fc.constant(7 as const), tag: fc.constantFrom("option", "title"), attrs, text: clean }),
    record({
      kind: fc.constant(1 as const),
      tag,
      attrs,
      children: fc.array(tie("node"), { maxLength: 4 }),
    })
      .map((el) =>
        el.tag.includes("-") && el.children.length > 0
          ? { ...el, attrs: [...el.attrs, ["data-own", ""] as [string, string]] }
          : el
      ),
  ),
}));
const nodes = fc.array(node, { maxLength: 4 });

function patchOf(
  ops: number[],
  fields: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Patch<WireNode>> {
  return record({ op: fc.constantFrom(...ops), ...fields }) as fc.Arbitrary<never>;
}
const hole = fc.oneof(
  record({ offset: uint, name: fc.constant(""), statics: texts }),
  record({ offset: uint, name: text.filter((s) => s !== ""), statics: fc.constant([]) }),
) as fc.Arbitrary<TemplateHole>;
const num = uint;
const patch = fc.oneof(
  patchOf([0x01], { num, text }),
  patchOf([0x02, 0x13, 0x15], { num, name: text, value: text }),
  patchOf([0x03, 0x10, 0x11, 0x12, 0x14], { num, name: text }),
  patchOf([0x04, 0x07, 0x0e, 0x0f], { num, nodes }),
  patchOf([0x05, 0x0b, 0x0c], { num }),
  patchOf([0x06], { num, before: uint }),
  patchOf([0x08], { num, value: text }),
  patchOf([0x09, 0x0a], { num, on: bool }),
  patchOf([0x0d], { num, x: pixel, y: pixel, smooth: bool }),
  patchOf([0x16], { num, offset: uint, count: uint, text }),
  patchOf([0x17], { num, name: text, on: bool }),
  patchOf([0x18], { num, spec: text }),
  patchOf([0x1a], { num, parent: uint }),
  patchOf([0x1b], { num, after: uint }),
  patchOf([0x20], { num, name: text, detail: text }),
  patchOf([0x30, 0x31], { pairs: fc.array(fc.tuple(text, text), { maxLength: 3 }) }),
  patchOf([0x32, 0x33], { path: text }),
  patchOf([0x34], { url: text, replace: bool }),
  patchOf([0x35], { text }),
  patchOf([0x36, 0x37], { name: text, content: fc.option(text) }),
  patchOf([0x40], { id: uint, nodes, holes: fc.array(hole, { maxLength: 3 }) }),
  patchOf([0x42], { num, first: uint, nodes }),
);
const settled = fc.tuple(fc.nat(1e6), fc.nat(100), fc.array(fc.nat(50), { maxLength: 5 })).map(
  ([below, more, deltas]) => {
    let last = below;
    const list = deltas.map((d) => last += d);
    return { received: last + more, settled: { below, list } };
  },
);
const told = fc.oneof(
  fc.constant({ received: null, settled: null }),
  uint.map((received) => ({ received, settled: null })),
  settled,
);
const frame = fc.tuple(uint, told, fc.array(patch, { maxLength: 12 }))
  .map(([seq, told, patches]): PatchFrame<WireNode> => ({ seq, ...told, patches }));

Deno.test("decodeEvent() gives back every event", () => {
  fc.assert(
    fc.property(uint, uint, uint, uint, payload, (seq, ackDelta, num, target, [code, payload]) => {
      const frame = { seq, ackDelta, code, num, target, payload } as EventFrame;
      assertEquals(decodeEvent(encodeEvent(frame, familyOf(code)), familyOf), frame);
    }),
    RUNS,
  );
});

Deno.test("decodePatches() gives back every frame", () => {
  fc.assert(fc.property(frame, (f) => assertEquals(decodePatches(encodePatches(toVPatches(f))), f)), RUNS);
});

Deno.test("decodeControlDown() gives back every tree", () => {
  fc.assert(
    fc.property(uint, uint, nodes, (seq, received, nodes) => {
      const bytes = encodeControlDown({ type: 0x12, seq, received, nodes: nodes.map(toVNode) });
      assertEquals(decodeControlDown(bytes), { type: 0x12, seq, received, nodes });
    }),
    RUNS,
  );
});

/** Decodes, or is refused with a ProtocolError. */
function attempt(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
}

function attemptBoth(bytes: Uint8Array): void {
  attempt(() => decodeUp(bytes, familyOf));
  attempt(() => decodeDown(bytes, DEFAULT_LIMITS));
}

Deno.test("decodeUp() and decodeDown() answer or refuse whatever bytes they get", () => {
  const bytes = fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 64 })).map(([head, rest]) =>
    Uint8Array.of(head, ...rest)
  );
  fc.assert(fc.property(bytes, attemptBoth), { numRuns: 2000 });
});

Deno.test("decodeUp() and decodeDown() answer or refuse frames that were tampered with", () => {
  const vectors = readVectors().map((v) => fromHex(v.hex));
  const edits = fc.array(fc.tuple(fc.nat(200), fc.nat(255), fc.nat(2)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...vectors), edits, (original, edits) => {
      const bytes = [...original];
      for (const [at, value, how] of edits) {
        bytes.splice(at % bytes.length, how === 1 ? 0 : 1, ...(how === 2 ? [] : [value]));
      }
      attemptBoth(Uint8Array.from(bytes));
    }),
    { numRuns: 2000 },
  );
});
