/**
 * What a server's live tree must look like at its client: numbers, and what controls show.
 *
 * @module
 */
import { eventSpec } from "../../vdom/attrs.ts";
import { isSignal, Kind, ownsContent, type VNode } from "../../vdom/node.ts";
import { plainView } from "../../vdom/template_live.ts";
import type { Numbered } from "./dom_shape.ts";

/** The numbers of live items in document order, with the events that elements take. */
export function numbersOfTree(items: readonly VNode[], out: Numbered[] = []): Numbered[] {
  for (const item of items) {
    switch (item.kind) {
      case Kind.Text:
        if (item.lead !== 0) out.push([item.lead, "#text"]);
        out.push([item.num, "#text"]);
        break;
      case Kind.Raw:
        out.push([item.num, "#raw"]);
        break;
      case Kind.Template:
        numbersOfTree([plainView(item)], out);
        break;
      case Kind.Element: {
        const tag = item.type as string;
        out.push([item.num, tag.toLowerCase()]);
        const spec = item.props === null ? "" : eventSpec(item);
        if (spec !== "") out.push([item.num, `data-hid ${spec}`]);
        if (item.children !== null && ownsContent(tag, true)) numbersOfTree(item.children, out);
        break;
      }
      default:
        numbersOfTree(item.children ?? [], out);
    }
  }
  return out;
}

/** What the views want their controls to show, in document order. */
export function controlsOfTree(items: readonly VNode[], out: string[] = []): string[] {
  const now = (value: unknown) => isSignal(value) ? value.peek() : value;
  for (const item of items) {
    if (item.kind === Kind.Element && /^(input|textarea|select)$/.test(item.type as string)) {
      const { type, value, checked } = item.props!;
      out.push(type === "checkbox" ? String(now(checked)) : String(now(value)));
    } else controlsOfTree(item.kind === Kind.Template ? [plainView(item)] : item.children ?? [], out);
  }
  return out;
}
