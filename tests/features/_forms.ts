/** Forms of tests. @module */
import { z } from "zod";
import { component, form, type FormOptions, type StandardSchema, type SubmitHandler } from "../../mod.ts";
import { button, input, label, output, p } from "../../vdom/elements.ts";
import type { Page } from "../../testing/mod.ts";

/** What a todo must be. */
export const Todo = z.object({
  title: z.string().trim().min(1, "Say what is to be done").max(40, "At most 40 letters"),
  note: z.string().max(10, "At most 10 letters").optional(),
});

/** A page with a form of two fields; `seen` is what its handler got. */
export function todoPage(
  handler?: (f: ReturnType<typeof form<typeof Todo>>) => SubmitHandler<typeof Todo>,
  options: FormOptions<typeof Todo> = {},
) {
  const seen: unknown[] = [];
  const page = component(() => {
    const f = form(Todo, options);
    const own = handler?.(f);
    const save = f.onSubmit((value, event) => {
      seen.push(value);
      return own?.(value, event);
    });
    return () =>
      f.form(
        { onSubmit: save },
        label(f.label("title"), "Title"),
        input(f.field("title")),
        p({ ...f.errorProps("title"), class: "title" }, f.error("title")),
        label(f.label("note"), "Note"),
        input(f.field("note")),
        p({ ...f.errorProps("note"), class: "note" }, f.error("note")),
        p({ ...f.errorProps(), class: "whole" }, f.error()),
        output(f.submitting.value ? "saving" : f.submitted.value ? "saved" : ""),
        button(f.submitButton(), "Save"),
      );
  });
  return { page, seen };
}

/** The messages of such a page: of title, note, and the whole. */
export function messages(page: Page): string[] {
  return [".title", ".note", ".whole"].map((each) => page.get(each).text());
}

/** A schema that is a function. */
export function schemaOf<I, O = I>(
  validate: StandardSchema<I, O>["~standard"]["validate"],
): StandardSchema<I, O> {
  return { "~standard": { version: 1, vendor: "tests", validate } };
}
