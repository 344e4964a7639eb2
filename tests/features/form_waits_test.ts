/**
 * form(): schemas and handlers that wait, and what a user does meanwhile.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { Window } from "happy-dom";
import { component, form } from "../../mod.ts";
import { mountDom } from "../../testing/dom_page.ts";
import { mount, type Page } from "../../testing/mod.ts";
import { button, input, output, p } from "../../vdom/elements.ts";
import { schemaOf, Todo, todoPage } from "./_forms.ts";

/** A page whose schema or handler waits until the test lets it go on. */
function waiting(what: "schema" | "handler") {
  const seen: string[] = [];
  const waits: (() => void)[] = [];
  const wait = () => new Promise<void>((resolve) => waits.push(resolve));
  const schema = schemaOf<{ title: string }>(async (value) => {
    if (what === "schema") await wait();
    const { title } = value as { title: string };
    return title.startsWith("x") ? { issues: [{ message: `No ${title}`, path: [{ key: "title" }] }] } : {
      value: { title },
    };
  });
  const page = component(() => {
    const f = form(schema);
    const save = f.onSubmit(async ({ title }) => {
      if (what === "handler") await wait();
      seen.push(title);
      f.reset();
    });
    return () =>
      f.form(
        { onSubmit: save },
        input(f.field("title")),
        p(f.error("title")),
        output(f.submitting.value ? "saving" : f.submitted.value ? "saved" : ""),
        button(f.submitButton(), "Save"),
      );
  });
  return { page, seen, waits };
}

const state = (page: Page) => [page.get("input").value, page.get("p").text(), page.get("output").text()];

Deno.test("form() says that it saves while a handler waits, and takes no second submit meanwhile", async () => {
  const { page: what, seen, waits } = waiting("handler");
  await using page = await mount(what);
  await page.get("input").fill("milk");
  await page.get("button").click();
  assertEquals(state(page), ["milk", "", "saving"]);
  assertEquals(page.get("button").attr("aria-disabled"), "true");
  await page.get("button").click();
  await page.get("button").click();
  assertEquals(waits.length, 1);
  waits[0]();
  await page.settled();
  assertEquals([state(page), seen], [["", "", "saved"], ["milk"]]);
  assertEquals(page.get("button").attr("aria-disabled"), null);
});

for (
  const [place, open] of [["mount()", mount], [
    "mountDom()",
    (what: Parameters<typeof mount>[0]) => mountDom(what, { Window }),
  ]] as const
) {
  Deno.test(`form() takes two clicks before the answer for one submit; ${place}`, async () => {
    const { page: what, seen } = todoPage((f) => () => f.reset());
    await using page = await open(what as Parameters<typeof mount>[0]);
    await page.getByLabel("Title").fill("milk");
    page.network.hold();
    const first = page.get("button").click();
    const second = page.get("button").click();
    page.network.release();
    await Promise.all([first, second]);
    assertEquals(seen, [{ title: "milk" }]);
    assertEquals(page.getByLabel("Title").value, "");
    await page.getByLabel("Title").fill("milk");
    await page.get("button").click();
    assertEquals(seen.length, 2, "the same again, from the page that came, is another one");
  });

  Deno.test(`form() takes what is typed and submitted before the answer for a submit of its own; ${place}`, async () => {
    const { page: what, seen } = todoPage((f) => () => f.reset());
    await using page = await open(what as Parameters<typeof mount>[0]);
    await page.getByLabel("Title").fill("milk");
    page.network.hold();
    const all = [
      page.get("button").click(),
      page.getByLabel("Title").fill("eggs"),
      page.get("button").click(),
    ];
    page.network.release();
    await Promise.all(all);
    assertEquals(seen, [{ title: "milk" }, { title: "eggs" }]);
  });

  Deno.test(`form() leaves alone what was typed while a handler waited, when it is reset; ${place}`, async () => {
    const { page: what, seen, waits } = waiting("handler");
    await using page = await open(what as Parameters<typeof mount>[0]);
    await page.get("input").fill("milk");
    await page.get("button").click();
    await page.get("input").fill("eggs");
    waits[0]();
    await page.settled();
    assertEquals([state(page), seen], [["eggs", "", "saved"], ["milk"]]);
  });
}

Deno.test("form() waits for a schema, and only the newest check counts", async () => {
  const { page: what, seen, waits } = waiting("schema");
  await using page = await mount(what);
  await page.get("input").type("x1");
  await page.get("input").blur();
  await page.get("input").type("2");
  assertEquals([waits.length, state(page)], [2, ["x12", "", ""]]);
  waits[1]();
  await page.waitFor(() => assertEquals(state(page), ["x12", "No x12", ""]));
  waits[0]();
  await page.settled();
  assertEquals(state(page), ["x12", "No x12", ""]);
  await page.get("button").click();
  assertEquals(state(page), ["x12", "No x12", "saving"]);
  await page.get("input").fill("fine");
  waits.splice(0).forEach((go) => go());
  await page.settled();
  assert(page.get("input").value === "fine" && seen.length === 0);
});

Deno.test("form() without JavaScript waits for schema and handler", async () => {
  for (const which of ["schema", "handler"] as const) {
    const { page: what, seen, waits } = waiting(which);
    await using page = await mount(what, { javascript: false });
    await page.get("input").fill("milk");
    const click = page.get("button").click();
    while (waits.length === 0) await new Promise((resolve) => setTimeout(resolve));
    waits[0]();
    await click;
    assertEquals([state(page), seen], [["", "", "saved"], ["milk"]]);
  }
});

Deno.test("form() answers a submit that waits for nothing with one frame", async () => {
  const { page: what } = todoPage((f) => () => f.reset());
  await using page = await mount(what);
  await page.getByLabel("Title").fill("milk");
  const { frames } = page.traffic;
  await page.get("button").click();
  assertEquals(page.traffic.frames - frames, 1);
});

Deno.test("form() re-runs no view while someone types", async () => {
  let runs = 0;
  const what = component(() => {
    const f = form(Todo);
    return () => {
      runs++;
      return f.form({}, input(f.field("title")), p(f.error("title")));
    };
  });
  await using page = await mount(what);
  const before = runs;
  await page.get("input").type("something");
  assertEquals(runs, before);
});
