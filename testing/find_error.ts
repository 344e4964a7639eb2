/**
 * What a test is told when an element is not there, or there more than once: what was near, and the page.
 *
 * @module
 */
import { nearestName } from "../server/errors.ts";
import type { DomNode } from "./dom_node.ts";
import { shortHtml, shortTag, toText } from "./html.ts";
import { isHidden, labelsOf, nameOf, roleOf } from "./roles.ts";

/** What is looked for. */
export interface Query {
  /** How. */
  readonly kind: "selector" | "role" | "text" | "label";
  /** For messages: `button named "+"`. */
  readonly what: string;
  /** The name or text. */
  readonly name?: string | RegExp;
  /** Whether an element is one. */
  readonly test: (node: DomNode) => boolean;
}

const MAX_LISTED = 12;

/** The error of a search that did not find exactly one. */
export function findError(query: Query, found: readonly DomNode[], roots: readonly DomNode[]): Error {
  const what = query.kind === "selector" ? `element for ${JSON.stringify(query.what)}` : query.what;
  if (found.length > 1) {
    return new Error(
      `Found ${found.length} elements where one was wanted: ${what}\n${list(found.map(shortTag))}\n` +
        "Ask for more (a name, a selector), search inside an element, or use the getAll… form.",
    );
  }
  const near = nearMisses(query, roots);
  const hint = near.length === 0 ? "" : `Near are:\n${list(near)}\n`;
  return new Error(`Found no ${what}\n${hint}The page is:\n${shortHtml(roots) || "  (empty)"}`);
}

function list(lines: readonly string[]): string {
  const more = lines.length - MAX_LISTED;
  return lines.slice(0, MAX_LISTED).map((line) => `  ${line}`).join("\n") +
    (more > 0 ? `\n  … and ${more} more` : "");
}

function nearMisses(query: Query, roots: readonly DomNode[]): string[] {
  const all = roots.flatMap((root) => [...root.authored()]);
  switch (query.kind) {
    case "role": {
      const role = query.what.split(" named ")[0];
      const of = (node: DomNode) =>
        `${roleOf(node)} ${JSON.stringify(nameOf(node))}${isHidden(node) ? " (hidden)" : ""}`;
      const same = all.filter((node) => roleOf(node) === role);
      if (same.length > 0) return same.map(of);
      return [
        ...new Set(
          all.filter((node) => /^(button|link|textbox|checkbox|heading|combobox|radio)$/.test(roleOf(node)))
            .map(of),
        ),
      ];
    }
    case "label":
      return all.filter((node) => /^(input|select|textarea)$/.test(node.name)).map((node) => {
        const labels = labelsOf(node).map((label) => JSON.stringify(toText([label]))).join(", ");
        return `${shortTag(node)} ${labels === "" ? "without a label" : `labelled ${labels}`}`;
      });
    case "text": {
      const wanted = typeof query.name === "string" ? query.name.toLowerCase() : null;
      if (wanted === null) return [];
      const leaves = all.filter((node) =>
        !node.children.some((child) => child.isElement) && toText([node]) !== ""
      );
      const near = leaves.filter((node) => {
        const text = toText([node]).toLowerCase();
        return text.includes(wanted) || wanted.includes(text) || nearestName(wanted, [text]) !== undefined;
      });
      return near.map(shortTag);
    }
    case "selector": {
      const names = query.what.match(/[#.][\w-]+/g) ?? [];
      const known = all.flatMap((node) => [
        ...(node.attr("id") === null ? [] : [`#${node.attr("id")}`]),
        ...(node.attr("class") ?? "").split(/\s+/).filter((name) => name !== "").map((name) => `.${name}`),
      ]);
      return [
        ...new Set(
          names.filter((name) => !known.includes(name)).flatMap((name) => nearestName(name, known) ?? []),
        ),
      ];
    }
  }
}
