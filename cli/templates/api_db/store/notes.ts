/**
 * Notes, kept in the database.
 */
import { database } from "../db/client.ts";

/** What is written. */
export interface NoteInput {
  readonly title: string;
  readonly body: string;
}

/** A note. */
export interface Note extends NoteInput {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** All notes, the newest first. */
export function listNotes(): Note[] {
  return database().prepare("SELECT id, title, body, at FROM notes ORDER BY id DESC").all().map(
    asNote,
  );
}

/** A note; null when there is none. */
export function findNote(id: number): Note | null {
  const row = database().prepare("SELECT id, title, body, at FROM notes WHERE id = ?").get(id);
  return row === undefined ? null : asNote(row);
}

/** Adds a note. */
export function addNote({ title, body }: NoteInput): Note {
  const at = Date.now();
  const { lastInsertRowid } = database()
    .prepare("INSERT INTO notes (title, body, at) VALUES (?, ?, ?)")
    .run(title, body, at);
  return { id: Number(lastInsertRowid), title, body, at };
}

/** Removes a note; false when there is none. */
export function removeNote(id: number): boolean {
  return database().prepare("DELETE FROM notes WHERE id = ?").run(id).changes === 1;
}

/** Rows have no prototype, and JSON does not care; tests do. */
function asNote(row: object): Note {
  return { ...row } as Note;
}
