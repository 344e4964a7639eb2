/**
 * Owns sealed tokens: state that travels through the browser, which can neither read nor change it.
 *
 * AES-256-GCM, bound by its associated data to one browser (the binding cookie) and one purpose. A key is used by one
 * sealer alone: it is derived from the secret and the sealer's own random salt, so nonces are a plain counter and can
 * not collide, however many processes seal under one secret.
 *
 * ```
 * version 1 | salt 16 | counter 6 | sealed: flags 1, expiry 6 (ms), bytes, deflated or not | tag 16
 * ```
 *
 * Like all compression before encryption, the token's length tells something of its content: turn it off for state
 * that mixes secrets with what an attacker can put there.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { createCipheriv } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { VangoError } from "./errors.ts";
import { readEnv } from "./env.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { Logger } from "./log.ts";

/** For what and for whom something is sealed. Opening needs the same. */
export interface SealScope {
  /** What it is for: a token of one purpose does not open for another. */
  readonly purpose: string;
  /** The value of the binding cookie, or another string that only the rightful bearer's request has. */
  readonly binding: string;
}

/** What a token held. */
export interface Opened {
  /** The bytes that were sealed. */
  readonly bytes: Uint8Array;
  /** Names this token and no other: 30 characters, for a store's `claim`. */
  readonly id: string;
  /** When it expires: milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Seals and opens. */
export interface Sealer {
  /**
   * Seals bytes for `ttlMs` milliseconds (default: the sealer's). Adds 46 bytes to them, less what deflating saves.
   *
   * @throws {RangeError} When there are more bytes than the sealer's `maxBytes`.
   */
  seal(bytes: Uint8Array, scope: SealScope, ttlMs?: number): Promise<Uint8Array>;
  /** What was sealed; null when the token is not ours, is changed, expired, or of another scope. Never rejects. */
  open(token: Uint8Array, scope: SealScope): Promise<Opened | null>;
}

/** How a sealer works. */
export interface SealerOptions {
  /** How long a token is good for, in milliseconds. Default 24 h. */
  ttlMs?: number;
  /** Bytes that may be sealed at a time, and that a token may inflate to. Default 4 MiB. */
  maxBytes?: number;
  /** Whether to deflate what gets smaller by it. Default true. */
  compress?: boolean;
  /** Where the time comes from. Default: the machine. */
  clock?: Clock;
}

const VERSION = 1;
const SALT = 16;
const COUNTER = 6;
const HEAD = 1 + SALT + COUNTER;
const INNER_HEAD = 7;
const TAG = 16;
const DEFLATED = 1;
/** Below it deflating saves less than it costs. */
const MIN_DEFLATE = 128;
/** Derived keys that are kept; one for each process whose tokens come back. */
const MAX_KEYS = 64;
/** The shortest secret that is taken, in characters. */
const MIN_SECRET = 32;

/**
 * Makes a sealer.
 *
 * @param secrets The first seals, all open, so a secret can be replaced without losing what is under way.
 * @throws {RangeError} When there is no secret.
 *
 * @example
 * ```ts
 * import { createSealer } from "./seal.ts";
 *
 * const sealer = createSealer(["a secret of at least thirty-two characters"]);
 * const scope = { purpose: "snapshot", binding: "cookie" };
 * const token = await sealer.seal(new Uint8Array([1, 2, 3]), scope);
 * console.assert((await sealer.open(token, scope))?.bytes[2] === 3);
 * console.assert(await sealer.open(token, { ...scope, binding: "another" }) === null);
 * ```
 */
export function createSealer(secrets: readonly string[], options: SealerOptions = {}): Sealer {
  if (secrets.length === 0) throw coded("E190", new RangeError("Cannot make a sealer: no secret was given"));
  const { ttlMs = 86_400_000, maxBytes = 4 * 1024 * 1024, compress = true, clock = systemClock } = options;
  const keys = new KeyRing(secrets);
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  let counter = 0;
  let own: Promise<Key> | undefined;

  return {
    async seal(bytes, scope, ttl = ttlMs) {
      if (bytes.length > maxBytes) {
        throw coded("E107", new RangeError(`Cannot seal ${bytes.length} bytes: the limit is ${maxBytes}`));
      }
      const deflated = compress && bytes.length >= MIN_DEFLATE ? deflateRawSync(bytes) : bytes;
      const smaller = deflated.length < bytes.length;
      const body = smaller ? deflated : bytes;
      const inner = new Uint8Array(INNER_HEAD + body.length);
      inner[0] = smaller ? DEFLATED : 0;
      writeUint48(inner, 1, clock.now() + ttl);
      inner.set(body, INNER_HEAD);

      const head = new Uint8Array(HEAD);
      head[0] = VERSION;
      head.set(salt, 1);
      writeUint48(head, 1 + SALT, counter++);
      own ??= keys.derive(0, salt);
      return encrypt(await own, head, inner, scope);
    },

    async open(token, scope) {
      if (token.length < HEAD + INNER_HEAD + TAG || token[0] !== VERSION) return null;
      // Deflate never adds more than a few bytes per block to what it cannot shrink, and we keep the shorter.
      if (token.length > HEAD + INNER_HEAD + TAG + maxBytes) return null;
      const head = token.slice(0, HEAD);
      for (let index = 0; index < secrets.length; index++) {
        const inner = await decrypt(await keys.derive(index, head.slice(1, 1 + SALT)), head, token, scope);
        if (inner === null) continue;
        keys.keep(index, head.slice(1, 1 + SALT));
        const expiresAt = readUint48(inner, 1);
        if (expiresAt <= clock.now()) return null;
        const bytes = unpack(inner, maxBytes);
        const id = head.slice(1).toBase64({ alphabet: "base64url", omitPadding: true });
        return bytes === null ? null : { bytes, id, expiresAt };
      }
      return null;
    },
  };
}

/**
 * The secrets of a server: the given ones, else VANGO_SECRET (several, newest first, with spaces between), else a
 * random one and a warning that says what a restart loses.
 *
 * @throws {VangoError} When one is shorter than 32 characters.
 */
export function loadSecrets(
  given: string | readonly string[] | undefined,
  logger: Logger,
): readonly string[] {
  const env = readEnv("VANGO_SECRET")?.split(/\s+/).filter((one) => one !== "");
  const secrets = typeof given === "string" ? [given] : given ?? env ?? [];
  for (const secret of secrets) {
    if (secret.length >= MIN_SECRET) continue;
    throw new VangoError(
      "secret",
      `Cannot use a secret of ${secret.length} characters: ${MIN_SECRET} are needed`,
      {
        hint: 'Make one: deno eval "console.log(crypto.getRandomValues(new Uint8Array(32)).toBase64())".',
      },
    );
  }
  if (secrets.length > 0) return secrets;
  logger.once("secret").warn(
    "No secret is set, so this process made its own. After a restart, and on other machines, open pages load anew " +
      "and forms that were sent without JavaScript are refused. Set VANGO_SECRET, and allow reading it " +
      "(--allow-env=VANGO_SECRET), or pass the option `secret`.",
  );
  return [crypto.getRandomValues(new Uint8Array(32)).toBase64()];
}

/** A key of AES-256: for sealing at once, and for what another thread does. */
interface Key {
  readonly raw: Uint8Array<ArrayBuffer>;
  readonly apart: CryptoKey;
}

/** Keys by secret and salt. Only salts that have opened something are kept, so strangers cannot push those out. */
class KeyRing {
  readonly #masters: Promise<CryptoKey>[] = [];
  readonly #secrets: readonly string[];
  readonly #kept = new Map<string, Promise<Key>>();
  #latest: { name: string; key: Promise<Key> } | undefined;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  derive(index: number, salt: Uint8Array<ArrayBuffer>): Promise<Key> {
    const name = `${index} ${salt.toHex()}`;
    const kept = this.#kept.get(name);
    if (kept !== undefined) return kept;
    if (this.#latest?.name === name) return this.#latest.key;
    const key = this.#derive(index, salt);
    this.#latest = { name, key };
    return key;
  }

  keep(index: number, salt: Uint8Array<ArrayBuffer>): void {
    const name = `${index} ${salt.toHex()}`;
    const key = this.derive(index, salt);
    this.#kept.delete(name);
    this.#kept.set(name, key);
    if (this.#kept.size > MAX_KEYS) this.#kept.delete(this.#kept.keys().next().value ?? "");
  }

  async #derive(index: number, salt: Uint8Array<ArrayBuffer>): Promise<Key> {
    this.#masters[index] ??= crypto.subtle.importKey(
      "raw",
      new TextEncoder().encode(this.#secrets[index]),
      "HKDF",
      false,
      ["deriveBits"],
    );
    const info = new TextEncoder().encode("vango seal v1");
    const parameters = { name: "HKDF", hash: "SHA-256", salt, info };
    const raw = new Uint8Array(await crypto.subtle.deriveBits(parameters, await this.#masters[index], 256));
    return {
      raw,
      apart: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]),
    };
  }
}

function parameters(head: Uint8Array, scope: SealScope) {
  const iv = new Uint8Array(12);
  iv.set(head.subarray(1 + SALT), 6);
  // JSON keeps the parts apart, whatever they hold.
  const about = new TextEncoder().encode(JSON.stringify([scope.purpose, scope.binding]));
  const additionalData = new Uint8Array(HEAD + about.length);
  additionalData.set(head);
  additionalData.set(about, HEAD);
  return { name: "AES-GCM", iv, additionalData };
}

/** Up to this many bytes are sealed at once: to hand them to another thread and back takes twice the time. */
const AT_ONCE = 16 * 1024;

async function encrypt(
  key: Key,
  head: Uint8Array,
  inner: Uint8Array<ArrayBuffer>,
  scope: SealScope,
): Promise<Uint8Array> {
  const token = new Uint8Array(HEAD + inner.length + TAG);
  token.set(head);
  const { name, iv, additionalData } = parameters(head, scope);
  if (inner.length > AT_ONCE) {
    const sealed = await crypto.subtle.encrypt({ name, iv, additionalData }, key.apart, inner);
    token.set(new Uint8Array(sealed), HEAD);
    return token;
  }
  const cipher = createCipheriv("aes-256-gcm", key.raw, iv);
  cipher.setAAD(additionalData);
  token.set(cipher.update(inner), HEAD);
  cipher.final();
  token.set(cipher.getAuthTag(), HEAD + inner.length);
  return token;
}

/** Never at once: a token may be a stranger's, and long. */
async function decrypt(
  key: Key,
  head: Uint8Array,
  token: Uint8Array,
  scope: SealScope,
): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(
      await crypto.subtle.decrypt(parameters(head, scope), key.apart, token.slice(HEAD)),
    );
  } catch {
    // That the tag does not fit is the answer, not a failure.
    return null;
  }
}

function unpack(inner: Uint8Array, maxBytes: number): Uint8Array | null {
  const body = inner.subarray(INNER_HEAD);
  if ((inner[0] & DEFLATED) === 0) return body;
  try {
    const bytes = inflateRawSync(body, { maxOutputLength: maxBytes });
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch {
    // Sealed by a process with a larger `maxBytes`.
    return null;
  }
}

function writeUint48(bytes: Uint8Array, at: number, value: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 6);
  view.setUint16(0, Math.floor(value / 2 ** 32));
  view.setUint32(2, value % 2 ** 32);
}

function readUint48(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 6);
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2);
}
