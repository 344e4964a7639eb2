/**
 * Notes, kept in memory until the server ends.
 */

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

const notes = new Map<number, Note>();
let last = 0;

/** All notes, the newest first. */
export function listNotes(): Note[] {
  return [...notes.values()].reverse();
}

/** A note; null when there is none. */
export function findNote(id: number): Note | null {
  return notes.get(id) ?? null;
}

/** Adds a note. */
export function addNote(input: NoteInput): Note {
  const note = { id: ++last, ...input, at: Date.now() };
  notes.set(note.id, note);
  return note;
}

/** Removes a note; false when there is none. */
export function removeNote(id: number): boolean {
  return notes.delete(id);
}
