/**
 * Who is signed in: sessions behind a cookie that scripts cannot read and that other sites cannot send.
 *
 * The cookie holds a random token; its hash is what is kept, so whoever reads the store cannot sign in with it.
 */
import { createHash, randomBytes } from "node:crypto";
import { type Ctx, useCtx } from "@vango/core";
import { deleteSession, findSession, saveSession, type User } from "./store.ts";

export type { User } from "./store.ts";

const COOKIE = "session";
const DAYS = 30;

/** The user whose page it is; null when nobody is signed in. To be called in a component's setup. */
export function useUser(): User | null {
  return userOf(useCtx());
}

/** The user of a request or of a page's session, as it is now. */
export function userOf(ctx: Ctx): User | null {
  const token = ctx.cookies.get(COOKIE);
  return token === undefined ? null : findSession(hashToken(token), Date.now());
}

/** Signs a user in: an answer with the cookie, which leads to a page. */
export function signIn(ctx: Ctx, user: User, to: string): Response {
  const token = randomBytes(32).toString("base64url");
  const age = DAYS * 24 * 60 * 60;
  saveSession(hashToken(token), user, Date.now() + age * 1000);
  return redirectWith(ctx, to, token, age);
}

/** Signs out whoever it is: the session is gone, whatever the browser does with its cookie. */
export function signOut(ctx: Ctx, to: string): Response {
  const token = ctx.cookies.get(COOKIE);
  if (token !== undefined) deleteSession(hashToken(token));
  return redirectWith(ctx, to, "", 0);
}

/** A path of this application that a form asks to be led to, or else another one: never another site. */
export function localPath(path: unknown, otherwise: string): string {
  return typeof path === "string" && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : otherwise;
}

function redirectWith(ctx: Ctx, location: string, token: string, age: number): Response {
  const secure = ctx.url.protocol === "https:" ? "; Secure" : "";
  const cookie = `${COOKIE}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
  return new Response(null, {
    status: 303,
    headers: { location, "set-cookie": cookie, "cache-control": "no-store" },
  });
}

function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
