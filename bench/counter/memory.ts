/**
 * What does an idle counter session hold, byte by byte? Two heap snapshots of one server, with few and with many sessions:
 * what the second has more, by what holds it, divided by the sessions between them. The sum is set beside the slope of the
 * heap in use, which V8 counts in another way.
 *
 *     deno run -A bench/counter/memory.ts [--few=1000] [--many=5000] [--clicks=0]
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { type GroupOf, type GroupSize, REST, sizesByGroup } from "./heap_snapshot.ts";
import type { HeapResult, ServerName } from "./load.ts";
import { measure } from "./measure.ts";

const SOCKET = "the WebSocket: Deno's objects, the loop that reads it, listeners";
const ASYNC = "the async context of its loop, from its first event on";
const CLOSURES = "the component's own functions and variables";

/** Our classes, by what a reader wants to know of them. */
const GROUPS: Readonly<Record<string, string>> = {
  VNode: "the tree: nodes, their lists, props and texts",
  HelperSignal: "the signal, and its link to who follows it",
  TextBinding: "the binding of the text that shows it",
  AttrBinding: "the binding of the text that shows it",
  MarkingEffect: "the binding of the text that shows it",
  Instance: "the component's instance",
  PageRoot: "the page's root: its error boundary",
  Runtime: "runtime and live tree",
  Tree: "runtime and live tree",
  NodeTable: "runtime and live tree",
  Work: "runtime and live tree",
  Told: "runtime and live tree",
  Session: "session: itself, id, keys",
  Ctx: "context: request, document",
  Mailbox: "mailbox",
  Settling: "mailbox",
  Outbox: "outbox",
  SocketConnection: "connection: between WebSocket and session",
  Sessions: "places in registries",
  Parked: "places in registries",
  Heartbeat: "places in registries",
  Keeper: "places in registries",
  SocketServer: "places in registries",
  Admission: "places in registries",
  KeyedCounter: "places in registries",
  WebSocket: SOCKET,
  Generator: SOCKET,
  Promise: SOCKET,
  MessageEvent: SOCKET,
  "system / PromiseReaction": SOCKET,
};

const TREE = new Set([GROUPS.VNode, GROUPS.Instance, GROUPS.PageRoot]);

const groupOf: GroupOf = ({ name, type, edge, holder, group }) => {
  // A weak map's table, which is that of AsyncLocalStorage, and the mapping that a promise's reaction keeps.
  if (name === "WeakMap" && type === "object") return ASYNC;
  if (holder === "system / PromiseReaction" && name === "Object" && type === "object") return ASYNC;
  if (type === "closure" && TREE.has(group)) return CLOSURES;
  if (type === "code" || type === "object shape") return REST;
  if (holder === "Sessions" && edge === "#byId") return GROUPS.Sessions;
  return type === "object" || type === "native" ? GROUPS[name] ?? null : null;
};

/** Bytes and objects of one session, by group. */
async function ofOneSession(server: ServerName, order: { few: number; many: number; clicks: number }) {
  const { files, heap } = await measure<HeapResult>(server, { mode: "heap", ...order });
  const [few, many] = [await sizesByGroup(files[0], groupOf), await sizesByGroup(files[1], groupOf)];
  for (const file of files) await Deno.remove(file);
  const groups = new Map<string, GroupSize>();
  const sessions = order.many - order.few;
  for (const [group, { bytes, count }] of many) {
    const before = few.get(group) ?? { bytes: 0, count: 0 };
    groups.set(group, { bytes: (bytes - before.bytes) / sessions, count: (count - before.count) / sessions });
  }
  return { groups, heap };
}

if (import.meta.main) {
  const flags = parseArgs(Deno.args, { string: ["few", "many", "clicks"] });
  const order = {
    few: Number(flags.few ?? 1000),
    many: Number(flags.many ?? 5000),
    clicks: Number(flags.clicks ?? 0),
  };
  const vango = await ofOneSession("vango", order);
  const bare = await ofOneSession("bare", order);
  const cell = (size: GroupSize | undefined) =>
    size === undefined || Math.round(size.bytes) === 0
      ? " | "
      : `${size.bytes.toFixed()} | ${size.count.toFixed(1)}`;
  const names = [...vango.groups.keys()]
    .filter((name) => Math.abs(vango.groups.get(name)!.bytes) >= 1)
    .sort((a, b) => vango.groups.get(b)!.bytes - vango.groups.get(a)!.bytes);
  console.log(
    "| bytes of heap of one session | Vango | objects | by hand | objects |\n|---|---|---|---|---|",
  );
  for (const name of names) {
    console.log(`| ${name} | ${cell(vango.groups.get(name))} | ${cell(bare.groups.get(name))} |`);
  }
  const sum = ({ groups }: typeof vango): GroupSize =>
    [...groups.values()].reduce((a, b) => ({ bytes: a.bytes + b.bytes, count: a.count + b.count }));
  console.log(`| **sum** | ${cell(sum(vango))} | ${cell(sum(bare))} |`);
  console.log(`| slope of the heap in use | ${vango.heap.toFixed()} | | ${bare.heap.toFixed()} | |`);
  const share = sum(vango).bytes / vango.heap;
  console.log(
    `\n${order.few} to ${order.many} sessions, ${order.clicks} clicks each; the sum is ${
      share.toFixed(2)
    } of the slope`,
  );
}
