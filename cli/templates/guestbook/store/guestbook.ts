/**
 * The guestbook: entries are kept in the database, and the newest ones are in a signal that all who look at them share.
 */
import { type ReadonlySignal, signal } from "@vango/core";
import { database } from "../db/client.ts";

/** What someone wrote. */
export interface Entry {
  readonly id: number;
  readonly name: string;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const SHOWN = 50;

const newest = signal<readonly Entry[] | null>(null);

/** The newest entries, newest first. Whoever reads them follows them. */
export function entries(): ReadonlySignal<readonly Entry[] | null> {
  if (newest.peek() === null) load();
  return newest;
}

/** Adds an entry. Gives what is wrong with it, if something is. */
export function sign(name: string, message: string): string | null {
  name = name.trim();
  message = message.trim();
  if (name === "" || message === "") return "Please fill in both fields.";
  if (name.length > 80 || message.length > 1000) return "That is too long.";
  database().prepare("INSERT INTO guestbook (name, message, at) VALUES (?, ?, ?)").run(
    name,
    message,
    Date.now(),
  );
  load();
  return null;
}

function load(): void {
  const rows = database().prepare(
    "SELECT id, name, message, at FROM guestbook ORDER BY id DESC LIMIT ?",
  ).all(SHOWN);
  newest.value = rows.map((row) => ({ ...row })) as unknown as readonly Entry[];
}
