/**
 * What a page that failed shows when the application says nothing else.
 *
 * @module
 */
import { renderDocument } from "../render/mod.ts";
import { createNode, type VNode } from "../vdom/node.ts";
import { messageOf } from "./errors.ts";
import { HttpError, statusOf } from "./http_error.ts";

const STYLE =
  "font-family:system-ui,sans-serif;line-height:1.5;max-width:44rem;margin:4rem auto;padding:0 1.5rem";
const CODE =
  "background:#f6f6f6;color:#222;border:1px solid #ddd;border-radius:6px;padding:1rem;overflow:auto;" +
  "font:13px/1.5 ui-monospace,monospace;white-space:pre-wrap";

/** For users: that it failed, and nothing of why, but what an HttpError says to them. */
export function defaultFallback(error: unknown, reset: () => void): VNode {
  const why = error instanceof HttpError
    ? error.message
    : "Something failed on the server. It was logged; the rest goes on.";
  return createNode("main", { role: "alert", style: STYLE }, [
    createNode("h1", null, [statusOf(error) === 404 ? "Page not found" : "This page could not be shown"]),
    createNode("p", null, [why]),
    createNode("button", { onClick: () => reset() }, ["Try again"]),
  ]);
}

/** The answer to a form that was not taken, for who has no JavaScript: why, and a way back to the page. */
export function refusalPage(why: string): string {
  const main = createNode("main", { style: STYLE }, [
    createNode("h1", null, ["The form was not taken"]),
    createNode("p", null, [`${why}.`]),
    createNode("p", null, [createNode("a", { href: "" }, ["Load the page again"])]),
  ]);
  return renderDocument({ lang: "en", title: "The form was not taken", body: [main] });
}

/** For developers: the message, the causes and the stack. */
export function devFallback(error: unknown, reset: () => void): VNode {
  const parts: VNode[] = [];
  for (let at = error; at !== undefined && at !== null && parts.length < 12;) {
    const known: Error | null = at instanceof Error ? at : null;
    if (parts.length > 0) parts.push(createNode("p", null, ["Caused by:"]));
    const message = known === null ? messageOf(at) : `${known.name}: ${known.message}`;
    parts.push(createNode("p", { style: "font-weight:600" }, [message]));
    const stack = known?.stack?.split("\n").filter((line) => /^\s+at /.test(line)).map((line) => line.trim())
      .join("\n");
    if (stack) parts.push(createNode("pre", { style: CODE }, [stack]));
    at = known?.cause;
  }
  return createNode("main", { role: "alert", style: STYLE }, [
    createNode("h1", null, ["This page failed"]),
    ...parts,
    createNode("button", { onClick: () => reset() }, ["Try again"]),
  ]);
}
