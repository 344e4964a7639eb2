/**
 * Reads V8's heap snapshots: bytes and objects by what holds them.
 *
 * Each object belongs to one group. It is walked from the roots, breadth first and not over weak references; an object of a
 * class that has a group begins it, every other one (arrays, texts, closures) belongs to the group of whoever was reached
 * first and refers to it. So the groups are a partition: their sum is the heap.
 *
 * @module
 */

/** Which group an object begins: null when it goes with its holder. */
export type GroupOf = (found: {
  /** The name of its class; of a closure that of its function. */
  name: string;
  /** V8's kind of it: "object", "closure", "array", "string", "code", "native" … */
  type: string;
  /** The property through which it was reached; "" for an element. */
  edge: string;
  /** The name of its holder. */
  holder: string;
  /** The group of its holder. */
  group: string;
}) => string | null;

/** What one group has. */
export interface GroupSize {
  /** Bytes of its objects themselves. */
  bytes: number;
  /** How many objects it has. */
  count: number;
}

interface Snapshot {
  snapshot: {
    meta: { node_fields: string[]; node_types: [string[]]; edge_fields: string[]; edge_types: [string[]] };
  };
  nodes: number[];
  edges: number[];
  strings: string[];
}

/** The group of what no group's object leads to. */
export const REST = "everything else";

/** Sums up the snapshot in a file. */
export async function sizesByGroup(file: string, groupOf: GroupOf): Promise<Map<string, GroupSize>> {
  const { snapshot: { meta }, nodes, edges, strings }: Snapshot = JSON.parse(await Deno.readTextFile(file));
  const width = meta.node_fields.length;
  const [typeAt, nameAt, sizeAt, countAt] = ["type", "name", "self_size", "edge_count"]
    .map((field) => meta.node_fields.indexOf(field));
  const edgeWidth = meta.edge_fields.length;
  const [edgeTypeAt, edgeNameAt, toAt] = ["type", "name_or_index", "to_node"]
    .map((field) => meta.edge_fields.indexOf(field));
  const total = nodes.length / width;
  const firstEdge = new Uint32Array(total + 1);
  for (let i = 0; i < total; i++) firstEdge[i + 1] = firstEdge[i] + nodes[i * width + countAt];
  const nameOf = (i: number) => strings[nodes[i * width + nameAt]];

  const groups: string[] = new Array(total);
  groups[0] = REST;
  const queue = [0];
  for (let at = 0; at < queue.length; at++) {
    const from = queue[at];
    const holder = nameOf(from);
    for (let e = firstEdge[from] * edgeWidth; e < firstEdge[from + 1] * edgeWidth; e += edgeWidth) {
      const edgeType = meta.edge_types[0][edges[e + edgeTypeAt]];
      const to = edges[e + toAt] / width;
      if (edgeType === "weak" || groups[to] !== undefined) continue;
      const named = edgeType !== "element" && edgeType !== "hidden";
      groups[to] = groupOf({
        name: nameOf(to),
        type: meta.node_types[0][nodes[to * width + typeAt]],
        edge: named ? strings[edges[e + edgeNameAt]] : "",
        holder,
        group: groups[from],
      }) ?? groups[from];
      queue.push(to);
    }
  }
  const sizes = new Map<string, GroupSize>();
  for (let i = 0; i < total; i++) {
    const group = groups[i] ?? REST;
    const size = sizes.get(group) ?? { bytes: 0, count: 0 };
    size.bytes += nodes[i * width + sizeAt];
    size.count++;
    sizes.set(group, size);
  }
  return sizes;
}
