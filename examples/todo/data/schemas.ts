/**
 * What a user may enter: checked on the server, with the same messages live and without JavaScript.
 *
 * @module
 */
import { z } from "zod";

const title = z.string().trim().min(1, "Say what is to be done").max(
  120,
  "Make it shorter: at most 120 letters",
);
const due = z.iso.date("Enter a day, such as 2026-01-31").optional();

/** A new todo. */
export const NewTodo = z.object({ title, due });

/** The text of a todo. */
export const EditTodo = z.object({
  title,
  due,
  note: z.string().trim().max(2000, "Make it shorter: at most 2000 letters"),
});
