/**
 * The test kit: what a user does.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { fakeClock, mount } from "../../testing/mod.ts";
import {
  a,
  button,
  details,
  div,
  form,
  input,
  label,
  option,
  p,
  select,
  summary,
  textarea,
} from "../../vdom/elements.ts";
import { on } from "../../vdom/handler.ts";

const heard: string[] = [];
const note = (text: string) => () => void heard.push(text);
const take = () => heard.splice(0);

Deno.test("click() says which events the element takes when it takes no click", async () => {
  await using page = await mount(() =>
    div({ onMouseDown: () => {} }, button({ type: "button", onFocus: () => {} }, "x"))
  );
  await assertRejects(
    () => page.get("button").click(),
    Error,
    'Nothing takes the click of <button type="button">x</button>:\n  <button type="button">x</button> takes focus\n' +
      "  <div>x</div> takes mousedown\n" + 'Use dispatch("mousedown") for that one.',
  );
});

Deno.test("actions refuse what a user could not do", async () => {
  await using page = await mount(() =>
    div(
      button({ disabled: true, onClick: () => {} }, "off"),
      input({ id: "ro", readonly: true }),
      input({ id: "c", type: "checkbox" }),
      select(option("a")),
      p("x"),
    )
  );
  await assertRejects(() => page.get("button").click(), Error, "it is disabled");
  await assertRejects(() => page.get("#ro").fill("x"), Error, "it is read-only");
  await assertRejects(() => page.get("#c").fill("x"), Error, "use check() or uncheck()");
  await assertRejects(() => page.get("select").fill("x"), Error, "use select()");
  await assertRejects(() => page.get("select").select("b"), Error, 'the options are "a"');
  await assertRejects(() => page.get("p").check(), Error, "it is no checkbox");
  await assertRejects(() => page.get("p").submit(), Error, "it is in no form");
  await assertRejects(() => page.get("p").press("Enter"), Error, "Nothing takes the keydown");
  await assertRejects(() => page.get("p").dispatch("my-event"), Error, "Nothing takes the my-event");
});

Deno.test("fill() and type() tell what the control shows", async () => {
  const value = signal("");
  await using page = await mount(() =>
    div(
      input({ onInput: (e) => value.value = e.value, onChange: note("change") }),
      p(value),
    )
  );
  await page.get("input").fill("abc");
  assertEquals([page.get("input").value, page.get("p").text(), ...take()], ["abc", "abc", "change"]);
  await page.get("input").type("de");
  assertEquals([page.get("p").text(), ...take()], ["abcde"]);
  await page.get("input").blur();
  assertEquals(take(), ["change"]);
});

Deno.test("a handler that normalises input has the last word", async () => {
  const Upper = component(() => {
    const value = signal("");
    return () => input({ value, onInput: (e) => value.value = e.value.toUpperCase().slice(0, 3) });
  });
  await using page = await mount(Upper);
  await page.get("input").type("abcd");
  assertEquals(page.get("input").value, "ABC");
});

Deno.test("check(), uncheck() and select() switch and tell", async () => {
  const log: unknown[] = [];
  await using page = await mount(() =>
    div(
      label("Agree", input({ type: "checkbox", onChange: (e) => log.push(e.checked) })),
      input({ type: "radio", name: "r", value: "1", onChange: (e) => log.push(e.value) }),
      input({ type: "radio", name: "r", value: "2", onChange: (e) => log.push(e.value) }),
      select(
        { multiple: true, onChange: (e) => log.push(e.values) },
        option({ value: "a" }, "A"),
        option({ value: "b" }, "B"),
      ),
    )
  );
  await page.getByLabel("Agree").check();
  await page.getByLabel("Agree").check();
  await page.getByLabel("Agree").uncheck();
  await page.getByText("Agree").click();
  await page.get("[value='2']").check();
  await page.get("select").select(["a", "B"]);
  assertEquals(log, [true, false, true, "2", ["a", "b"]]);
  assertEquals(page.getAll("input:checked").length, 2);
});

Deno.test("submit() fills fields by name and runs the submit handler with all of them", async () => {
  const log: unknown[] = [];
  await using page = await mount(() =>
    form(
      { onSubmit: (e) => log.push(e.fields) },
      input({ name: "a" }),
      textarea({ name: "b" }, "old"),
      input({ type: "checkbox", name: "c", value: "1" }),
      input({ type: "checkbox", name: "c", value: "2" }),
      select({ name: "d" }, option("x"), option("y")),
      input({ name: "off", disabled: true, value: "no" }),
      button({ name: "how", value: "save" }, "Save"),
    )
  );
  await assertRejects(
    () => page.get("form").submit({ z: "1" }),
    Error,
    'Cannot fill the field "z": the form has a, b, c, d, off, how',
  );
  await page.get("form").submit({ a: "1", b: "2", c: ["2"], d: "y" });
  await page.get("[name=a]").press("Enter");
  const fields = [["a", "1"], ["b", "2"], ["c", "2"], ["d", "y"], ["how", "save"]];
  assertEquals(log, [fields, fields]);
});

Deno.test("press() respects key filters and modifiers", async () => {
  await using page = await mount(() =>
    div(
      { onKeyDown: on(note("save"), { keys: ["Ctrl+s"] }) },
      input({ onKeyDown: on(note("go"), { keys: ["Enter"] }) }),
    )
  );
  await page.get("input").press("Enter");
  await page.get("input").press("Ctrl+s");
  await page.get("input").press("x");
  assertEquals(take(), ["go", "save"]);
});

Deno.test("once, stop and self hold as in a browser", async () => {
  await using page = await mount(() =>
    div(
      { onClick: on(note("outer"), {}) },
      button({ id: "once", onClick: on(note("once"), { once: true }) }, "1"),
      button({ id: "stop", onClick: on(note("stop"), { stop: true }) }, "2"),
      div({ id: "self", onClick: on(note("self"), { self: true }) }, p({ id: "in" }, "3")),
    )
  );
  await page.get("#once").click();
  await page.get("#once").click();
  assertEquals(take(), ["once", "outer", "outer"]);
  await page.get("#stop").click();
  assertEquals(take(), ["stop"]);
  await page.get("#in").click();
  assertEquals(take(), ["outer"]);
  await page.get("#self").click();
  assertEquals(take(), ["self", "outer"]);
});

Deno.test("debounced and throttled handlers follow the page's clock", async () => {
  const log: string[] = [];
  await using page = await mount(() =>
    div(
      input({ onInput: on((e) => void log.push(e.value), { debounce: 200 }) }),
      div({ id: "t", onMouseMove: on((e) => void log.push(String(e.clientX)), { throttle: 100 }) }),
    )
  );
  await page.get("input").type("abc");
  assertEquals(log.splice(0), []);
  await page.clock.advance(199);
  assertEquals(log.splice(0), []);
  await page.clock.advance(1);
  assertEquals(log.splice(0), ["abc"]);
  for (const clientX of [1, 2, 3]) await page.get("#t").dispatch("mousemove", { clientX });
  assertEquals(log.splice(0), ["1"]);
  await page.clock.advance(100);
  assertEquals(log.splice(0), ["3"]);
});

Deno.test("a click sends what is debounced first", async () => {
  const log: string[] = [];
  await using page = await mount(() =>
    div(
      input({ onInput: on((e) => void log.push(e.value), { debounce: 200 }) }),
      button({ onClick: () => log.push("click") }, "x"),
    )
  );
  await page.get("input").type("ab");
  await page.get("button").click();
  assertEquals(log, ["ab", "click"]);
});

Deno.test("dispatch() sends any event with its payload", async () => {
  const log: unknown[] = [];
  await using page = await mount(() =>
    div({ onPaste: (e) => log.push(e.text), onDblClick: (e) => log.push([e.type, e.shiftKey]) })
  );
  await page.get("div").dispatch("paste", { text: "x" });
  await page.get("div").dispatch("dblclick", { shiftKey: true });
  assertEquals(log, ["x", ["dblclick", true]]);
});

Deno.test("details opens, links lead, and other origins are left for", async () => {
  await using page = await mount(() =>
    div(
      details(summary("More"), p("text")),
      a({ href: "https://example.com/x" }, "Away"),
      a({ href: "#part" }, "Part"),
    )
  );
  await page.get("summary").click();
  assertEquals(page.get("details").attr("open"), "");
  await page.getByText("Away").click();
  assertEquals(page.left, ["https://example.com/x"]);
  await page.getByText("Part").click();
  assertEquals(page.url.hash, "#part");
});

Deno.test("settled() waits for handlers that await, and says for which when it takes too long", async () => {
  const gate = Promise.withResolvers<void>();
  const done = signal("no");
  await using page = await mount(() =>
    div(
      button({
        onClick: async () => {
          await gate.promise;
          done.value = "yes";
        },
      }, "go"),
      p(done),
    )
  );
  await page.get("button").click();
  assertEquals(page.get("p").text(), "no");
  await assertRejects(() => page.settled(20), Error, "It waits for the click of <button>go</button>");
  gate.resolve();
  await page.settled();
  assertEquals(page.get("p").text(), "yes");
});

Deno.test("an error that nothing caught fails the action; throwErrors: false only collects it", async () => {
  const Failing = () =>
    button({
      onClick: () => {
        throw new RangeError("no");
      },
    }, "x");
  {
    await using page = await mount(Failing);
    await assertRejects(() => page.get("button").click(), RangeError, "no");
  }
  await using page = await mount(Failing, { throwErrors: false });
  await page.get("button").click();
  assertEquals(page.errors.map(String), ["RangeError: no"]);
});

Deno.test("fakeTime moves Date and the timers of user code, and gives them back", async () => {
  const real = [Date, setTimeout];
  {
    await using page = await mount(() => {
      const button_ = button({
        onClick: async () => {
          await new Promise((resolve) => setTimeout(resolve, 60_000));
          heard.push(new Date().toISOString());
        },
      }, "x");
      return button_;
    }, { clock: fakeClock({ now: new Date("2030-01-01T00:00:00Z"), globals: true }) });
    await page.get("button").click();
    await page.clock.advance(60_000);
    assertEquals(take(), ["2030-01-01T00:01:00.000Z"]);
  }
  assertEquals([Date, setTimeout], real);
});
