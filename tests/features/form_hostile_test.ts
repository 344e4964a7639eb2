/**
 * form(): what a page did not offer, and what no user types.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type } from "arktype";
import * as v from "valibot";
import { z } from "zod";
import { component, form, type StandardSchema } from "../../mod.ts";
import { mount } from "../../testing/mod.ts";
import { button, input, p } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { fieldsOf, post } from "../support/post.ts";
import { getPage } from "../support/raw_client.ts";
import { messages, schemaOf, todoPage } from "./_forms.ts";

const anything = schemaOf<Record<string, unknown>>((value) => ({ value: value as Record<string, unknown> }));

/** A page whose form takes whatever it is given, with controls that somebody has put into it besides its own. */
function open(
  names: readonly string[],
  { schema = anything, put = [] }: {
    schema?: StandardSchema<Record<string, unknown>>;
    put?: readonly string[];
  } = {},
) {
  const seen: Record<string, unknown>[] = [];
  const page = component(() => {
    const f = form(schema, { initial: { owner: 7 } });
    const save = f.onSubmit((value) => void seen.push(value));
    return () =>
      f.form(
        { onSubmit: save },
        names.map((name) => input(f.field(name))),
        put.map((name) => input({ name })),
        button("Save"),
      );
  });
  return { page, seen };
}

Deno.test("form() refuses what is no schema, and to live outside of a component", () => {
  // @ts-expect-error -- no schema
  assertThrows(() => form({}), TypeError, "does not follow Standard Schema");
  // @ts-expect-error -- no schema
  assertThrows(() => form(null), TypeError, "does not follow Standard Schema");
  assertThrows(() => form(anything), Error, "call form() in the component's setup");
});

for (const javascript of [true, false]) {
  const how = javascript ? "live" : "without JavaScript";

  Deno.test(`form() takes no field that the page has not shown, ${how}`, async () => {
    const { page: what, seen } = open(["title"], { put: ["isAdmin", "owner", "constructor", "toString"] });
    await using page = await mount(what, { javascript });
    await page.get("form").submit({
      title: "x",
      isAdmin: "true",
      owner: "1",
      constructor: "y",
      toString: "z",
    });
    assertEquals(seen, [{ owner: 7, title: "x" }]);
  });

  Deno.test(`form() takes no __proto__ for a prototype, ${how}`, async () => {
    const { page: what, seen } = open(["title", "__proto__", "constructor"]);
    await using page = await mount(what, { javascript });
    await page.get("form").submit(
      JSON.parse(`{ "title": "x", "__proto__": "polluted", "constructor": "c" }`),
    );
    const [value] = seen;
    assertEquals(Object.entries(value), [["owner", 7], ["title", "x"], ["__proto__", "polluted"], [
      "constructor",
      "c",
    ]]);
    assertEquals(Object.getPrototypeOf(value), Object.prototype);
    assert(!("polluted" in {}));
  });

  Deno.test(`form() leaves fields alone that a submit does not bring, ${how}`, async () => {
    const { page: what, seen } = todoPage();
    await using page = await mount(what, { javascript });
    await page.get("form").submit({ note: "n" });
    assertEquals([seen, messages(page)], [[], ["Say what is to be done", "", ""]]);
    await page.get("form").submit({});
    assertEquals([seen, messages(page)], [[], ["Say what is to be done", "", ""]]);
  });

  Deno.test(`form() checks what is far too long as anything else, ${how}`, async () => {
    const { page: what, seen } = todoPage();
    await using page = await mount(what, { javascript });
    const huge = "x".repeat(500_000);
    await page.get("form").submit({ title: huge });
    assertEquals([seen, messages(page)], [[], ["At most 40 letters", "", ""]]);
    assertEquals(page.getByLabel("Title").value, huge);
  });
}

Deno.test("form() takes the first of ten thousand values of one name", async () => {
  const { page, seen } = open(["title"]);
  await using server = startApp({ page });
  const first = await getPage(server.origin);
  const many = Array.from({ length: 10_000 }, (_, i): [string, string] => ["title", `t${i}`]);
  const noise = Array.from({ length: 10_000 }, (_, i): [string, string] => [`f${i}`, "x"]);
  const answer = await post(server.origin, first, [...fieldsOf(first.html), ...many, ...noise]);
  assertEquals([answer.status, seen], [200, [{ owner: 7, title: "t0" }]]);
});

Deno.test("form() does not read a field from the prototype of what it holds", async () => {
  const page = component(() => {
    const f = form(anything);
    return () => f.form({}, input(f.field("toString")), p(f.error("valueOf")));
  });
  await using at = await mount(page);
  assertEquals([at.get("input").value, at.get("p").text()], ["", ""]);
});

Deno.test("form() tells of a property that is wrong and has no field: nothing fails in silence", async () => {
  const schema = z.object({ title: z.string(), id: z.number("must be a number") });
  const page = component(() => {
    const f = form(schema);
    return () =>
      f.form({ onSubmit: f.onSubmit(() => {}) }, input(f.field("title")), p(f.error()), button("Save"));
  });
  await using at = await mount(page);
  await at.get("button").click();
  assertEquals(at.get("p").text(), "id: must be a number");
});

Deno.test("form() hands on what a schema throws, and can be submitted again", async () => {
  let broken = true;
  const seen: unknown[] = [];
  const page = component(() => {
    const f = form(schemaOf<{ title: string }>((value) => {
      if (broken) throw new Error("the schema broke");
      return { value: value as { title: string } };
    }));
    const save = f.onSubmit((value) => void seen.push(value));
    return () =>
      f.form({ onSubmit: save }, input(f.field("title")), p(String(f.submitting.value)), button("Save"));
  });
  await using at = await mount(page, { throwErrors: false });
  await at.getByRole("button").click();
  assertEquals([at.errors.map(String), at.get("p").text()], [["Error: the schema broke"], "false"]);
  broken = false;
  await at.getByRole("button").click();
  assertEquals(seen, [{ title: "" }]);
});

Deno.test("form() is not stuck by a handler that throws, at once or later", async () => {
  for (const later of [false, true]) {
    let broken = true;
    const { page: what, seen } = todoPage(() => async () => {
      if (!broken) return;
      if (later) await Promise.resolve();
      throw new Error("the handler broke");
    });
    await using page = await mount(what, { throwErrors: false });
    await page.getByLabel("Title").fill("milk");
    await page.getByRole("button").click();
    assertEquals([page.errors.map(String), page.get("output").text()], [["Error: the handler broke"], ""]);
    broken = false;
    await page.getByRole("button").click();
    assertEquals([seen.length, page.get("output").text()], [2, "saved"]);
  }
});

Deno.test("form() gives a schema whatever a control of another type would not", async () => {
  const seen: unknown[] = [];
  const schema = z.object({
    n: z.number("a number, please").optional(),
    due: z.date("a day, please").optional(),
    done: z.boolean("yes or no, please"),
  });
  const page = component(() => {
    const f = form(schema);
    const save = f.onSubmit((value) => void seen.push(value));
    return () =>
      f.form(
        { onSubmit: save },
        input(f.field("n", { type: "text" })),
        input(f.field("due", { type: "date" })),
        input(f.field("done")),
        p(["n", "due", "done"].map((name) => f.error(name as "n")).join("|")),
        button("Save"),
      );
  });
  await using at = await mount(page, { javascript: false });
  await at.get("form").submit({ n: "0x10", due: "2026-02-31", done: "maybe" });
  assertEquals(at.get("p").text(), "a number, please|a day, please|yes or no, please");
  await at.get("form").submit({ n: "1e999", due: "99999-01-01", done: "off" });
  assertEquals(at.get("p").text(), "a number, please|a day, please|");
  await at.get("form").submit({ n: " -1.5 ", due: "2024-02-29", done: "on" });
  assertEquals(seen, [{ n: -1.5, due: new Date("2024-02-29T00:00:00Z"), done: true }]);
});

Deno.test("form() passes on no property that a loose schema would let through", async () => {
  for (
    const schema of [
      z.looseObject({ title: z.string() }),
      v.looseObject({ title: v.string() }),
      type({ title: "string" }),
    ]
  ) {
    const { page: what, seen } = open(["title"], {
      schema: schema as unknown as StandardSchema<Record<string, unknown>>,
      put: ["isAdmin"],
    });
    await using page = await mount(what);
    await page.get("form").submit({ title: "x", isAdmin: "true" });
    assertEquals(seen.map((value) => Object.keys(value).sort()), [["owner", "title"]]);
  }
});

Deno.test("form() shows markup as text, in fields and in messages", async () => {
  const { page: what } = todoPage((f) => ({ title }) => f.setError("title", `No: ${title}`));
  await using page = await mount(what, { javascript: false });
  const evil = `"><script>alert(1)</script>`;
  await page.get("form").submit({ title: evil });
  assertEquals([page.getByLabel("Title").value, messages(page)[0]], [evil, `No: ${evil}`]);
  assertEquals(page.query("script"), null);
});

Deno.test("form() is not submitted when a schema says no without a word", async () => {
  const { page: Page, seen } = open(["a"], { schema: schemaOf(() => ({ issues: [] })) });
  const Said = component(() => {
    const f = form(schemaOf<{ a: string }>(() => ({ issues: [] })));
    return () => [
      f.form({ onSubmit: f.onSubmit(() => {}) }, input(f.field("a")), button(f.submitButton(), "Save")),
      p(f.submitted.value ? "Saved" : "Not saved"),
    ];
  });
  for (const javascript of [true, false]) {
    await using page = await mount(Said, { javascript });
    await page.getByRole("button", { name: "Save" }).click();
    assertEquals(page.get("p").text(), "Not saved");
    await using other = await mount(Page, { javascript });
    await other.get("button").click();
    assertEquals(seen, []);
  }
});
