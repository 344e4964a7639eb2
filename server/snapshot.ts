/**
 * A session's snapshot: everything that is needed to go on elsewhere, as one small value (decision D4).
 *
 * @module
 */
import { decodeState, encodeState, StateError } from "../core/mod.ts";
import type { PageState } from "../runtime/snapshot.ts";

/** What a snapshot holds. */
export interface Snapshot {
  /** The build that made it; another build restores named signals only. */
  build: string;
  /** The session's id. */
  session: string;
  /** The page's URL: path and query. */
  url: string;
  /** The number of the last frame that the state includes. */
  seq: number;
  /** The last client event that the state includes. */
  received: number;
  /** A hash of the tree's HTML, numbers left out. */
  hash: string;
  /** The keyed signals by path. */
  state: PageState;
}

const VERSION = 1;

/**
 * Encodes a snapshot. Values that cannot be kept are left out, and `onRefused` is told of each.
 */
export function encodeSnapshot(snapshot: Snapshot, onRefused: (message: string) => void): Uint8Array {
  const { build, session, url, seq, received, hash, state } = snapshot;
  const wrap = (kept: PageState) => encodeState([VERSION, build, session, url, seq, received, hash, kept]);
  try {
    return wrap(state);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
  }
  const kept: PageState = new Map();
  for (const [path, values] of state) {
    const good = new Map<string, unknown>();
    for (const [key, value] of values) {
      try {
        encodeState(value);
        good.set(key, value);
      } catch (error) {
        if (!(error instanceof StateError)) throw error;
        onRefused(`Cannot keep the signal ${JSON.stringify(key)} at ${path}: ${error.message}`);
      }
    }
    kept.set(path, good);
  }
  return wrap(kept);
}

/** Decodes a snapshot; null when the bytes are none of ours. A snapshot of another build keeps named keys only. */
export function decodeSnapshot(bytes: Uint8Array, build: string): Snapshot | null {
  let value: unknown;
  try {
    value = decodeState(bytes);
  } catch (error) {
    if (error instanceof StateError) return null;
    throw error;
  }
  if (!Array.isArray(value) || value.length !== 8 || value[0] !== VERSION) return null;
  const [, made, session, url, seq, received, hash, state] = value;
  if (typeof made !== "string" || typeof session !== "string" || typeof url !== "string") return null;
  if (typeof seq !== "number" || typeof received !== "number" || typeof hash !== "string") return null;
  if (!(state instanceof Map)) return null;
  const kept: PageState = new Map();
  for (const [path, values] of state) {
    if (typeof path !== "string" || !(values instanceof Map)) return null;
    const good = new Map<string, unknown>();
    for (const [key, v] of values) {
      if (typeof key !== "string") return null;
      // Ordinals mean something within one build only.
      if (made === build || !key.startsWith("#")) good.set(key, v);
    }
    kept.set(path, good);
  }
  return { build: made, session, url, seq, received, hash, state: kept };
}
