/**
 * Where accounts and sessions are kept: in memory, until the server ends. `vango create --with-auth --with-db` keeps them in
 * SQLite; any other store has these five functions.
 */

/** Who has an account. */
export interface User {
  readonly id: string;
  readonly email: string;
}

const users = new Map<string, { user: User; password: string }>();
const sessions = new Map<string, { user: User; expires: number }>();

/** Adds a user; false when the address is taken. */
export function addUser(user: User, password: string): boolean {
  if (users.has(user.email)) return false;
  users.set(user.email, { user, password });
  return true;
}

/** The user of an address, and the hash of the password. */
export function findUser(email: string): { user: User; password: string } | null {
  return users.get(email) ?? null;
}

/** Keeps a session by the hash of its token. */
export function saveSession(hash: string, user: User, expires: number): void {
  sessions.set(hash, { user, expires });
}

/** The user of a session, unless it is over. */
export function findSession(hash: string, now: number): User | null {
  const session = sessions.get(hash);
  if (session === undefined) return null;
  if (session.expires > now) return session.user;
  sessions.delete(hash);
  return null;
}

/** Ends a session. */
export function deleteSession(hash: string): void {
  sessions.delete(hash);
}
