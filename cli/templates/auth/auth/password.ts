/**
 * Passwords as hashes that take long to try (scrypt), and a comparison that takes the same time for any of them.
 */
import { Buffer } from "node:buffer";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** 32 MiB and some 80 ms for each try. Raise N when machines get faster: hashes say what they were made with. */
const COST = { N: 2 ** 15, r: 8, p: 1 };
const MAX_MEMORY = 128 * 1024 * 1024;
const LENGTH = 32;

/** The hash of a password: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ["scrypt", N, r, p, salt.toString("base64"), key.toString("base64")].join("$");
}

/** Whether a password is that of a hash. Without a hash it takes as long, so that nobody learns who has an account. */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt, key] = (hash ?? NOBODY).split("$");
  const wanted = Buffer.from(key, "base64");
  const found = await derive(password, Buffer.from(salt, "base64"), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(found, wanted) && hash !== null;
}

const NOBODY = ["scrypt", COST.N, COST.r, COST.p, "A".repeat(22) + "==", "A".repeat(43) + "="].join(
  "$",
);

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  // The same characters typed on another keyboard are the same password (RFC 8265).
  const text = password.normalize("NFC");
  return new Promise((resolve, reject) =>
    scrypt(
      text,
      salt,
      LENGTH,
      { ...cost, maxmem: MAX_MEMORY },
      (error, key) => error ? reject(error) : resolve(key),
    )
  );
}
