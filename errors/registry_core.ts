/**
 * E001 to E039: state, components and their lives.
 *
 * @module
 */
import type { ErrorEntry } from "./entry.ts";

/** Errors of core/ and runtime/. */
export const CORE_ERRORS: readonly ErrorEntry[] = [
  {
    code: "E001",
    name: "outside-component",
    title: "A function of components was called outside a component",
    cause:
      "onMount(), onCleanup(), provide(), useContext(), resource() and useCtx() belong to the component that is current: there " +
      "is none at the top of a module, in a timer, or after an await.",
    fix: "Call it in the component's setup, before any await, and keep what it gives.",
    example: "component(() => {\n  const ctx = useCtx();\n  return () => p(ctx.path);\n});",
  },
  {
    code: "E002",
    name: "no-view",
    title: "A component's setup returned no view",
    cause: "The function given to component() runs once and must return the function that makes the nodes.",
    fix: "Return a function: return () => div(…). An async setup returns a promise: load data by resource().",
    example: "component(() => {\n  const count = signal(0);\n  return () => p(count);\n});",
  },
  {
    code: "E003",
    name: "no-setup",
    title: "component() was called without a setup function",
    cause: "What was passed is no function.",
    fix: 'Pass a function that returns a view: component(() => () => p("Hello")).',
  },
  {
    code: "E004",
    name: "props-are-read-only",
    title: "A component changed its props",
    cause: "Props belong to the parent, who may pass others at any time.",
    fix: "Keep what changes in a signal of the component, or call a function that the parent passes.",
  },
  {
    code: "E005",
    name: "resource-pending",
    title: "The value of a resource was read before it was there",
    cause: "value throws while the resource is pending, so that nobody shows what is not there.",
    fix: "Look at its state first, or show it inside a boundary that waits.",
  },
  {
    code: "E006",
    name: "computed-cycle",
    title: "A computed value depends on itself",
    cause:
      "Reading it leads, through other computed values, back to it. The message has the names along the way.",
    fix: "Take one of the reads out, or read that one with peek().",
  },
  {
    code: "E008",
    name: "signal-key",
    title: "Two signals of a component have one key, or a key begins with #",
    cause:
      "Keys and names tell a component's signals apart in its snapshot. A leading # is kept for those without a name.",
    fix: 'Give one of them another key or name: signal(0, { key: "left" }).',
  },
  {
    code: "E009",
    name: "bad-index",
    title: "A helper of a list was called with an index outside of the list",
    cause: "removeAt(), setAt(), insertAt() and the like take whole numbers within the list.",
    fix: "Check the index against the length first.",
  },
  {
    code: "E010",
    name: "bad-range",
    title: "A number is clamped to a range whose minimum is over its maximum",
    cause: "clamp(min, max) was called with the two the wrong way round, or with limits that cross.",
    fix: "Pass the smaller one first.",
  },
  {
    code: "E011",
    name: "wrong-helper",
    title: "A signal's helper does not fit the value that it holds now",
    cause:
      "inc() is for numbers, push() for lists, toggle() for booleans: the signal holds something else now.",
    fix: "Set the value with signal.value, or find out who wrote the other kind of value.",
  },
  {
    code: "E012",
    name: "cleanup-failed",
    title: "Several cleanups failed",
    cause:
      "What was given to onCleanup() threw, more than once while one component ended. The error holds them all.",
    fix: "See the errors that it holds; the other cleanups have run.",
  },
  {
    code: "E013",
    name: "bad-schema",
    title: "A form was made of something that is no schema",
    cause:
      "form() takes the schema of an object, of any library that follows Standard Schema: zod, valibot, arktype.",
    fix: "Pass one: form(z.object({ title: z.string() })).",
  },
  {
    code: "E030",
    name: "effect-loop",
    title: "Effects or views keep writing to what they read",
    cause:
      "Each run causes the next one: after 100 rounds the flush ends them. The message names the signals.",
    fix: "Read with peek() or untracked() what is also written, or write only when the value differs. " +
      "Of a handler, pass the function itself: onClick: save, not onClick: save().",
  },
  {
    code: "E031",
    name: "state",
    title: "A value cannot be kept in a snapshot, or a snapshot does not fit",
    cause:
      "Signals are encoded to survive a restart. Functions, symbols and own classes cannot be; and after a change of the code " +
      "a kept value may have another shape than the signal.",
    fix:
      "Keep plain data in signals, or mark the signal: signal(x, { transient: true }). A value that does not fit is left out.",
  },
  {
    code: "E032",
    name: "bad-nesting",
    title: "Elements are nested as HTML does not allow",
    cause:
      "A browser's parser would move or close elements, so that its document differs from the server's. The message names both.",
    fix: "Nest them as HTML allows: no div in a p, tr only in table parts, no a in an a.",
  },
  {
    code: "E037",
    name: "bad-hook",
    title: "A hook was made of something that it cannot take",
    cause:
      "hook() takes a name of letters, digits, - and _, the path of a script of this origin, a map that JSON can carry, and a " +
      "function. The message names the one that is none.",
    fix:
      'Write hook("sortable", { src: "/hooks/sortable.js", config: { axis: "y" }, onEvent: (event) => … }).',
  },
];
