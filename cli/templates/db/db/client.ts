/**
 * The database: one file, opened when it is first needed. DATABASE_PATH says where; ":memory:" is one for tests.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Each item changes the schema by one step, and runs once. Add at the end; never change one that has run. */
const MIGRATIONS: readonly string[] = [
  // if guestbook
  `CREATE TABLE guestbook (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT`,
  // end
  // if api
  `CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT`,
  // end
  // if auth
  `CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    user TEXT NOT NULL REFERENCES users ON DELETE CASCADE,
    expires INTEGER NOT NULL
  ) STRICT`,
  // end
];

let open: DatabaseSync | null = null;

/** The database. */
export function database(): DatabaseSync {
  return open ??= openDatabase(Deno.env.get("DATABASE_PATH") ?? "data/app.db");
}

function openDatabase(path: string): DatabaseSync {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path);
  // Readers do not wait for the one who writes, and who writes waits for the other one.
  db.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000");
  const { user_version: done } = db.prepare("PRAGMA user_version").get() as {
    user_version: number;
  };
  for (let step = done; step < MIGRATIONS.length; step++) {
    db.exec(`BEGIN; ${MIGRATIONS[step]}; PRAGMA user_version = ${step + 1}; COMMIT`);
  }
  return db;
}
