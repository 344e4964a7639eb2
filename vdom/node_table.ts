/**
 * Nodes by their number: one by itself, a short list that is scanned, and a Map once it is no longer short.
 *
 * Most pages have few elements that take events, and a Map takes 184 bytes from its first entry on.
 *
 * @module
 */
import type { VNode } from "./node.ts";

/** From how many nodes on a Map is worth it. */
export const MANY = 9;

/** Mounted nodes by `num`. A node is told by what it is not: another copy of the package has a class of its own. */
export class NodeTable {
  #nodes: VNode | VNode[] | Map<number, VNode> | null = null;

  /** How many there are. */
  get size(): number {
    const nodes = this.#nodes;
    if (nodes === null) return 0;
    return nodes instanceof Map ? nodes.size : Array.isArray(nodes) ? nodes.length : 1;
  }

  /** The node of a number. */
  get(num: number): VNode | undefined {
    const nodes = this.#nodes;
    if (nodes === null) return undefined;
    if (nodes instanceof Map) return nodes.get(num);
    if (!Array.isArray(nodes)) return nodes.num === num ? nodes : undefined;
    for (let i = 0; i < nodes.length; i++) if (nodes[i].num === num) return nodes[i];
    return undefined;
  }

  /** Whether a number has a node. */
  has(num: number): boolean {
    return this.get(num) !== undefined;
  }

  /** Adds a node, in the place of one with its number. The number must not change while the node is here. */
  set(node: VNode): void {
    const nodes = this.#nodes;
    if (nodes === null) this.#nodes = node;
    else if (nodes instanceof Map) nodes.set(node.num, node);
    else if (!Array.isArray(nodes)) {
      // A list that is made with its items has no room for 16 more.
      this.#nodes = nodes.num === node.num ? node : [nodes, node];
    } else {
      for (let i = 0; i < nodes.length; i++) {
        if (nodes[i].num !== node.num) continue;
        nodes[i] = node;
        return;
      }
      if (nodes.length + 1 < MANY) this.#nodes = [...nodes, node];
      else this.#nodes = new Map([...nodes, node].map((one) => [one.num, one]));
    }
  }

  /** Removes the node of a number, if there is one. */
  delete(num: number): void {
    const nodes = this.#nodes;
    if (nodes instanceof Map) nodes.delete(num);
    else if (nodes !== null && !Array.isArray(nodes)) this.#nodes = nodes.num === num ? null : nodes;
    else if (nodes !== null) {
      const rest = nodes.filter((node) => node.num !== num);
      this.#nodes = rest.length === 0 ? null : rest;
    }
  }

  /** Removes all. */
  clear(): void {
    this.#nodes = null;
  }

  /** The numbers that have a node, in the order in which they were added. */
  keys(): number[] {
    const nodes = this.#nodes;
    if (nodes === null) return [];
    if (nodes instanceof Map) return [...nodes.keys()];
    return Array.isArray(nodes) ? nodes.map((node) => node.num) : [nodes.num];
  }
}
