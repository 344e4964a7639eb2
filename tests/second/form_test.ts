/**
 * Input protection and overlays of the second client: docs/architecture.md, "Input and overlays".
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, on, signal } from "../../mod.ts";
import { button, div, form, input, label, option, p, select, textarea } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { checkedOf, optionsOf, selectedOf, valueOf } from "./dom.ts";
import { Tab } from "./tab.ts";

const after = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Waits until the server has answered what was sent, while the way down is slow. */
const underway = () => after(40);

const Controlled = component(() => {
  const name = signal("", { name: "name" });
  const box = signal(true, { name: "box" });
  const color = signal("red", { name: "color" });
  const heard = signal("", { name: "heard" });
  return () =>
    form(
      {
        onSubmit: (e) => {
          heard.set(e.fields.map((field) => field.join("=")).join(" "));
          name.set("");
        },
      },
      input({ name: "name", value: name, onInput: (e) => name.set(e.value.toUpperCase()) }),
      input({ name: "box", type: "checkbox", checked: box, onChange: () => heard.set("refused") }),
      select(
        { name: "color", value: color, onChange: (e) => e.value !== "blue" && color.set(e.value) },
        ...["red", "green", "blue"].map((value) => option({ value }, value)),
      ),
      textarea({ name: "note" }),
      button({ type: "button", onClick: () => name.set("set") }, "set"),
      p(heard),
    );
});

Deno.test("input that the handler changes or refuses is set in every kind of control", async () => {
  await using server = startApp({ page: Controlled });
  await using tab = await Tab.open(server.origin);
  tab.type(tab.byName("name"), "ada");
  tab.check(tab.byName("box"), false);
  tab.select(tab.byName("color"), "blue");
  await tab.idle();
  assertEquals(valueOf(tab.byName("name")), "ADA");
  assertEquals(checkedOf(tab.byName("box")), true);
  assertEquals(valueOf(tab.byName("color")), "red");
  assertEquals(tab.byTag("p").textContent, "refused");
  tab.select(tab.byName("color"), "green");
  await tab.idle();
  assertEquals(valueOf(tab.byName("color")), "green");
});

Deno.test("a submit carries the fields in order, and its handler clears a field that no event told of", async () => {
  await using server = startApp({ page: Controlled });
  await using tab = await Tab.open(server.origin);
  tab.byName("name").value = "typed";
  tab.byName("note").value = "a note";
  tab.fire(tab.byTag("form"), "submit");
  await tab.idle();
  assertEquals(tab.byTag("p").textContent, "name=typed box=on color=red note=a note");
  assertEquals(valueOf(tab.byName("name")), "");
  assertEquals(valueOf(tab.byName("note")), "a note");
});

Deno.test("a value that was computed before the server knew of newer input is not set", async () => {
  await using server = startApp({ page: Controlled });
  await using tab = await Tab.open(server.origin);
  tab.slow = true;
  tab.type(tab.byName("name"), "a");
  await underway();
  tab.type(tab.byName("name"), "aB"); // the answer "A" is on its way
  await underway();
  tab.catchUp();
  await tab.idle();
  assertEquals(valueOf(tab.byName("name")), "AB");
});

Deno.test("a value of the server that meets newer input is dropped where that input was noted", async () => {
  await using server = startApp({ page: Controlled });
  await using tab = await Tab.open(server.origin);
  tab.slow = true;
  tab.click("set");
  await underway();
  tab.type(tab.byName("name"), "MINE");
  await underway();
  tab.catchUp();
  await tab.idle();
  assertEquals(valueOf(tab.byName("name")), "MINE");
  // and the server thinks so too: a submit sends it
  tab.fire(tab.byTag("form"), "submit");
  await tab.idle();
  assert(tab.byTag("p").textContent.startsWith("name=MINE "));
});

Deno.test("a value of the server that meets input whose event is refused is set", async () => {
  const Page = component(() => {
    const name = signal("", { name: "name" });
    const takes = signal(true, { name: "takes" });
    const stop = () => {
      name.set("server");
      takes.set(false);
    };
    return () => [
      input({ name: "name", value: name, onInput: takes.value ? (e) => name.set(e.value) : undefined }),
      button({ onClick: stop }, "stop"),
    ];
  });
  await using server = startApp({ page: Page });
  await using tab = await Tab.open(server.origin);
  tab.slow = true;
  tab.click("stop");
  await underway();
  tab.type(tab.byName("name"), "mine");
  await underway();
  tab.catchUp();
  await tab.idle();
  assert(
    tab.log.all.some((frame) => frame.kind === "error" && frame.value.code === 0x03 && frame.value.seq === 2),
  );
  assertEquals(valueOf(tab.byName("name")), "server");
});

Deno.test("what is typed after a submit stays", async () => {
  const Page = component(() => {
    const draft = signal("", { name: "draft" });
    return () => form({ onSubmit: () => draft.set("") }, input({ name: "draft", value: draft }));
  });
  await using server = startApp({ page: Page });
  await using tab = await Tab.open(server.origin);
  const draft = tab.byName("draft");
  draft.value = "one";
  tab.slow = true;
  tab.fire(tab.byTag("form"), "submit");
  await underway();
  draft.value = "one, two";
  tab.catchUp();
  await tab.idle();
  assertEquals(valueOf(draft), "one, two");
  tab.fire(tab.byTag("form"), "submit");
  await tab.idle();
  assertEquals(valueOf(draft), "");
});

Deno.test("an event that an element above the control takes names the control", async () => {
  const Page = component(() => {
    const name = signal("fixed", { name: "name" });
    return () => div({ onInput: (_e) => {} }, label("x", input({ name: "name", value: name })));
  });
  await using server = startApp({ page: Page });
  await using tab = await Tab.open(server.origin);
  const control = tab.byName("name");
  tab.type(control, "other");
  const [type, , , , target] = tab.sent.at(-1) as Uint8Array;
  assertEquals([type, target], [0x41, control.num]);
  await tab.idle();
  assertEquals(valueOf(control), "fixed");
});

Deno.test("an answer to older input does not overtake the newest while handlers wait", async () => {
  const waiting: (() => void)[] = [];
  const Page = component(() => {
    const name = signal("", { name: "name" });
    const slowly = async (value: string) => {
      await new Promise<void>((done) => waiting.push(done));
      name.set(value.toUpperCase());
    };
    return () => input({ name: "name", value: name, onInput: (e) => slowly(e.value) });
  });
  await using server = startApp({ page: Page });
  await using tab = await Tab.open(server.origin);
  const control = tab.byName("name");
  tab.type(control, "a");
  tab.type(control, "ab");
  await tab.log.until((frame) => frame.kind === "patches" && frame.value.received === 2);
  waiting[0]();
  await tab.log.until((frame) => frame.kind === "patches" && frame.value.settled?.below === 2);
  assertEquals(valueOf(control), "ab");
  waiting[1]();
  await tab.idle();
  assertEquals(valueOf(control), "AB");
});

Deno.test("what was typed before the client started is told", async () => {
  await using server = startApp({ page: Controlled });
  const meddle = (body: { find: Tab["page"]["root"]["find"] }) => {
    body.find((node) => node.attrs.get("name") === "name")[0].value = "early";
    body.find((node) => node.attrs.get("name") === "box")[0].checked = false;
  };
  await using tab = await Tab.open(server.origin, { meddle });
  await tab.idle();
  assertEquals([valueOf(tab.byName("name")), checkedOf(tab.byName("box"))], ["EARLY", true]);
});

Deno.test("an overlay lives until its handler has settled, above what frames change", async () => {
  const saved = Promise.withResolvers<void>();
  const Page = component(() => {
    const count = signal(0, { name: "count" });
    const save = on(() => saved.promise.then(() => count.inc()), {
      optimistic: { text: "Saving", class: { add: "busy" } },
    });
    const refuse = on(() => {
      throw new Error("refused");
    }, { optimistic: { attr: { title: "tried" }, target: "refuse" } });
    return () => [
      button({ id: "save", class: ["b", count.value ? "used" : null], onClick: save }, "Saved ", count),
      button({ onClick: () => count.inc() }, "+"),
      button({ id: "refuse", onClick: refuse }, "no"),
    ];
  });
  await using server = startApp({ page: Page });
  await using tab = await Tab.open(server.origin);
  const save = tab.byText("button", "Saved 0");
  const now = () => [save.textContent, save.attrs.get("class")];
  tab.click("Saved 0");
  assertEquals(now(), ["Saving", "b busy"]);
  tab.click("+");
  await tab.log.until((frame) => frame.kind === "patches" && frame.value.received === 2);
  assertEquals(now(), ["Saving", "b used busy"]);
  saved.resolve();
  await tab.idle();
  assertEquals(now(), ["Saved 2", "b used"]);
  tab.click("no");
  assertEquals(tab.byText("button", "no").attrs.get("title"), "tried");
  await tab.idle();
  assertEquals(tab.byText("button", "no").attrs.get("title"), undefined);
});

Deno.test("radio buttons and options that the handler refuses go back", async () => {
  const Page = component(() => {
    const size = signal("s", { name: "size" });
    const chosen = signal(["a", "b"], { name: "chosen" });
    const radio = (value: string) =>
      input({
        type: "radio",
        name: "size",
        value,
        checked: size.value === value,
        onChange: () => size.set(size.value),
      });
    return () => [
      ...["s", "m", "l"].map(radio),
      select(
        { name: "many", multiple: true, onChange: (e) => e.values.length === 2 && chosen.set([...e.values]) },
        ...["", "a", "b"].map((value) =>
          option({ value, selected: chosen.value.includes(value) }, `(${value})`)
        ),
      ),
    ];
  });
  await using server = startApp({ page: Page });
  await using tab = await Tab.open(server.origin);
  const radios = tab.page.root.find((node) => node.attrs.get("name") === "size");
  const many = tab.byName("many");
  const chosen = () => optionsOf(many).filter(selectedOf).map(valueOf);
  assertEquals([radios.map(checkedOf), chosen()], [[true, false, false], ["a", "b"]]);
  radios[0].checked = false;
  tab.check(radios[1], true);
  await tab.idle();
  assertEquals(radios.map(checkedOf), [true, false, false]);
  tab.select(many, "b");
  await tab.idle();
  assertEquals(chosen(), ["a", "b"]);
  tab.select(many, "", "a");
  await tab.idle();
  assertEquals(chosen(), ["", "a"]);
  tab.select(many); // none
  await tab.idle();
  assertEquals(chosen(), ["", "a"]);
});

Deno.test("an overlay whose handler ended with the process ends when the session is restored", async () => {
  const Page = component(() => {
    const save = on(() => new Promise<void>(() => {}), { optimistic: { text: "Saving" } });
    return () => button({ onClick: save }, "Save");
  });
  const first = startApp({ page: Page });
  const tab = await Tab.open(first.origin);
  tab.click("Save");
  await tab.log.until((frame) => frame.kind === "patches" && frame.value.received === 1);
  const closed = tab.log.until((frame) => frame.kind === "closed");
  await first[Symbol.asyncDispose]();
  await closed;
  assertEquals(tab.byTag("button").textContent, "Saving");
  await using _second = startApp({ page: Page }, Number(new URL(first.origin).port));
  await tab.connect();
  await tab.idle();
  assertEquals(tab.byTag("button").textContent, "Save");
  assert(tab.log.controls.includes(0x13));
  await tab[Symbol.asyncDispose]();
});
