/**
 * Making an account and checking a password: what is wrong is one word, for the page that shows it.
 */
import { badRequest, HttpError } from "@vango/core";
import { hashPassword, verifyPassword } from "./password.ts";
import { addUser, findUser, type User } from "./store.ts";

/** What can be wrong, and how it is told. */
export const PROBLEMS = {
  email: "Please enter an email address.",
  password: "Please choose a password of 10 to 200 characters.",
  taken: "There is an account with this address already. Sign in instead?",
  credentials: "The address or the password is wrong.",
  attempts: "Too many attempts. Please wait some minutes.",
} as const;

/** One of them. */
export type Problem = keyof typeof PROBLEMS;

const MAX_ATTEMPTS = 10;
const WINDOW_MS = 15 * 60 * 1000;
const attempts = new Map<string, { count: number; until: number }>();

/** What a form of sign-in or sign-up holds; a field that is not there, or is a file, is empty. */
export async function readCredentials(
  request: Request,
): Promise<{ email: string; password: string; next: string }> {
  const form = await request.formData().catch((cause) => {
    throw cause instanceof HttpError ? cause : badRequest("Expected a form", { cause });
  });
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  return { email: text("email"), password: text("password"), next: text("next") };
}

/** Makes an account. */
export async function createAccount(email: string, password: string): Promise<User | Problem> {
  const address = email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) || address.length > 254) return "email";
  if (password.length < 10 || password.length > 200) return "password";
  const user = { id: crypto.randomUUID(), email: address };
  return addUser(user, await hashPassword(password)) ? user : "taken";
}

/** Finds the account of an address and its password. */
export async function checkAccount(email: string, password: string): Promise<User | Problem> {
  const address = email.trim().toLowerCase().slice(0, 254);
  if (tooMany(address)) return "attempts";
  const found = findUser(address);
  const right = await verifyPassword(password.slice(0, 200), found?.password ?? null);
  if (found === null || !right || password.length > 200) return "credentials";
  attempts.delete(address);
  return found.user;
}

/** Counts an attempt; guessing a password takes more than there are in a quarter of an hour. */
function tooMany(address: string): boolean {
  const now = Date.now();
  for (const [key, { until }] of attempts) if (until <= now) attempts.delete(key);
  const entry = attempts.get(address) ?? { count: 0, until: now + WINDOW_MS };
  attempts.set(address, entry);
  return ++entry.count > MAX_ATTEMPTS;
}
