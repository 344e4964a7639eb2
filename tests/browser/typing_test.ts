/**
 * Typing under latency while the server patches the same form: nothing that was typed is lost, the caret stays.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { component, onCleanup, onMount, signal } from "../../mod.ts";
import { button, form, input as input_, main, optgroup, option, p, select } from "../../vdom/elements.ts";
import type { ValueEventPayload } from "../../vdom/events.ts";
import { typingPage } from "./apps/typing.ts";
import { mark, marks } from "./support/identity.ts";
import { startProxy } from "./support/proxy.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** 300 ms for a round trip. */
const SLOW = { up: 150, down: 150 };

/** The port of an address. */
const portOf = (origin: string) => Number(new URL(origin).port);

/** Waits until the server's values are shown: upper, digits, marked, free, agree. */
async function held(page: Page, text: string): Promise<void> {
  await page.waitForFunction((text) => document.querySelector("#held")!.textContent === text, text);
}

/** The value of a control and its caret. */
async function control(page: Page, selector: string): Promise<[value: string, start: number, end: number]> {
  return await page.$eval(selector, (element) => {
    const { value, selectionStart, selectionEnd } = element as HTMLInputElement;
    return [value, selectionStart!, selectionEnd!];
  });
}

/** Notes every value that a script sets on a control, as "old>new". */
async function recordWrites(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const writes = (window as unknown as { writes: string[] }).writes = [];
    for (const type of [HTMLInputElement, HTMLTextAreaElement]) {
      const { get, set } = Object.getOwnPropertyDescriptor(type.prototype, "value")!;
      Object.defineProperty(type.prototype, "value", {
        get,
        set(value: string) {
          (writes as string[]).push(`${get!.call(this)}>${value}`);
          set!.call(this, value);
        },
      });
    }
  });
  return () => page.evaluate(() => (window as unknown as { writes: string[] }).writes);
}

test("typing: a handler that normalises never takes back what was typed since", async ({ page, input, start, open }) => {
  const { page: app } = typingPage();
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  const writes = await recordWrites(page);
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  await page.click("#upper");
  await input.type("hello");
  await page.waitForTimeout(200);
  await input.type(" world");
  await held(page, "HELLO WORLD||||false");
  assertEquals(await control(page, "#upper"), ["HELLO WORLD", 11, 11]);
  for (const write of await writes()) {
    const [old, value] = write.split(">");
    assertEquals(value, old.toUpperCase());
  }
});

test("typing: the caret stays where it is in the middle of a text", async ({ page, input, start, open }) => {
  const { page: app } = typingPage();
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  await page.click("#upper");
  await input.type("ad");
  await held(page, "AD||||false");
  await input.press("ArrowLeft");
  await input.type("bc");
  await input.press("ArrowLeft");
  await held(page, "ABCD||||false");
  await page.waitForFunction(() => (document.querySelector("#upper") as HTMLInputElement).value === "ABCD");
  assertEquals(await control(page, "#upper"), ["ABCD", 2, 2]);
});

test("typing: what a handler refuses is taken back", async ({ page, input, start, open }) => {
  const { page: app } = typingPage();
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  await page.click("#digits");
  await input.type("12");
  await held(page, "|12|||false");
  await input.type("x");
  await page.waitForFunction(() => (document.querySelector("#digits") as HTMLInputElement).value === "12");
  assertEquals(await control(page, "#digits"), ["12", 2, 2]);
  // The same refusal again: nothing changes on the server, and still the browser is told.
  await input.type("y");
  await page.waitForFunction(() => (document.querySelector("#digits") as HTMLInputElement).value === "12");
  await input.type("3");
  await held(page, "|123|||false");
  assertEquals(await control(page, "#digits"), ["123", 3, 3]);
});

test("typing: what an element above the control refuses is taken back", async ({ page, input, start, open }) => {
  const { page: app } = typingPage();
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  await page.click("#below");
  await input.type("ab");
  await input.type("x");
  await page.waitForFunction(() => (document.querySelector("#below") as HTMLInputElement).value === "ab");
  await input.type("y");
  await page.waitForFunction(() => (document.querySelector("#below") as HTMLInputElement).value === "ab");
  assertEquals(await control(page, "#below"), ["ab", 2, 2]);
});

test("typing: a handler that waits and then normalises never takes back what was typed since", async ({ page, input, start, open }) => {
  const { page: app } = typingPage();
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  const writes = await recordWrites(page);
  await open(proxy.url);
  Object.assign(proxy.delay, { up: 20, down: 20 });
  await page.click("#late");
  for (const char of "the quick brown fox") {
    await input.type(char);
    await page.waitForTimeout(30);
  }
  await page.waitForFunction(() =>
    (document.querySelector("#late") as HTMLInputElement).value === "THE QUICK BROWN FOX"
  );
  assertEquals(await control(page, "#late"), ["THE QUICK BROWN FOX", 19, 19]);
  for (const write of await writes()) {
    const [old, value] = write.split(">");
    assertEquals(value, old.toUpperCase());
  }
});

test("typing: the form changes around the input, which keeps text, caret, focus and node", async ({ page, input, start, open }) => {
  const { page: app } = typingPage(30);
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  await mark(page, "input, textarea");
  await page.focus("#free");
  const text = "The quick brown fox jumps over the lazy dog.";
  await input.type(text.slice(0, 20));
  const ticks = Number(await page.textContent("#ticks"));
  await page.waitForFunction((n) => Number(document.querySelector("#ticks")!.textContent) > n + 3, ticks);
  await input.type(text.slice(20));
  await held(page, `|||${text}|false`);
  assertEquals(await control(page, "#free"), [text, text.length, text.length]);
  assertEquals(await page.evaluate(() => document.activeElement!.id), "free");
  assertEquals(await marks(page, "input, textarea"), [1, 2, 3, 4, 5, 6, 7]);
});

test("typing: a selection survives patches around it", async ({ page, input, start, open }) => {
  const { page: app } = typingPage(20);
  await open(start({ page: app }).origin);
  await page.focus("#upper");
  await input.type("ABCDEF");
  await held(page, "ABCDEF||||false");
  await input.press("ArrowLeft", 8);
  await input.press("ArrowLeft", 8);
  const ticks = Number(await page.textContent("#ticks"));
  await page.waitForFunction((n) => Number(document.querySelector("#ticks")!.textContent) > n + 5, ticks);
  assertEquals(await control(page, "#upper"), ["ABCDEF", 4, 6]);
});

test("typing: input that overtakes a value of the server wins on both sides", async ({ page, input, start, open }) => {
  const { page: app } = typingPage();
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  await page.click("#set");
  await page.click("#upper");
  await input.type("abc");
  assertEquals((await control(page, "#upper"))[0], "abc");
  await held(page, "ABC||||false");
  await page.waitForFunction(() => (document.querySelector("#upper") as HTMLInputElement).value === "ABC");
});

test("typing: a value that comes later is applied", async ({ page, input, start, open }) => {
  const { page: app, upper } = typingPage();
  await open(start({ page: app }).origin);
  await page.click("#upper");
  await input.type("abc");
  await held(page, "ABC||||false");
  upper.value = "FROM ELSEWHERE";
  await held(page, "FROM ELSEWHERE||||false");
  assertEquals(await control(page, "#upper"), ["FROM ELSEWHERE", 14, 14]);
});

test("typing: a checkbox that is clicked again before the answer shows the last click", async ({ page, start, open }) => {
  const { page: app } = typingPage();
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  const seen: boolean[] = [];
  for (let i = 0; i < 3; i++) {
    await page.click("#agree");
    seen.push(await page.isChecked("#agree"));
  }
  await held(page, "||||true");
  assertEquals([...seen, await page.isChecked("#agree")], [true, false, true, true]);
});

test("typing: a composition is left alone until it ends", async ({ page, input, start, open }) => {
  const { page: app } = typingPage(50);
  const writes = await recordWrites(page);
  await open(start({ page: app }).origin);
  await page.click("#marked");
  await input.compose("に");
  await held(page, "||に!||false");
  await input.compose("にほ");
  await held(page, "||にほ!||false");
  assertEquals(await control(page, "#marked"), ["にほ", 2, 2]);
  assertEquals((await writes()).length, 0);
  await input.commit("日本");
  await held(page, "||日本!||false");
  await page.waitForFunction(() => (document.querySelector("#marked") as HTMLInputElement).value === "日本!");
  assertEquals(await writes(), ["日本>日本!"]);
});

test("typing: a composition under latency is entered once", async ({ page, input, start, open }) => {
  const { page: app } = typingPage(50);
  await using proxy = startProxy(portOf(start({ page: app }).origin));
  await open(proxy.url);
  Object.assign(proxy.delay, SLOW);
  await page.click("#upper");
  await input.type("ab");
  await input.compose("ß");
  await input.compose("ßk");
  await page.waitForTimeout(400);
  assertEquals((await control(page, "#upper"))[0].toLowerCase(), "abßk");
  await input.commit("ßk");
  await input.type("z");
  await held(page, "ABSSKZ||||false");
  await page.waitForFunction(() => (document.querySelector("#upper") as HTMLInputElement).value === "ABSSKZ");
  assertEquals(await control(page, "#upper"), ["ABSSKZ", 6, 6]);
});

test("typing: a composition that is given up leaves the text as the server has it", async ({ page, input, start, open }) => {
  const { page: app } = typingPage();
  await open(start({ page: app }).origin);
  await page.click("#upper");
  await input.type("ab");
  await held(page, "AB||||false");
  await input.compose("x");
  await input.cancel();
  await page.waitForFunction(() => (document.querySelector("#upper") as HTMLInputElement).value === "AB");
  await held(page, "AB||||false");
  await input.type("c");
  await held(page, "ABC||||false");
  assert((await control(page, "#upper"))[0] === "ABC");
});

test("typing: a handler that awaits before it takes the value over takes nothing back", async ({ page, input, start, open }) => {
  const app = component(() => {
    const name = signal("");
    const ticks = signal(0);
    onMount(() => {
      const timer = setInterval(() => ticks.inc(), 20);
      onCleanup(() => clearInterval(timer));
    });
    const take = async (value: string) => {
      await new Promise((resolve) => setTimeout(resolve, 120));
      name.value = value;
    };
    return () =>
      main(
        input_({ id: "slow", value: name.value, onInput: (e) => take(e.value) }),
        p(ticks.value),
        p({ id: "held" }, name.value),
      );
  });
  const writes = await recordWrites(page);
  await open(start({ page: app }).origin);
  await page.click("#slow");
  for (const character of "steady") {
    await input.type(character);
    await page.waitForTimeout(40);
  }
  await held(page, "steady");
  assertEquals(await control(page, "#slow"), ["steady", 6, 6]);
  assertEquals(await writes(), []);
});

test("typing: a handler that awaits and then refuses takes the input back", async ({ page, input, start, open }) => {
  const gate = Promise.withResolvers<void>();
  const app = component(() => {
    const name = signal("ok");
    return () =>
      main(
        input_({
          id: "slow",
          value: name.value,
          onInput: () => gate.promise,
        }),
      );
  });
  await open(start({ page: app }).origin);
  await page.click("#slow");
  await input.press("End");
  await input.type("xy");
  assertEquals((await control(page, "#slow"))[0], "okxy");
  gate.resolve();
  await page.waitForFunction(() => (document.querySelector("#slow") as HTMLInputElement).value === "ok");
});

test("typing: a choice that is refused is taken back in radio buttons and selects", async ({ page, input, start, open }) => {
  const app = component(() => {
    const names = ["a", "b", "c"];
    const tries = signal(0);
    const refuse = (_: ValueEventPayload) => tries.inc();
    return () =>
      main(
        names.map((name) =>
          input_({ type: "radio", name: "r", id: name, value: name, checked: name === "a", onChange: refuse })
        ),
        select(
          { id: "one", onChange: refuse },
          names.map((name) => option({ selected: name === "b" }, name)),
        ),
        select(
          { id: "many", multiple: true, onChange: refuse },
          optgroup({ label: "x" }, names.map((name) => option({ selected: name !== "b" }, name))),
        ),
        p({ id: "held" }, tries.value),
      );
  });
  await open(start({ page: app }).origin);
  await page.click("#b");
  await held(page, "1");
  await page.focus("#one");
  await input.press("ArrowDown");
  await held(page, "2");
  await page.selectOption("#many", ["b"]);
  await held(page, "3");
  const shown = await page.evaluate(() => [
    [...document.querySelectorAll("input")].map((radio) => radio.checked),
    ...[...document.querySelectorAll("select")].map((select) =>
      [...select.options].map((option) => option.selected)
    ),
  ]);
  assertEquals(shown, [[true, false, false], [false, true, false], [true, false, true]]);
});

test("typing: what is typed after a submit stays, though the submit clears the field", async ({ page, input, start, open }) => {
  const Chat = component(() => {
    const said = signal<string[]>([], { name: "said" });
    return () =>
      main(
        form(
          { onSubmit: (e) => said.push(e.get("text")) },
          input_({ name: "text", value: "", "aria-label": "Text" }),
          button("Send"),
        ),
        p({ id: "said" }, said.value.join(",")),
      );
  });
  await using proxy = startProxy(portOf(start({ page: Chat }).origin));
  await open(proxy.url);
  const says = (text: string) =>
    page.waitForFunction((text) => document.querySelector("#said")!.textContent === text, text);
  await page.click("[name=text]");
  await input.type("one");
  await input.press("Enter");
  await says("one");
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[name=text]")!.value === "");
  Object.assign(proxy.delay, SLOW);
  await input.type("two");
  await input.press("Enter");
  // While the answer, which clears the field, is on its way.
  await input.type(" and");
  await says("one,two");
  await page.waitForTimeout(200);
  assertEquals(await control(page, "[name=text]"), ["two and", 7, 7]);
});
