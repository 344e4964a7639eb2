/** @module */
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { VangoError } from "../../server/errors.ts";
import { createLogger, type LogRecord, silentLogger } from "../../server/log.ts";
import { createSealer, loadSecrets } from "../../server/seal.ts";
import { FakeClock } from "./fake_clock.ts";

const SECRET = "a secret of at least thirty-two characters";
const OTHER = "another secret of thirty-two characters, too";
const SCOPE = { purpose: "snapshot", binding: "cookie" };
const DATA = new TextEncoder().encode("the state of a page");

async function opened(token: Uint8Array, secrets = [SECRET], scope = SCOPE): Promise<string | null> {
  const found = await createSealer(secrets).open(token, scope);
  return found === null ? null : new TextDecoder().decode(found.bytes);
}

Deno.test("createSealer() refuses to work without a secret", () => {
  assertThrows(() => createSealer([]), RangeError);
});

Deno.test("sealer.open() gives null for a token of any length that is cut short", async () => {
  const token = await createSealer([SECRET]).seal(DATA, SCOPE);
  for (let length = 0; length < token.length; length++) {
    assertEquals(await opened(token.slice(0, length)), null, `at ${length}`);
  }
});

Deno.test("sealer.open() gives null for a token with any one byte changed", async () => {
  const sealer = createSealer([SECRET]);
  const token = await sealer.seal(DATA, SCOPE);
  for (let at = 0; at < token.length; at++) {
    const changed = token.slice();
    changed[at] ^= 1;
    assertEquals(await sealer.open(changed, SCOPE), null, `at ${at}`);
  }
  assertEquals(await sealer.open(new Uint8Array([...token, 0]), SCOPE), null);
});

Deno.test("sealer.open() gives null for random bytes", async () => {
  for (const length of [0, 1, 45, 46, 64, 4096]) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    bytes[0] = 1;
    assertEquals(await opened(bytes), null);
  }
});

Deno.test("sealer.open() gives null for another browser, purpose or secret", async () => {
  const token = await createSealer([SECRET]).seal(DATA, SCOPE);
  assertEquals(await opened(token, [SECRET], { ...SCOPE, binding: "other" }), null);
  assertEquals(await opened(token, [SECRET], { ...SCOPE, purpose: "form" }), null);
  assertEquals(await opened(token, [SECRET], { purpose: 'snapshot","', binding: "cookie" }), null);
  assertEquals(await opened(token, [OTHER]), null);
});

Deno.test("sealer.open() gives null from the moment of expiry on", async () => {
  const clock = new FakeClock();
  const sealer = createSealer([SECRET], { ttlMs: 1000, clock });
  const token = await sealer.seal(DATA, SCOPE);
  const short = await sealer.seal(DATA, SCOPE, 10);
  clock.advance(10);
  assertEquals(await sealer.open(short, SCOPE), null);
  assertEquals((await sealer.open(token, SCOPE))?.expiresAt, 1_700_000_001_000);
  clock.advance(990);
  assertEquals(await sealer.open(token, SCOPE), null);
});

Deno.test("sealer.open() gives null for what inflates past the limit, without inflating it", async () => {
  const token = await createSealer([SECRET]).seal(new Uint8Array(1_000_000), SCOPE);
  assert(token.length < 2_000, `${token.length} bytes`);
  assertEquals(await createSealer([SECRET], { maxBytes: 10_000 }).open(token, SCOPE), null);
  assertEquals(
    await createSealer([SECRET], { maxBytes: 100 }).open(new Uint8Array(5_000).fill(1), SCOPE),
    null,
  );
});

Deno.test("sealer.seal() refuses more than its limit", async () => {
  await assertRejects(
    () => createSealer([SECRET], { maxBytes: 3 }).seal(DATA, SCOPE),
    RangeError,
    "19 bytes",
  );
});

Deno.test("sealer.open() gives what was sealed, in another process too", async () => {
  assertEquals(await opened(await createSealer([SECRET]).seal(DATA, SCOPE)), "the state of a page");
  assertEquals(await opened(await createSealer([SECRET]).seal(new Uint8Array(0), SCOPE)), "");
});

Deno.test("sealer.seal() takes what is just at the limit, whether it deflates or not", async () => {
  const sealer = createSealer([SECRET], { maxBytes: 1000 });
  for (const bytes of [new Uint8Array(1000), crypto.getRandomValues(new Uint8Array(1000))]) {
    assertEquals((await sealer.open(await sealer.seal(bytes, SCOPE), SCOPE))?.bytes, bytes);
  }
});

Deno.test("sealer.seal() deflates what gets smaller, and only where it may", async () => {
  const text = new TextEncoder().encode("repeat ".repeat(100));
  assert((await createSealer([SECRET]).seal(text, SCOPE)).length < 100);
  assertEquals(
    (await createSealer([SECRET], { compress: false }).seal(text, SCOPE)).length,
    text.length + 46,
  );
  const noise = crypto.getRandomValues(new Uint8Array(500));
  assertEquals((await createSealer([SECRET]).seal(noise, SCOPE)).length, 546);
});

Deno.test("sealer.seal() gives a new token and id each time", async () => {
  const sealer = createSealer([SECRET]);
  const tokens = await Promise.all([1, 2, 3].map(() => sealer.seal(DATA, SCOPE)));
  const ids = await Promise.all(tokens.map(async (token) => (await sealer.open(token, SCOPE))?.id));
  assertEquals(new Set(ids).size, 3);
  assert(ids.every((id) => id?.length === 30));
  assertNotEquals(tokens[0].slice(-20), tokens[1].slice(-20));
  assertEquals((await createSealer([SECRET]).open(tokens[0], SCOPE))?.id, ids[0]);
});

Deno.test("sealer.open() opens tokens of an old secret until it is removed", async () => {
  const old = await createSealer([OTHER]).seal(DATA, SCOPE);
  assertEquals(await opened(old, [SECRET, OTHER]), "the state of a page");
  assertEquals(await opened(old, [SECRET]), null);
  assertEquals(
    await opened(await createSealer([SECRET, OTHER]).seal(DATA, SCOPE), [SECRET]),
    "the state of a page",
  );
});

Deno.test("sealer.open() opens tokens of more processes than it keeps keys for", async () => {
  const tokens = await Promise.all(
    Array.from({ length: 80 }, () => createSealer([SECRET]).seal(DATA, SCOPE)),
  );
  const sealer = createSealer([SECRET]);
  for (const token of [...tokens, ...tokens]) assert(await sealer.open(token, SCOPE) !== null);
  assert(await sealer.open(await sealer.seal(DATA, SCOPE), SCOPE) !== null);
});

Deno.test("loadSecrets() refuses short secrets, and does not print them", () => {
  const error = assertThrows(() => loadSecrets("hunter2", silentLogger), VangoError, "7 characters");
  assertEquals(error.message.includes("hunter2"), false);
  assertThrows(() => loadSecrets([SECRET, ""], silentLogger), VangoError);
});

Deno.test("loadSecrets() takes the option, else the environment, several with spaces between", () => {
  Deno.env.set("VANGO_SECRET", `${SECRET.replaceAll(" ", "-")} ${OTHER.replaceAll(" ", "-")}`);
  try {
    assertEquals(loadSecrets(SECRET, silentLogger), [SECRET]);
    assertEquals(loadSecrets([OTHER, SECRET], silentLogger), [OTHER, SECRET]);
    assertEquals(loadSecrets(undefined, silentLogger).length, 2);
  } finally {
    Deno.env.delete("VANGO_SECRET");
  }
});

Deno.test("loadSecrets() makes its own when none is set, and warns once what that loses", {
  permissions: "none",
}, () => {
  const records: LogRecord[] = [];
  const logger = createLogger({ level: "info", sink: (record) => records.push(record) });
  const [first] = loadSecrets(undefined, logger);
  const [second] = loadSecrets(undefined, logger.child({ a: 1 }));
  assertEquals(first.length, 44);
  assertNotEquals(first, second);
  assertEquals(records.map((record) => record.level), ["warn"]);
  assertStringIncludes(records[0].message, "After a restart");
});

Deno.test("what is sealed at once opens as what another thread sealed, whatever its length", async () => {
  const sealer = createSealer(["a secret of at least thirty-two characters"], { compress: false });
  const scope = { purpose: "snapshot", binding: "cookie" };
  for (const length of [0, 1, 15, 16, 17, 16_376, 16_377, 16_378, 40_000]) {
    const bytes = new Uint8Array(length).map((_, i) => i * 7);
    const token = await sealer.seal(bytes, scope);
    assertEquals(token.length, length + 46);
    assertEquals((await sealer.open(token, scope))?.bytes, bytes);
    token[token.length - 1] ^= 1;
    assertEquals(await sealer.open(token, scope), null);
  }
});

Deno.test("a sealed token is HKDF and AES-GCM as anyone makes them", async () => {
  const secret = "a secret of at least thirty-two characters";
  const scope = { purpose: "snapshot", binding: "cookie" };
  const text = new TextEncoder();
  const head = new Uint8Array(23).map((_, i) => i * 11);
  head[0] = 1;
  const master = await crypto.subtle.importKey("raw", text.encode(secret), "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: head.slice(1, 17), info: text.encode("vango seal v1") },
    master,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const expiry = new DataView(new ArrayBuffer(8));
  expiry.setBigUint64(0, BigInt(Date.now() + 60_000));
  const inner = new Uint8Array([0, ...new Uint8Array(expiry.buffer).slice(2), 1, 2, 3]);
  const iv = new Uint8Array([0, 0, 0, 0, 0, 0, ...head.slice(17)]);
  const additionalData = new Uint8Array([
    ...head,
    ...text.encode(JSON.stringify([scope.purpose, scope.binding])),
  ]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, inner);
  const token = new Uint8Array([...head, ...new Uint8Array(sealed)]);
  assertEquals((await createSealer([secret]).open(token, scope))?.bytes, new Uint8Array([1, 2, 3]));
});
