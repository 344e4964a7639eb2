/**
 * Wrong frames from right ones, in two ways: a value of the frame is changed and encoded again, so that the rest of the frame is
 * right and the decoder gets far; and bytes are changed, where numbers begin or anywhere.
 *
 * @module
 */
import { encodeSample, type Sample } from "../../tests/protocol/support.ts";
import type { Random } from "./random.ts";

/** Frames to begin with. */
export interface Corpus {
  /** Frames by their meaning. */
  readonly samples: readonly Sample[];
  /** The same frames as bytes. */
  readonly frames: readonly Uint8Array[];
}

/** Numbers at which something may change: lengths of varints, bounds of integers, limits of the decoder. */
const NUMBERS = [
  ...[0, 1, 2, 63, 64, 127, 128, 255, 16_383, 16_384, 100_000, 100_001, 2 ** 20, 2 ** 31, 2 ** 32],
  ...[2 ** 49, 2 ** 52, 2 ** 53 - 1, 2 ** 53, -1, -64, -(2 ** 52), 0.5, NaN, Infinity],
];
const TEXTS = [
  ...[
    "",
    "a",
    "__proto__",
    "constructor",
    "\0",
    "\ufeff",
    "\u{1F600}",
    "\ud800",
    "on",
    "onclick",
    "href",
    "class",
  ],
  ...[
    "javascript:alert(1)",
    "<script>",
    "]]>",
    "data-hid",
    "style",
    "svg",
    "script",
    "x-y",
    "vango",
    "r",
    "/r",
  ],
];
const BYTES = [0, 1, 2, 3, 5, 0x10, 0x20, 0x3f, 0x40, 0x7f, 0x80, 0x81, 0xc0, 0xed, 0xf4, 0xff];
/** The largest frame that is made. */
const MAX_FRAME = 4096;

/** A frame of the corpus, changed as often as not in its meaning, and in its bytes. */
export function wrongFrame(random: Random, corpus: Corpus): Uint8Array<ArrayBuffer> {
  if (random.chance(0.02)) return randomBytes(random, random.int(random.chance(0.1) ? MAX_FRAME : 24));
  return mutateSample(random, random.pick(corpus.samples), corpus);
}

/** A frame whose meaning or bytes are changed. */
export function mutateSample(random: Random, sample: Sample, corpus: Corpus): Uint8Array<ArrayBuffer> {
  let changed = sample;
  for (let n = random.int(3); n > 0; n--) {
    changed = { ...changed, value: mutateValue(random, changed.value) } as Sample;
  }
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = encodeSample(changed);
  } catch {
    // No frame can mean that: the bytes are changed instead.
    bytes = mutateBytes(random, encodeSample(sample), corpus);
  }
  for (let n = random.int(4); n > 0; n--) bytes = mutateBytes(random, bytes, corpus);
  return bytes;
}

/** A copy of a value with one thing in it changed. */
export function mutateValue(random: Random, value: unknown): unknown {
  if (typeof value === "number") {
    return random.chance(0.5) ? random.pick(NUMBERS) : value + random.int(5) - 2;
  }
  if (typeof value === "boolean") return !value;
  if (typeof value === "string") return mutateText(random, value);
  if (value instanceof Uint8Array) return randomBytes(random, random.int(64));
  if (Array.isArray(value)) return mutateList(random, value);
  if (typeof value === "object" && value !== null) {
    const keys = Object.keys(value);
    if (keys.length === 0) return value;
    const key = random.pick(keys);
    return { ...value, [key]: mutateValue(random, (value as Record<string, unknown>)[key]) };
  }
  return random.pick([null, 0, "", []]);
}

function mutateText(random: Random, text: string): string {
  switch (random.int(5)) {
    case 0:
      return random.pick(TEXTS);
    case 1:
      return text + random.pick(TEXTS);
    case 2:
      return text.slice(0, random.int(text.length + 1));
    case 3:
      return text.repeat(1 + random.int(20));
    default:
      return String.fromCharCode(...Array.from({ length: random.int(50) }, () => random.int(0x10000)));
  }
}

function mutateList(random: Random, list: readonly unknown[]): unknown[] {
  if (list.length === 0) return [];
  const at = random.int(list.length);
  switch (random.int(5)) {
    case 0:
      return list.toSpliced(at, 1);
    case 1:
      return list.toSpliced(at, 0, list[at]);
    case 2:
      return [...list, ...list.slice(0, 30)];
    case 3:
      return list.toSpliced(at, 1, random.pick(list));
    default:
      return list.with(at, mutateValue(random, list[at]));
  }
}

/** A copy of bytes with one change. */
export function mutateBytes(random: Random, bytes: Uint8Array, corpus: Corpus): Uint8Array<ArrayBuffer> {
  const out = [...bytes.subarray(0, MAX_FRAME)];
  const at = random.int(out.length + 1);
  switch (random.int(10)) {
    case 0:
      if (at < out.length) out[at] ^= 1 << random.int(8);
      break;
    case 1:
      if (at < out.length) out[at] = random.pick(BYTES);
      break;
    case 2:
      out.splice(at, 1 + random.int(4));
      break;
    case 3:
      out.splice(at, 0, ...randomBytes(random, 1 + random.int(4)));
      break;
    case 4:
      out.length = at;
      break;
    case 5: {
      // A part of the frame again.
      const part = out.slice(at, at + random.int(40));
      out.splice(random.int(out.length + 1), 0, ...part);
      break;
    }
    case 6: {
      // The rest of another frame.
      const other = random.pick(corpus.frames);
      out.splice(at, out.length, ...other.subarray(random.int(other.length + 1)));
      break;
    }
    case 7:
    case 8: {
      // Another number in the place of one: behind a byte that ends a number, one begins.
      let start = at;
      while (start > 0 && start < out.length && out[start - 1] > 127) start--;
      let end = start;
      while (end < out.length && out[end] > 127) end++;
      out.splice(start, end + 1 - start, ...varint(random));
      break;
    }
    default:
      // Another type or other flags.
      if (out.length > 0) out[0] = random.chance(0.5) ? random.int(256) : out[0] & 15 | random.int(16) << 4;
  }
  return Uint8Array.from(out);
}

/** A number in as many bytes as it needs, or in more, or without an end. */
function varint(random: Random): number[] {
  const out: number[] = [];
  let n = Math.max(0, Math.floor(random.pick(NUMBERS)) || 0);
  if (n === Infinity) return new Array(12).fill(0x80 | random.int(128));
  for (; n > 127; n = Math.floor(n / 128)) out.push(n % 128 | 128);
  out.push(random.chance(0.05) ? n | 128 : n);
  if (random.chance(0.05)) out.push(0);
  return out;
}

function randomBytes(random: Random, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, () => random.int(256));
}
