/**
 * What the first script lends to the second, so that it is not there twice.
 *
 * @module
 */
import { buildNodes, setAttr, setEvents } from "./build.ts";
import { handlersOf } from "./events.ts";
import { firstNode, forget, isOpaque, number, numberOf, range, walk } from "./nodes.ts";
import { put, readNodes } from "./patches.ts";
import { drop, push } from "./queue.ts";
import { loadRare } from "./socket.ts";
import { MOUSE, putMembers } from "./values.ts";
import { putText } from "./wire.ts";

/** The functions. */
export const CORE = {
  buildNodes,
  drop,
  firstNode,
  forget,
  handlersOf,
  isOpaque,
  loadRare,
  MOUSE,
  number,
  numberOf,
  push,
  put,
  putMembers,
  putText,
  range,
  readNodes,
  setAttr,
  setEvents,
  walk,
} as const;

/** What the second script gets. */
export type Core = typeof CORE;
