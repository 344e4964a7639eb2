/**
 * Where accounts and sessions are kept: in the database.
 */
import { database } from "../db/client.ts";

/** Who has an account. */
export interface User {
  readonly id: string;
  readonly email: string;
}

/** Adds a user; false when the address is taken. */
export function addUser(user: User, password: string): boolean {
  const { changes } = database()
    .prepare("INSERT INTO users (id, email, password) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
    .run(user.id, user.email, password);
  return changes === 1;
}

/** The user of an address, and the hash of the password. */
export function findUser(email: string): { user: User; password: string } | null {
  const row = database().prepare("SELECT id, email, password FROM users WHERE email = ?").get(
    email,
  ) as
    | { id: string; email: string; password: string }
    | undefined;
  return row === undefined
    ? null
    : { user: { id: row.id, email: row.email }, password: row.password };
}

/** Keeps a session by the hash of its token. Those that are over go. */
export function saveSession(hash: string, user: User, expires: number): void {
  database().prepare("DELETE FROM sessions WHERE expires <= ?").run(Date.now());
  database().prepare("INSERT INTO sessions (hash, user, expires) VALUES (?, ?, ?)").run(
    hash,
    user.id,
    expires,
  );
}

/** The user of a session, unless it is over. */
export function findSession(hash: string, now: number): User | null {
  const row = database()
    .prepare(
      "SELECT id, email FROM sessions JOIN users ON users.id = user WHERE hash = ? AND expires > ?",
    )
    .get(hash, now) as { id: string; email: string } | undefined;
  return row === undefined ? null : { id: row.id, email: row.email };
}

/** Ends a session. */
export function deleteSession(hash: string): void {
  database().prepare("DELETE FROM sessions WHERE hash = ?").run(hash);
}
