import { type ApiContext, HttpError } from "@vango/core";
import { findNote, type Note, removeNote } from "../../../store/notes.ts";

/** The params of this path: a value that is no whole number is 404 without a line of code. */
type Context = ApiContext<"/api/notes/:id:int">;

/** A note. */
export function GET({ params }: Context): Note {
  const note = findNote(params.id);
  if (note === null) throw new HttpError(404, `There is no note ${params.id}`);
  return note;
}

/** Removes a note. */
export function DELETE({ params }: Context): void {
  if (!removeNote(params.id)) throw new HttpError(404, `There is no note ${params.id}`);
}
