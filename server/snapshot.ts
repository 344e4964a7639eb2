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
 * Encodes a snapshot. Each value is encoded by itself, so that two signals may share an object; values that cannot be kept
 * are left out, and `onRefused` is told of each.
 */
export function encodeSnapshot(snapshot: Snapshot, onRefused: (message: string) => void): Uint8Array {
  const { build, session, url, seq, received, hash, state } = snapshot;
  const kept: Map<string, Map<string, Uint8Array>> = new Map();
  for (const [path, values] of state) {
    const good = new Map<string, Uint8Array>();
    for (const [key, value] of values) {
      try {
        good.set(key, encodeState(value));
      } catch (error) {
        if (!(error instanceof StateError)) throw error;
        onRefused(`Cannot keep the signal ${JSON.stringify(key)} at ${path}: ${error.message}`);
      }
    }
    kept.set(path, good);
  }
  return encodeState([VERSION, build, session, url, seq, received, hash, kept]);
}

/** Decodes a snapshot; null when the bytes are none of ours. A snapshot of another build keeps named keys only. */
export function decodeSnapshot(bytes: Uint8Array, build: string): Snapshot | null {
  try {
    return readSnapshot(decodeState(bytes), build);
  } catch (error) {
    if (error instanceof StateError) return null;
    throw error;
  }
}

function readSnapshot(value: unknown, build: string): Snapshot | null {
  if (!Array.isArray(value) || value.length !== 8 || value[0] !== VERSION) return null;
  const [, made, session, url, seq, received, hash, state] = value;
  if (typeof made !== "string" || typeof session !== "string" || typeof url !== "string") return null;
  if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(received) || typeof hash !== "string") return null;
  if (!(state instanceof Map)) return null;
  const kept: PageState = new Map();
  for (const [path, values] of state) {
    if (typeof path !== "string" || !(values instanceof Map)) return null;
    const good = new Map<string, unknown>();
    for (const [key, v] of values) {
      if (typeof key !== "string" || !(v instanceof Uint8Array)) return null;
      // Ordinals mean something within one build only.
      if (made === build || !key.startsWith("#")) good.set(key, decodeState(v));
    }
    kept.set(path, good);
  }
  return { build: made, session, url, seq, received, hash, state: kept };
}
