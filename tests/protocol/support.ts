/**
 * What the protocol's tests share: hex, VNodes from wire nodes, and the frames of vectors.json.
 *
 * @module
 */
import {
  type ClientHello,
  decodeAck,
  decodeClientHello,
  decodeControlDown,
  decodeControlUp,
  decodeError,
  decodeEvent,
  decodePatches,
  decodeServerHello,
  type DownControl,
  encodeAck,
  encodeClientHello,
  encodeControlDown,
  encodeControlUp,
  encodeError,
  encodeEvent,
  encodePatches,
  encodeServerHello,
  type ErrorFrame,
  type EventFrame,
  type PatchFrame,
  type ServerHello,
  type UpControl,
  type WireNode,
} from "../../protocol/mod.ts";
import { familyOf } from "../../vdom/attrs.ts";
import { Kind, type Props, VNode } from "../../vdom/node.ts";
import type { Patch } from "../../vdom/patch.ts";

/** Bytes as hex. */
export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
}

/** Hex as bytes; spaces are ignored. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.replaceAll(" ", "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** The VNode that is written as this node. */
export function toVNode(node: WireNode): VNode {
  switch (node.kind) {
    case 1:
    case 7: {
      const children = node.kind === 1
        ? node.children.map(toVNode)
        : node.text === ""
        ? []
        : [new VNode(Kind.Text, null, null, null, node.text, null)];
      return new VNode(
        Kind.Element,
        node.tag,
        toProps(node.attrs),
        children.length ? children : null,
        "",
        null,
      );
    }
    case 2:
      return new VNode(Kind.Text, null, null, null, node.text, null);
    case 3:
      return new VNode(Kind.Text, null, null, null, "", null);
    case 5:
      return new VNode(Kind.Raw, null, null, null, node.html, null);
    case 6:
    case 8: {
      const wire = () => ({
        id: node.id,
        values: node.values,
        lists: node.kind === 8 ? node.lists.map((list) => list.map(toVNode)) : [],
      });
      return new VNode(Kind.Template, { wire }, null, null, "", null);
    }
  }
}

function toProps(attrs: [string, string][]): Props {
  const props: Props = {};
  for (const [name, value] of attrs) {
    if (name === "data-hid") {
      for (const token of value.split(" ")) {
        const [, event, family] = token.match(/^(.+):[0-9a-f]{1,2}([a-z]?)$/)!;
        props[`on:${event}`] = family === "" ? () => {} : (_: unknown) => {};
      }
    } else if (name !== "data-own") props[name] = value;
  }
  return props;
}

/** Patches whose nodes are VNodes. */
export function toVPatches(frame: PatchFrame<WireNode>): PatchFrame<VNode> {
  const patches = frame.patches.map((p): Patch => "nodes" in p ? { ...p, nodes: p.nodes.map(toVNode) } : p);
  return { ...frame, patches };
}

/** A frame and its kind. */
export type Sample =
  | { kind: "event"; value: EventFrame }
  | { kind: "patches"; value: PatchFrame<WireNode> }
  | { kind: "controlUp"; value: UpControl }
  | { kind: "controlDown"; value: DownControl<WireNode> }
  | { kind: "ack"; value: number }
  | { kind: "error"; value: ErrorFrame }
  | { kind: "clientHello"; value: ClientHello }
  | { kind: "serverHello"; value: ServerHello };

/** Encodes a frame of any kind. */
export function encodeSample({ kind, value }: Sample): Uint8Array<ArrayBuffer> {
  switch (kind) {
    case "event":
      return encodeEvent(value, familyOf(value.code));
    case "patches":
      return encodePatches(toVPatches(value));
    case "controlUp":
      return encodeControlUp(value);
    case "controlDown":
      return encodeControlDown(value.type === 0x12 ? { ...value, nodes: value.nodes.map(toVNode) } : value);
    case "ack":
      return encodeAck(value);
    case "error":
      return encodeError(value);
    case "clientHello":
      return encodeClientHello(value);
    case "serverHello":
      return encodeServerHello(value);
  }
}

/** Decodes a frame of a kind. */
export function decodeSample(kind: Sample["kind"], bytes: Uint8Array): unknown {
  switch (kind) {
    case "event":
      return decodeEvent(bytes, familyOf);
    case "patches":
      return decodePatches(bytes);
    case "controlUp":
      return decodeControlUp(bytes);
    case "controlDown":
      return decodeControlDown(bytes);
    case "ack":
      return decodeAck(bytes);
    case "error":
      return decodeError(bytes);
    case "clientHello":
      return decodeClientHello(bytes);
    case "serverHello":
      return decodeServerHello(bytes);
  }
}

/** A row of vectors.json. */
export type Vector = Sample & { name: string; hex: string };

/** The rows of vectors.json. What JSON lacks is `{"$number": "NaN"}` and `{"$hex": "00ff"}` there. */
export function readVectors(): Vector[] {
  const text = Deno.readTextFileSync(new URL("./vectors.json", import.meta.url));
  return JSON.parse(text, (_, v) => {
    if (typeof v !== "object" || v === null) return v;
    return "$number" in v ? Number(v.$number) : "$hex" in v ? fromHex(v.$hex) : v;
  });
}
