/**
 * form(): what it does for honest users, in this process, with the browser's client on happy-dom, and without JavaScript.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { Window } from "happy-dom";
import { mountDom } from "../../testing/dom_page.ts";
import { mount, type Page, type PageOptions } from "../../testing/mod.ts";
import type { Component } from "../../runtime/component.ts";
import { messages, todoPage } from "./_forms.ts";

type What = Component<Record<never, never>>;
type Place = (what: What, options?: PageOptions<Record<never, never>>) => Promise<Page>;

const LIVE: Record<string, Place> = {
  "mount()": (what, options) => mount(what, options),
  "mountDom()": (what, options) => mountDom(what, { ...options, Window }),
};
const PLACES: Record<string, Place> = {
  ...LIVE,
  "without JavaScript": (what, options) => mount(what, { ...options, javascript: false }),
};

const title = (page: Page) => page.getByLabel("Title");
const note = (page: Page) => page.getByLabel("Note");
const save = (page: Page) => page.getByRole("button", { name: "Save" }).click();
const saved = (page: Page) => page.get("output").text();

for (const [place, open] of Object.entries(PLACES)) {
  Deno.test(`form() says what is wrong when it is submitted, keeps what was typed, and takes what is right; ${place}`, async () => {
    const { page: what, seen } = todoPage();
    await using page = await open(what);
    assertEquals(messages(page), ["", "", ""]);
    await note(page).fill("far too long");
    await save(page);
    assertEquals(messages(page), ["Say what is to be done", "At most 10 letters", ""]);
    assertEquals([note(page).value, seen, saved(page)], ["far too long", [], ""]);
    await title(page).fill(" milk ");
    await note(page).fill("skimmed");
    await save(page);
    assertEquals([messages(page), seen, saved(page)], [
      ["", "", ""],
      [{ title: "milk", note: "skimmed" }],
      "saved",
    ]);
    assertEquals([title(page).value, note(page).value], [" milk ", "skimmed"]);
  });

  Deno.test(`form() tells assistive technology which field is wrong, and where it says so; ${place}`, async () => {
    await using page = await open(todoPage().page);
    assertEquals([title(page).attr("aria-invalid"), title(page).attr("aria-describedby")], [null, null]);
    await save(page);
    const id = title(page).attr("aria-describedby");
    assertEquals([title(page).attr("aria-invalid"), page.get(".title").attr("id")], ["true", id]);
    assertEquals(page.get(`[id="${id}"]`).text(), "Say what is to be done");
    assertEquals([note(page).attr("aria-invalid"), note(page).attr("aria-describedby")], [null, null]);
    assertEquals(page.get("form").attr("novalidate"), "");
  });

  Deno.test(`form() shows what a handler says with setError(), until it is changed or submitted again; ${place}`, async () => {
    const { page: what } = todoPage((f) => ({ title }) => {
      if (title === "taken") f.setError("title", "It is there already");
      if (title === "down") f.setError("The list cannot be reached");
    });
    await using page = await open(what);
    await title(page).fill("taken");
    await save(page);
    assertEquals([messages(page), saved(page), title(page).value], [
      ["It is there already", "", ""],
      "",
      "taken",
    ]);
    await title(page).fill("down");
    await save(page);
    assertEquals([messages(page), saved(page)], [["", "", "The list cannot be reached"], ""]);
    await title(page).fill("fine");
    await save(page);
    assertEquals([messages(page), saved(page)], [["", "", ""], "saved"]);
  });

  Deno.test(`form() is as it was at first after reset(); ${place}`, async () => {
    const { page: what, seen } = todoPage((f) => () => f.reset(), { initial: { title: "first" } });
    await using page = await open(what);
    assertEquals([title(page).value, note(page).value], ["first", ""]);
    await title(page).fill("second");
    await note(page).fill("n");
    await save(page);
    assertEquals([title(page).value, note(page).value, saved(page)], ["first", "", "saved"]);
    assertEquals([seen, messages(page)], [[{ title: "second", note: "n" }], ["", "", ""]]);
  });

  Deno.test(`form() goes on from other values after reset(values); ${place}`, async () => {
    const { page: what } = todoPage((f) => ({ title }) => f.reset({ title: title.toUpperCase() }));
    await using page = await open(what);
    await title(page).fill("milk");
    await save(page);
    assertEquals([title(page).value, saved(page)], ["MILK", "saved"]);
  });
}

for (const [place, open] of Object.entries(LIVE)) {
  Deno.test(`form() checks a field when it is left after typing, then at each input; ${place}`, async () => {
    await using page = await open(todoPage().page);
    await title(page).focus();
    await note(page).focus();
    assertEquals(messages(page), ["", "", ""], "who passes by has done nothing wrong");
    await title(page).type("x");
    await title(page).press("Backspace");
    assertEquals(messages(page), ["", "", ""], "who still types has done nothing wrong");
    await title(page).blur();
    assertEquals(messages(page), ["Say what is to be done", "", ""]);
    await title(page).type("m");
    assertEquals(messages(page), ["", "", ""]);
    await note(page).type("far too long");
    assertEquals(messages(page), ["", "", ""], "a field that was not left yet");
    await note(page).blur();
    assertEquals(messages(page), ["", "At most 10 letters", ""]);
    await title(page).press("Backspace");
    assertEquals(messages(page), ["Say what is to be done", "At most 10 letters", ""]);
  });

  Deno.test(`form() puts the focus on the first field that is wrong; ${place}`, async () => {
    await using page = await open(todoPage((f) => () => f.setError("note", "No")).page);
    await note(page).fill("far too long");
    await save(page);
    assert(title(page).focused);
    await title(page).fill("milk");
    await save(page);
    assert(note(page).focused);
    await note(page).fill("short");
    await title(page).focus();
    await save(page);
    assert(note(page).focused, "what a handler says counts, too");
  });

  Deno.test(`form() keeps an error of a handler while other fields change; ${place}`, async () => {
    await using page = await open(todoPage((f) => () => f.setError("title", "It is there already")).page);
    await title(page).fill("milk");
    await save(page);
    await note(page).type("n");
    assertEquals(messages(page), ["It is there already", "", ""]);
    await title(page).type("k");
    assertEquals(messages(page), ["", "", ""]);
  });

  Deno.test(`form() says that it is not saved any more once something is typed; ${place}`, async () => {
    await using page = await open(todoPage().page);
    await title(page).fill("milk");
    await save(page);
    assertEquals(saved(page), "saved");
    await title(page).type("y");
    assertEquals(saved(page), "");
  });

  Deno.test(`form() keeps values and messages through a restart of the server; ${place}`, async () => {
    const { page: what, seen } = todoPage();
    await using page = await open(what);
    await note(page).fill("far too long");
    await save(page);
    await page.clock.advance(1000);
    await page.restart({ crash: true });
    assertEquals(messages(page), ["Say what is to be done", "At most 10 letters", ""]);
    assertEquals(note(page).value, "far too long");
    await title(page).fill("milk");
    assertEquals(messages(page), ["", "At most 10 letters", ""], "it is checked live as before");
    await note(page).fill("short");
    await save(page);
    assertEquals(seen, [{ title: "milk", note: "short" }]);
  });
}

Deno.test("form() of one page: two forms, and two of one component, have ids of their own", async () => {
  const { component, form } = await import("../../mod.ts");
  const { input, label, div } = await import("../../vdom/elements.ts");
  const { Todo } = await import("./_forms.ts");
  const Both = component(() => {
    const forms = [form(Todo, { name: "a" }), form(Todo, { name: "b" })];
    return () => forms.map((f) => f.form({}, label(f.label("title"), "T"), input(f.field("title"))));
  });
  await using page = await mount(() => div(Both(), Both({ key: "k" })));
  const ids = page.getAll("input").map((each) => each.attr("id"));
  assertEquals(new Set(ids).size, 4);
  assertEquals(page.getAll("label").map((each) => each.attr("for")), ids);
});
