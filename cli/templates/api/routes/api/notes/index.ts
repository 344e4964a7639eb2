import { endpoint } from "@vango/core";
import { z } from "zod";
import { addNote, listNotes } from "../../../store/notes.ts";

const Note = z.object({ id: z.number(), title: z.string(), body: z.string(), at: z.number() });

const NoteInput = z.object({
  title: z.string().trim().min(1, "Say what it is about").max(200),
  body: z.string().max(10_000).default(""),
});

export const GET = endpoint(
  { summary: "Lists all notes", output: z.array(Note) },
  () => listNotes(),
);

export const POST = endpoint(
  { summary: "Adds a note", body: NoteInput, output: Note, status: 201 },
  ({ body }) => addNote(body),
);
