/**
 * The test kit: finding elements, and what it says when they are not there.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { mount } from "../../testing/mod.ts";
import {
  a,
  button,
  div,
  fieldset,
  form,
  h1,
  h2,
  img,
  input,
  label,
  legend,
  li,
  nav,
  option,
  p,
  section,
  select,
  span,
  textarea,
  ul,
} from "../../vdom/elements.ts";

Deno.test("getByRole() says which elements of the role there are when none has the name", async () => {
  await using page = await mount(() => div(button("Save"), button("Cancel"), p("text")));
  const error = assertThrows(() => page.getByRole("button", { name: "Sav" }), Error);
  assertEquals(
    error.message,
    'Found no button named "Sav"\nNear are:\n  button "Save"\n  button "Cancel"\nThe page is:\n' +
      "  <div><button>Save</button><button>Cancel</button><p>text</p></div>",
  );
});

Deno.test("getByRole() says so when several match", async () => {
  await using page = await mount(() => div(button({ id: "a" }, "Save"), button({ id: "b" }, "Save")));
  const error = assertThrows(() => page.getByRole("button", { name: "Save" }), Error);
  assertEquals(
    error.message,
    'Found 2 elements where one was wanted: button named "Save"\n  <button id="a">Save</button>\n' +
      '  <button id="b">Save</button>\nAsk for more (a name, a selector), search inside an element, or use the getAll… form.',
  );
});

Deno.test("get() offers the id that was meant", async () => {
  await using page = await mount(() => div({ id: "results" }, p({ class: "row" }, "x")));
  const error = assertThrows(() => page.get("#result"), Error);
  assert(error.message.includes("Near are:\n  #results\n"), error.message);
});

Deno.test("get() refuses what is no selector", async () => {
  await using page = await mount(() => p("x"));
  for (const selector of ["", "p >", "p[", ":unknown", "p,,a", ">p"]) {
    assertThrows(() => page.get(selector), SyntaxError, "Cannot read the selector");
  }
});

Deno.test("getByLabel() lists the controls and their labels", async () => {
  await using page = await mount(() => div(label("Name ", input({ name: "n" })), input({ name: "x" })));
  const error = assertThrows(() => page.getByLabel("Nam"), Error);
  assert(error.message.includes('  <input name="n"> labelled "Name"\n  <input name="x"> without a label'));
});

Deno.test("query…() gives null for what is not there", async () => {
  await using page = await mount(() => p("x"));
  assertEquals(
    [page.query("b"), page.queryByRole("button"), page.queryByText("y"), page.queryByLabel("z")],
    [null, null, null, null],
  );
});

Deno.test("getByRole() knows the roles and names that elements have by themselves", async () => {
  await using page = await mount(() =>
    div(
      h1("Title"),
      h2("Part"),
      a({ href: "/x" }, "Link"),
      a("no link"),
      img({ src: "/i.png", alt: "Picture" }),
      nav({ "aria-label": "Main" }),
      section({ "aria-labelledby": "t" }, span({ id: "t" }, "Region")),
      label({ for: "q" }, "Query"),
      input({ id: "q", type: "search" }),
      label(input({ type: "checkbox" }), " Agree"),
      fieldset(legend("Group"), input({ type: "number", "aria-label": "Age" })),
      select({ title: "Colour" }, option("red")),
      textarea({ placeholder: "Notes" }),
      input({ type: "submit", value: "Go" }),
      ul(li("one")),
      button({ "aria-hidden": "true" }, "unseen"),
      div({ role: "tab" }, "Tab"),
    )
  );
  const names: [string, string][] = [
    ["link", "Link"],
    ["img", "Picture"],
    ["navigation", "Main"],
    ["region", "Region"],
    ["searchbox", "Query"],
    ["checkbox", "Agree"],
    ["group", "Group"],
    ["spinbutton", "Age"],
    ["combobox", "Colour"],
    ["textbox", "Notes"],
    ["button", "Go"],
    ["listitem", "one"],
    ["tab", "Tab"],
  ];
  for (const [role, name] of names) assertEquals(page.getByRole(role).name, name);
  assertEquals(page.getByRole("heading", { level: 2 }).text(), "Part");
  assertEquals(page.getByRole("button", { name: "unseen", hidden: true }).text(), "unseen");
});

Deno.test("getByText() finds the innermost element", async () => {
  await using page = await mount(() => div(p("Hello ", span("World")), p("  other\n text ")));
  assertEquals(page.getByText("Hello World").tag, "p");
  assertEquals(page.getByText("World").tag, "span");
  assertEquals(page.getByText(/^other/).html(), "<p>  other\n text </p>");
});

Deno.test("get() takes the usual selectors", async () => {
  await using page = await mount(() =>
    div(
      { id: "top" },
      ul(
        { class: "a b" },
        li({ "data-n": "1" }, "1"),
        li({ "data-n": "2" }, "2"),
        li({ class: "last" }, "3"),
      ),
      input({ type: "checkbox", checked: true, disabled: true }),
    )
  );
  const texts = (selector: string) => page.getAll(selector).map((at) => at.text());
  assertEquals(texts("#top li"), ["1", "2", "3"]);
  assertEquals(texts("ul.a.b > li:first-child"), ["1"]);
  assertEquals(texts("li[data-n]"), ["1", "2"]);
  assertEquals(texts("li[data-n='2'] + li"), ["3"]);
  assertEquals(texts("li:not([data-n]), li:nth-child(1)"), ["1", "3"]);
  assertEquals(texts("li:first-child ~ .last"), ["3"]);
  assertEquals(texts("ul:has(.last) li:last-child"), ["3"]);
  assertEquals(page.getAll("input:checked:disabled").length, 1);
});

Deno.test("searches do not see what the framework adds to a form", async () => {
  await using page = await mount(() =>
    div(
      form({ onSubmit: () => {} }, input({ name: "text" }), button("Add")),
      form({ id: "empty", onSubmit: () => {} }),
      button({ onClick: () => {} }, "Clear"),
    )
  );
  assertEquals(page.get("input").attr("name"), "text");
  assertEquals(page.get("form:has(button)").getAll("input, [type=hidden]").length, 1);
  for (const selector of ["[name=_vango]", "[type=hidden]", "#vango-form"]) {
    assertEquals(page.query(selector), null, selector);
  }
  assertEquals(page.get("input:first-child").attr("name"), "text");
  assertEquals(page.query("form:has([type=hidden])"), null);
  assertEquals(page.query("input + input"), null);
  assertEquals(page.get("form:empty").attr("id"), "empty");
});

Deno.test("messages do not list what the framework adds to a form", async () => {
  await using page = await mount(() => form({ onSubmit: () => {} }, input({ name: "text" })));
  for (const find of [() => page.getByLabel("Nam"), () => page.getByRole("none"), () => page.get("#form")]) {
    const error = assertThrows(find, Error);
    assert(!error.message.includes("_vango") && !error.message.includes("vango-form"), error.message);
  }
  const error = assertThrows(() => page.getByLabel("Name"), Error);
  assert(
    error.message.includes('Near are:\n  <input name="text"> without a label\nThe page is:'),
    error.message,
  );
});

Deno.test("a handle searches inside its element", async () => {
  await using page = await mount(() =>
    ul(["a", "b"].map((name) => li({ key: name, id: name }, button(`Delete ${name}`))))
  );
  assertEquals(page.get("#b").getByRole("button").text(), "Delete b");
});

Deno.test("mount() refuses what is neither component nor application", async () => {
  await assertRejects(() => mount({} as never), TypeError, "Cannot mount it");
});

Deno.test("the stack of a search that fails begins in the test", async () => {
  await using page = await mount(() => div(p("one"), p("two")));
  const searches = [
    () => page.get("h1"),
    () => page.getAll("h1"),
    () => page.query("p"),
    () => page.getByRole("button"),
    () => page.get("div").getByText("three"),
    () => page.getByLabel("none"),
  ];
  for (const search of searches) {
    const { stack } = assertThrows(search, Error, "Found ");
    const frames = stack!.split("\n").filter((line) => line.startsWith("    at "));
    assertEquals(frames[0].includes("queries_test.ts"), true, frames[0]);
  }
});
