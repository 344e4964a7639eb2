/** @jsxRuntime automatic */
/** @jsxImportSource @vango/core */
/**
 * form(): what the type checker knows, and JSX.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { type } from "arktype";
import * as v from "valibot";
import { z } from "zod";
import { component, type Form, form, type SchemaInput, type SchemaOutput } from "../../mod.ts";
import { mount } from "../../testing/mod.ts";
import { input, select, textarea } from "../../vdom/elements.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>) => {};

const Zod = z.object({ title: z.string(), count: z.string().transform(Number), due: z.date().optional() });
const Valibot = v.object({ title: v.string(), count: v.pipe(v.string(), v.transform(Number)) });
const Arktype = type({ title: "string", count: "string.numeric.parse" });

same<SchemaInput<typeof Zod>, { title: string; count: string; due?: Date | undefined }>(true);
same<SchemaOutput<typeof Zod>, { title: string; count: number; due?: Date | undefined }>(true);
same<SchemaOutput<typeof Valibot>, { title: string; count: number }>(true);
same<SchemaOutput<typeof Arktype>, { title: string; count: number }>(true);

/** Never called: only its types count. */
export function types(
  f: Form<typeof Zod>,
  { vali, ark }: { vali: Form<typeof Valibot>; ark: Form<typeof Arktype> },
): void {
  f.onSubmit((value) => same<typeof value, SchemaOutput<typeof Zod>>(true));
  vali.onSubmit(({ count }) => same<typeof count, number>(true));
  ark.onSubmit(({ count }) => same<typeof count, number>(true));
  // @ts-expect-error -- no such field
  f.field("titel");
  // @ts-expect-error -- no such field
  f.error("titel");
  // @ts-expect-error -- no such field
  vali.setError("titel", "x");
  // @ts-expect-error -- of another type
  f.setValue("due", "2026-01-01");
  f.setValue("due", new Date());
  // @ts-expect-error -- of another type
  f.reset({ title: 1 });
  // @ts-expect-error -- a radio button says what it stands for
  f.field("title", { type: "radio" });
  // @ts-expect-error -- no such type
  f.field("title", { type: "txt" });
  // @ts-expect-error -- no object
  form(z.string());
  // @ts-expect-error -- no such field
  form(Zod, { initial: { titel: "x" } });
  input(f.field("title", { type: "email" }));
  input({ ...f.field("title"), placeholder: "Title", maxlength: 20, "data-x": 1 });
  textarea(f.field("title"));
  select(f.field("title"));
}

Deno.test("form() goes with JSX", async () => {
  const seen: unknown[] = [];
  const Page = component(() => {
    const f = form(Zod);
    const save = f.onSubmit((value) => void seen.push(value));
    return () => (
      <form novalidate onSubmit={save}>
        <label {...f.label("title")}>Title</label>
        <input {...f.field("title")} />
        <input {...f.field("count", { type: "number" })} />
        {f.error("title") && <p {...f.errorProps("title")}>{f.error("title")}</p>}
        <button {...f.submitButton()}>Save</button>
      </form>
    );
  });
  await using page = await mount(Page);
  await page.getByLabel("Title").fill("milk");
  await page.get("[name=count]").fill("3");
  await page.get("button").click();
  assertEquals(seen, [{ title: "milk", count: 3 }]);
});
