/**
 * `form(schema)`: a form that is checked by a schema, with the same messages live and without JavaScript.
 *
 * What the user typed is a keyed signal, so it survives a reconnection, a restart, and the way of a posted form. It is checked
 * when a field is left after something was typed, then at each input of it, and all of it when the form is submitted: by the
 * same function, whether the submit came over the socket or as a POST.
 *
 *     input, change ─► values ─┐                     ┌─ wrong: messages; the first wrong field has the focus
 *     submit, POST ──► values ─┴─► the schema checks ┴─ right: the handler ─► setError()? messages : submitted
 *
 * What is posted is taken for the fields that the page has shown, and for no others.
 *
 * @module
 */
import { coded } from "../core/coded.ts";
import { getOwner } from "../core/mod.ts";
import { LiveForm } from "./form_live.ts";
import type { Form, FormOptions } from "./form_types.ts";
import type { StandardSchema } from "../server/standard_schema.ts";

export type {
  CheckFieldProps,
  FieldName,
  FieldOptions,
  FieldProps,
  FileFieldProps,
  Form,
  FormOptions,
  InputFieldProps,
  MultipleFieldProps,
  SubmitHandler,
  TextFieldProps,
  TextInputType,
} from "./form_types.ts";
export type { FieldType, FieldValue } from "./form_values.ts";

/**
 * Makes a form for a schema of any library that follows Standard Schema: zod, valibot, arktype. To be called in a component's
 * setup. The schema is that of an object; its properties are the fields.
 *
 * @throws {TypeError} When the schema does not follow Standard Schema.
 * @throws {Error} Outside a component.
 *
 * ```ts
 * import { component, form, signal, type StandardSchema } from "@vango/core";
 * import { button, input, label, li, p, ul } from "@vango/core/elements";
 * import { mount } from "@vango/core/testing";
 *
 * // z.object({ title: z.string().trim().min(1, "Say what is to be done") }), written by hand.
 * const schema: StandardSchema<{ title: string }> = {
 *   "~standard": {
 *     version: 1,
 *     vendor: "mine",
 *     validate(value) {
 *       const title = (value as { title: string }).title.trim();
 *       return title === "" ? { issues: [{ message: "Say what is to be done", path: ["title"] }] } : { value: { title } };
 *     },
 *   },
 * };
 *
 * const Todos = component(() => {
 *   const todos = signal<string[]>([], { name: "todos" });
 *   const f = form(schema);
 *   const add = f.onSubmit(({ title }) => {
 *     if (todos.peek().includes(title)) return f.setError("title", "It is there already");
 *     todos.push(title);
 *     f.reset();
 *   });
 *   return () => [
 *     f.form(
 *       { onSubmit: add },
 *       label(f.label("title"), "What?"),
 *       input(f.field("title")),
 *       f.error("title") && p(f.errorProps("title"), f.error("title")),
 *       button(f.submitButton(), "Add"),
 *     ),
 *     ul(todos.value.map((title) => li({ key: title }, title))),
 *   ];
 * });
 *
 * await using page = await mount(Todos, { javascript: false }); // with JavaScript it is the same
 * await page.getByRole("button", { name: "Add" }).click();
 * console.assert(page.getByRole("alert").text() === "Say what is to be done");
 * await page.getByLabel("What?").fill(" write ");
 * await page.getByRole("button", { name: "Add" }).click();
 * console.assert(page.getByRole("listitem").text() === "write");
 * ```
 */
export function form<S extends StandardSchema<object, unknown>>(
  schema: S,
  options: FormOptions<S> = {},
): Form<S> {
  if (typeof schema?.["~standard"]?.validate !== "function") {
    throw coded(
      "E013",
      new TypeError(
        "Cannot make a form: its schema does not follow Standard Schema. Pass an object schema of zod, valibot, arktype, …",
      ),
    );
  }
  const owner = getOwner();
  if (owner === null) {
    throw coded(
      "E001",
      new Error("Cannot make a form outside a component: call form() in the component's setup"),
    );
  }
  return new LiveForm(schema, options, owner);
}
