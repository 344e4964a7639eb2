/**
 * Instances of templates as the plain nodes that they stand for.
 *
 * @module
 */
import type { WireNode } from "../protocol/mod.ts";
import type { TemplateHole } from "../vdom/patch.ts";

/** What a TemplateDef told. */
export interface WireTemplateDef {
  /** The nodes, with their holes empty. */
  nodes: readonly WireNode[];
  /** The holes, in document order. */
  holes: readonly TemplateHole[];
}

/** The nodes of an instance: its values and the nodes of its regions in the places of the holes. */
export function fillTemplate(
  { nodes, holes }: WireTemplateDef,
  values: readonly (string | null)[],
  lists: readonly (readonly WireNode[])[],
): WireNode[] {
  let offset = 0;
  let hole = 0;
  let value = 0;
  let list = 0;
  const fill = (node: WireNode): readonly WireNode[] => {
    const at = offset++;
    const attrs: [string, string][] = [];
    let text: string | null = null;
    for (; holes[hole]?.offset === at; hole++) {
      const { name, statics } = holes[hole];
      if (name !== "") {
        const own = values[value++];
        if (own !== null) attrs.push([name, own]);
      } else if (statics.length === 0) {
        hole++;
        return lists[list++];
      } else text = statics.reduce((all, constant) => all + (values[value++] ?? "") + constant);
    }
    if (text !== null) return [text === "" ? { kind: 3 } : { kind: 2, text }];
    if (node.kind !== 1) return [node];
    return [{ ...node, attrs: [...node.attrs, ...attrs], children: node.children.flatMap(fill) }];
  };
  return nodes.flatMap(fill);
}
