/**
 * form(): every kind of control, and every way to know a field's type.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { type } from "arktype";
import { Window } from "happy-dom";
import * as v from "valibot";
import { z } from "zod";
import {
  component,
  form,
  type FormOptions,
  type SchemaOutput,
  signal,
  type StandardSchema,
  type SubmitHandler,
} from "../../mod.ts";
import { mountDom } from "../../testing/dom_page.ts";
import { mount } from "../../testing/mod.ts";
import { button, input, label, option, output, p, select, textarea } from "../../vdom/elements.ts";

const Everything = z.object({
  name: z.string(),
  count: z.number().int(),
  due: z.date().optional(),
  done: z.boolean(),
  size: z.enum(["s", "m", "l"]),
  tags: z.array(z.string()),
  numbers: z.array(z.number()),
  note: z.string().optional(),
  color: z.string(),
  file: z.string().optional(),
});

function everything(
  schema: StandardSchema<z.input<typeof Everything>>,
  options?: FormOptions<typeof schema>,
) {
  const seen: unknown[] = [];
  const page = component(() => {
    const f = form(schema, options);
    const save = f.onSubmit((value) => void seen.push(value));
    return () =>
      f.form(
        { onSubmit: save },
        label(f.label("name"), "Name"),
        input(f.field("name")),
        label(f.label("count"), "Count"),
        input(f.field("count", { type: "number" })),
        label(f.label("due"), "Due"),
        input(f.field("due", { type: "date" })),
        label(f.label("done"), "Done"),
        input(f.field("done", { type: "checkbox" })),
        ["s", "m", "l"].map((size) => [
          label(f.label("size", size), `Size ${size}`),
          input(f.field("size", { type: "radio", value: size })),
        ]),
        ["red", "blue"].map((tag) => [
          label(f.label("tags", tag), `Tag ${tag}`),
          input(f.field("tags", { type: "checkbox", value: tag })),
        ]),
        label(f.label("numbers"), "Numbers"),
        select(
          f.field("numbers", { multiple: true }),
          ["1", "2", "3"].map((n) => option(f.option("numbers", n), n)),
        ),
        label(f.label("note"), "Note"),
        textarea(f.field("note")),
        label(f.label("color"), "Color"),
        select(f.field("color"), option({ value: "r" }, "R"), option({ value: "g" }, "G")),
        label(f.label("file"), "File"),
        input(f.field("file", { type: "file" })),
        output(Object.entries(f.errors.value).map(([name, text]) => `${name}: ${text}`).join("; ")),
        button(f.submitButton(), "Save"),
      );
  });
  return { page, seen };
}

const initial = {
  name: "first",
  count: 3,
  due: new Date("2026-01-31T12:00:00Z"),
  done: true,
  size: "m" as const,
  tags: ["blue"],
  numbers: [2, 3],
  color: "g",
};

const expected = {
  name: "first",
  count: 3,
  due: new Date("2026-01-31T00:00:00Z"),
  done: true,
  size: "m",
  tags: ["blue"],
  numbers: [2, 3],
  color: "g",
};

for (const javascript of [true, false]) {
  Deno.test(`form() shows initial values in every control, and gives them back; ${javascript ? "live" : "without JavaScript"}`, async () => {
    const { page: what, seen } = everything(Everything, { initial });
    await using page = await mount(what, { javascript });
    assertEquals(page.getByLabel("Due").value, "2026-01-31");
    assertEquals([page.getByLabel("Done").checked, page.getByLabel("Size m").checked], [true, true]);
    assertEquals([page.getByLabel("Tag red").checked, page.getByLabel("Tag blue").checked], [false, true]);
    await page.get("button").click();
    // A file input sends an empty name where no file is chosen.
    assertEquals(seen.map((value) => ({ ...value as object, file: undefined })), [{
      ...expected,
      file: undefined,
    }]);
  });

  Deno.test(`form() takes over every kind of control; ${javascript ? "live" : "without JavaScript"}`, async () => {
    const { page: what, seen } = everything(Everything);
    await using page = await mount(what, { javascript });
    await page.getByLabel("Name").fill("n");
    await page.getByLabel("Count").fill("12");
    await page.getByLabel("Due").fill("2026-02-01");
    await page.getByLabel("Done").check();
    await page.getByLabel("Size l").check();
    await page.getByLabel("Tag red").check();
    await page.getByLabel("Tag blue").check();
    await page.getByLabel("Numbers").select(["1", "3"]);
    await page.getByLabel("Note").fill("two\nlines");
    await page.getByLabel("Color").select("G");
    await page.get("button").click();
    assertEquals(page.get("output").text(), "");
    const [value] = seen as Record<string, unknown>[];
    assertEquals(
      [value.name, value.count, value.due, value.done, value.size, value.tags, value.numbers, value.color],
      ["n", 12, new Date("2026-02-01T00:00:00Z"), true, "l", ["red", "blue"], [1, 3], "g"],
    );
    assertEquals(String(value.note).replaceAll("\r\n", "\n"), "two\nlines");
    await page.getByLabel("Tag red").uncheck();
    await page.getByLabel("Done").uncheck();
    await page.getByLabel("Count").fill("");
    await page.get("button").click();
    assertEquals(page.get("output").text(), "count: Invalid input: expected number, received undefined");
    await page.getByLabel("Count").fill("0");
    await page.get("button").click();
    const second = seen[1] as Record<string, unknown>;
    assertEquals([second.count, second.done, second.tags], [0, false, ["blue"]]);
  });
}

Deno.test("form() takes over every kind of control with the browser's client, and checks at once what is chosen", async () => {
  const schema = v.object({
    done: v.literal(true, "Agree, please"),
    tags: v.pipe(v.array(v.string()), v.maxLength(1, "One")),
  });
  const what = component(() => {
    const f = form(schema);
    return () =>
      f.form(
        { onSubmit: f.onSubmit(() => {}) },
        input(f.field("done", { type: "checkbox" })),
        ["a", "b"].map((tag) => input(f.field("tags", { type: "checkbox", value: tag }))),
        p(Object.values(f.errors.value).join("|")),
      );
  });
  await using page = await mountDom(what, { Window });
  const [done, a, b] = page.getAll("input");
  await done.check();
  await done.uncheck();
  assertEquals(page.get("p").text(), "Agree, please");
  await a.check();
  await b.check();
  assertEquals(page.get("p").text(), "Agree, please|One");
  await done.check();
  await a.uncheck();
  assertEquals(page.get("p").text(), "");
});

/** What a handler gets of a submit. */
async function given<S extends StandardSchema<object, unknown>>(
  schema: S,
  names: readonly string[],
  fields: Record<string, string>,
  options?: FormOptions<S>,
): Promise<unknown> {
  let got: unknown;
  const what = component(() => {
    const f = form(schema, options);
    const take: SubmitHandler<S> = (value) => got = value;
    return () =>
      f.form(
        { onSubmit: f.onSubmit(take) },
        names.map((name) => input(f.field(name as never))),
        output(JSON.stringify(f.errors.value)),
      );
  });
  await using page = await mount(what);
  await page.get("form").submit(fields);
  return got ?? page.get("output").text();
}

Deno.test("form() knows types from zod and arktype; of valibot from initial values, or as it is told", async () => {
  const names = ["n", "b", "t"], fields = { n: "2", b: "on", t: "" };
  const typed = { n: 2, b: true };
  assertEquals(
    await given(z.object({ n: z.number(), b: z.boolean(), t: z.string().optional() }), names, fields),
    typed,
  );
  assertEquals(await given(type({ n: "number", b: "boolean", "t?": "string" }), names, fields), typed);
  const schema = v.object({ n: v.number(), b: v.boolean(), t: v.string() });
  assertEquals(await given(schema, names, fields, { initial: { n: 1, b: false } }), { ...typed, t: "" });
  assertEquals(await given(schema, names, fields, { types: { n: "number", b: "boolean" } }), {
    ...typed,
    t: "",
  });
  const untold = JSON.parse(String(await given(schema, names, fields)));
  assert(/Expected number/.test(untold.n), untold.n);
});

Deno.test("form() gives undefined for what is empty and may be missing, where the schema tells", async () => {
  const fields = { a: "", b: "", c: "" };
  const schema = z.object({ a: z.string(), b: z.string().optional(), c: z.string().default("d") });
  assertEquals(await given(schema, ["a", "b", "c"], fields), { a: "", c: "d" });
  const nullable = z.object({
    a: z.number().nullable().optional(),
    b: z.union([z.number(), z.null()]).optional(),
  });
  assertEquals(await given(nullable, ["a", "b"], { a: "1", b: "2" }), { a: 1, b: 2 });
});

Deno.test("form() puts what is typed into a password in no page and no snapshot, and checks it all the same", async () => {
  const schema = z.object({ user: z.string(), password: z.string().min(8, "At least 8 letters") });
  const what = component(() => {
    const f = form(schema);
    return () =>
      f.form(
        { onSubmit: f.onSubmit(() => {}) },
        label(f.label("user"), "User"),
        input(f.field("user")),
        label(f.label("password"), "Password"),
        input(f.field("password", { type: "password" })),
        output(f.error("password")),
        button("Sign in"),
      );
  });
  await using page = await mount(what, { javascript: false });
  await page.getByLabel("User").fill("ada");
  await page.getByLabel("Password").fill("hunter2");
  await page.get("button").click();
  assertEquals([page.get("output").text(), page.getByLabel("User").value], ["At least 8 letters", "ada"]);
  assertEquals([page.getByLabel("Password").value, page.html().includes("hunter2")], ["", false]);
  await using live = await mount(what);
  await live.getByLabel("Password").fill("hunter2");
  await live.getByLabel("User").fill("ada");
  assertEquals([live.get("output").text(), live.getByLabel("Password").value], [
    "At least 8 letters",
    "hunter2",
  ]);
  await live.clock.advance(1000);
  await live.restart({ crash: true });
  assertEquals([live.getByLabel("User").value, live.getByLabel("Password").value], ["ada", ""]);
});

Deno.test("form() keeps a box that is not on the page any more as it was", async () => {
  const schema = z.object({ agreed: z.boolean(), name: z.string() });
  const seen: SchemaOutput<typeof schema>[] = [];
  const what = component((props: { step: number }) => {
    const f = form(schema);
    const save = f.onSubmit((value) => void seen.push(value));
    return () =>
      f.form(
        { onSubmit: save },
        props.step === 1 ? input(f.field("agreed", { type: "checkbox" })) : input(f.field("name")),
        button("Next"),
      );
  });
  await using page = await mount(what, { props: { step: 1 } });
  await page.get("input").check();
  await page.setProps({ step: 2 });
  await page.get("input").fill("ada");
  await page.get("button").click();
  assertEquals(seen, [{ agreed: true, name: "ada" }]);
});

Deno.test("form() has a hint read before the message, and takes a reference of one's own", async () => {
  const { createRef } = await import("../../mod.ts");
  const schema = z.object({ a: z.string().min(1, "Something") });
  const ref = createRef();
  const what = component(() => {
    const f = form(schema);
    return () =>
      f.form(
        { onSubmit: f.onSubmit(() => {}) },
        input(f.field("a", { describedBy: "hint", ref })),
        p({ id: "hint" }, "Anything"),
        p(f.errorProps("a"), f.error("a")),
        button("Save"),
      );
  });
  await using page = await mount(what);
  assertEquals(page.get("input").attr("aria-describedby"), "hint");
  await page.get("button").click();
  assertEquals(page.get("input").attr("aria-describedby"), `hint ${page.get("[role=alert]").attr("id")}`);
  assert(ref.mounted && page.get("input").focused);
});

Deno.test("form() keeps a password out of snapshots that was shown for a while", async () => {
  const schema = z.object({ password: z.string() });
  const what = component(() => {
    const f = form(schema);
    const shown = signal(false, { name: "shown" });
    return () =>
      f.form(
        {},
        input({
          ...f.field("password", { type: shown.value ? "text" : "password" }),
          "aria-label": "Password",
        }),
        button({ type: "button", onClick: () => shown.toggle() }, "Show"),
      );
  });
  await using page = await mount(what);
  await page.getByLabel("Password").fill("hunter2");
  await page.get("button").click();
  assertEquals([page.getByLabel("Password").attr("type"), page.getByLabel("Password").value], [
    "text",
    "hunter2",
  ]);
  await page.getByLabel("Password").type("3");
  await page.clock.advance(1000);
  await page.restart({ crash: true });
  assertEquals([page.getByLabel("Password").attr("type"), page.getByLabel("Password").value], ["text", ""]);
});
