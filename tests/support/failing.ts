/**
 * Pages on which something fails when a button is pressed, one for each way to fail.
 *
 *     [arm] [sibling 0]  boundary 1 ( boundary 2 ( what fails, or "fine" ) )
 *
 * @module
 */
import { computed, effect, onCleanup, onMount, resource, signal } from "../../core/mod.ts";
import { ErrorBoundary } from "../../runtime/boundary.ts";
import { type Component, component } from "../../runtime/component.ts";
import { button, div, p } from "../../vdom/elements.ts";
import type { Child } from "../../vdom/node.ts";

/** What runs when it fails. `read` is a resource whose value is read, `resource` one whose state is. */
export const SOURCES = [
  "setup",
  "view",
  "handler",
  "effect",
  "cleanup",
  "mount",
  "computed",
  "binding",
  "resource",
  "read",
] as const;

/** One way to fail. */
export interface Case {
  /** What runs. */
  source: typeof SOURCES[number];
  /** Whether it throws, or gives a promise that is rejected, or one that will be a while later. */
  how: "throw" | "reject" | "late";
  /** What is thrown. */
  what: unknown;
  /** How many boundaries of the application are around it. */
  boundaries: 0 | 1 | 2;
}

/** A text that no browser may ever see. */
export const SECRET = "the password is swordfish";

/** Every way to fail. */
export const CASES: readonly Case[] = SOURCES.flatMap((source) =>
  (["throw", "reject", "late"] as const).flatMap((how) =>
    // When it is rejected makes no difference to what.
    [new Error(SECRET), undefined, null, SECRET, { code: SECRET }].slice(0, how === "late" ? 1 : 5).flatMap((
      what,
    ) => ([0, 1, 2] as const).map((boundaries) => ({ source, how, what, boundaries })))
  )
);

/** How long a late rejection takes, in milliseconds. */
export const LATE = 2;

/** A case in words. */
export function nameOf({ source, how, what, boundaries }: Case): string {
  const thing = what instanceof Error
    ? "an Error"
    : typeof what === "object" && what !== null
    ? "an object"
    : typeof what;
  return `${source}, ${how} ${what === null ? "null" : thing}, boundaries: ${boundaries}`;
}

/** What takes the place of what failed: the innermost boundary of the application, the page as a whole, or nothing. */
export function replacedBy({ source, boundaries }: Case): "boundary" | "page" | "nothing" {
  if (source === "resource") return "nothing";
  if (boundaries > 0) return "boundary";
  return source === "handler" || source === "cleanup" ? "nothing" : "page";
}

/**
 * What is told, once each: of a value that is read the fetch that failed, and the view that could not be shown. A promise as an
 * attribute's value is met by the diff.
 */
export function toldOf({ source, how }: Case): string[] {
  if (source === "computed") return [how === "throw" ? "view" : "diff"];
  return source === "read" ? ["resource", "view"] : [source];
}

/** The page of a case; `isArmed`: it fails when it is first rendered. */
export function failingPage(one: Case, isArmed = false): Component<Record<never, never>> {
  return component(() => {
    const armed = signal(isArmed);
    const count = signal(0);
    const Content = contentOf(one, armed);
    return () => {
      let content: Child = Content();
      for (let level = one.boundaries; level > 0; level--) {
        content = ErrorBoundary(
          { fallback: (_error, reset) => button({ id: `caught-${level}`, onClick: reset }, "again") },
          content,
        );
      }
      return div(
        button({ id: "arm", onClick: () => void (armed.value = !armed.value) }, "arm"),
        button({ id: "sibling", onClick: () => count.inc() }, count),
        content,
      );
    };
  }, { name: "Page" });
}

function contentOf(one: Case, armed: { value: boolean }): Component<Record<never, never>> {
  const { source, how, what } = one;
  const fine = () => p({ id: "fine" }, "fine");
  /** Fails, or gives a promise that does. The types refuse promises in most places; JavaScript does not. */
  const fail = (): never => {
    if (how === "throw") throw what;
    if (how === "late") {
      return new Promise((_resolve, reject) => setTimeout(() => reject(what), LATE)) as never;
    }
    return Promise.reject(what) as never;
  };
  const failing = () => armed.value ? fail() : undefined;
  const Bad = component((): () => Child => {
    if (source === "setup") return fail();
    if (source === "mount") onMount(() => fail());
    if (source === "cleanup") onCleanup(() => fail());
    return fine;
  }, { name: "Bad" });
  return component(() => {
    switch (source) {
      case "setup":
      case "mount":
        return () => armed.value ? Bad() : fine();
      case "cleanup":
        return () => armed.value ? fine() : Bad();
      case "view":
        return () => failing() ?? fine();
      case "handler":
        return () => button({ id: "bad", onClick: () => fail() }, "bad");
      case "effect":
        effect(failing);
        return fine;
      case "computed":
      case "binding": {
        const value = computed(() => failing() ?? "fine");
        return source === "computed" ? () => p({ id: value.value }, "fine") : () => p({ id: "fine" }, value);
      }
      default: {
        const data = resource(() => failing() ?? "fine", { source: () => armed.value });
        return source === "read"
          ? () => data.state === "refreshing" ? fine() : p({ id: data.read() }, "fine")
          : () => p({ id: data.state === "error" ? "told" : "fine" }, "fine");
      }
    }
  }, { name: "Content" });
}
