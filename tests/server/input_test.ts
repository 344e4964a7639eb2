/**
 * D7 at the server: what a control shows is noted, whoever handles it; late answers do not overtake newer input.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { type Component, component, signal } from "../../mod.ts";
import { div, form, input, option, p, select } from "../../vdom/elements.ts";
import type { ValueEventPayload } from "../../vdom/events.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";
import { Op } from "../../vdom/patch.ts";
import { startApp } from "../support/app.ts";
import { connect, getPage, hid, type RawClient } from "../support/raw_client.ts";

const INPUT = 0x10;
const CHANGE = 0x11;

/** What a control carries. */
const shows = (value: string, checked = false) => ({ value, checked, values: [], valueAsNumber: NaN });

/** The patches of controls in the next frame, as "2=text" and "2:true". */
async function written(client: RawClient): Promise<string[]> {
  return (await client.patches()).patches.flatMap((patch) =>
    patch.op === Op.SetValue
      ? [`${patch.num}=${patch.value}`]
      : patch.op === Op.SetChecked || patch.op === Op.SetSelected
      ? [`${patch.num}:${patch.on}`]
      : []
  );
}

/** The patches of controls up to the frame after which no event is unsettled. */
async function writtenUntil(client: RawClient, wanted: string): Promise<string[]> {
  const all: string[] = [];
  while (!all.includes(wanted)) all.push(...await written(client));
  return all;
}

async function open(page: Component<Record<never, never>>) {
  const server = startApp({ page });
  const html = await getPage(server.origin);
  const { client } = await connect(server.origin, html);
  return {
    client,
    num: (nth: number) => hid(html.html, nth),
    async [Symbol.asyncDispose]() {
      await client.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

Deno.test("a form that handles the input of its controls takes back what it refuses, at the control", async () => {
  const page = component(() => {
    const digits = signal("1");
    const take = (e: ValueEventPayload) => void (/^\d*$/.test(e.value) && (digits.value = e.value));
    return () => form({ onInput: take }, p(input({ value: digits })), input({ value: "fixed" }));
  });
  await using at = await open(page);
  const { client, num } = at;
  client.event(INPUT, num(0), shows("1x"), { target: 3 });
  assertEquals(await written(client), ["3=1"]);
  client.event(INPUT, num(0), shows("12"), { target: 3 });
  assertEquals(await written(client), []);
  client.event(INPUT, num(0), shows("other"), { target: 4 });
  assertEquals(await written(client), ["4=fixed"]);
});

Deno.test("an element of a template that handles the input of controls below it takes back what it refuses", async () => {
  const page = component(() => {
    // <section><div onInput={…}><p>{control}</p></div><i>{control}</i></section>, precompiled.
    return () =>
      jsxTemplate(
        ["<section><div ", "><p>", "</p></div><i>", "</i></section>"],
        jsxAttr("onInput", (_: ValueEventPayload) => {}),
        jsxEscape(input({ value: "inside" })),
        jsxEscape(input({ value: "beside" })),
      );
  });
  await using at = await open(page);
  at.client.event(INPUT, at.num(0), shows("x"), { target: 6 });
  assertEquals(await written(at.client), []);
  at.client.event(INPUT, at.num(0), shows("x"), { target: 4 });
  assertEquals(await written(at.client), ["4=inside"]);
});

Deno.test("a target that is no control below the handler's element changes nothing", async () => {
  const page = component(() => () =>
    div(form({ onInput: () => {} }, p(input({ value: "a" }))), input({ value: "b" }))
  );
  await using at = await open(page);
  for (const target of [3, 5, 6, 99_999]) {
    at.client.event(INPUT, at.num(0), shows("x"), { target });
    assertEquals(await written(at.client), [], String(target));
  }
  at.client.event(INPUT, at.num(0), shows("x"), { target: 4 });
  assertEquals(await written(at.client), ["4=a"]);
});

Deno.test("a form that refuses a radio button turns the one on that the browser turned off", async () => {
  const radio = (checked: boolean, name = "group") => input({ type: "radio", name, checked });
  const page = component(() => () =>
    div(
      form({ onChange: () => {} }, radio(true), radio(false), radio(true, "another")),
      form(radio(true)),
    )
  );
  await using at = await open(page);
  at.client.event(CHANGE, at.num(0), shows("on", true), { target: 4 });
  assertEquals(await written(at.client), ["4:false", "3:true"]);
});

Deno.test("an answer that comes late does not overtake the input that is being handled", async () => {
  const waiting: PromiseWithResolvers<void>[] = [];
  const page = component(() => {
    const text = signal("");
    const take = async (e: ValueEventPayload) => {
      const gate = Promise.withResolvers<void>();
      waiting.push(gate);
      await gate.promise;
      text.value = e.value.toUpperCase();
    };
    return () => div(input({ value: text, onInput: take }), p(text));
  });
  await using at = await open(page);
  const { client, num } = at;
  client.event(INPUT, num(0), shows("a"));
  assertEquals(await written(client), []);
  client.event(INPUT, num(0), shows("ab"));
  assertEquals(await written(client), []);
  waiting[0].resolve();
  const { patches } = await client.patches();
  assertEquals(patches.map((patch) => patch.op), [Op.SetText], "the text beside it is no input");
  waiting[1].resolve();
  assertEquals(await writtenUntil(client, "2=AB"), ["2=AB"]);
});

Deno.test("an answer that was kept back is shown when newer input is refused, though an older handler still waits", async () => {
  const waiting: PromiseWithResolvers<void>[] = [];
  const page = component(() => {
    const text = signal("");
    const take = async (e: ValueEventPayload) => {
      const gate = Promise.withResolvers<void>();
      waiting.push(gate);
      await gate.promise;
      if (e.value.length < 3) text.value = e.value.toUpperCase();
    };
    return () => input({ value: text, onInput: take });
  });
  await using at = await open(page);
  const { client, num } = at;
  for (const value of ["a", "ab", "abc"]) {
    client.event(INPUT, num(0), shows(value));
    assertEquals(await written(client), []);
  }
  waiting[1].resolve();
  assertEquals(await written(client), []);
  waiting[2].resolve();
  assertEquals(await writtenUntil(client, "1=AB"), ["1=AB"]);
  // The oldest has the last word, as the application wrote it.
  waiting[0].resolve();
  assertEquals(await writtenUntil(client, "1=A"), ["1=A"]);
});

Deno.test("what a handler does before it waits is shown at once, also while older ones wait", async () => {
  const gate = Promise.withResolvers<void>();
  const page = component(() => {
    const draft = signal("");
    return () =>
      form(
        {
          onSubmit: async () => {
            draft.value = "";
            await gate.promise;
          },
        },
        input({
          name: "draft",
          value: draft,
          onInput: async (e) => {
            draft.value = e.value;
            await gate.promise;
          },
        }),
      );
  });
  await using at = await open(page);
  at.client.event(INPUT, at.num(1), shows("hi"));
  assertEquals(await written(at.client), []);
  at.client.event(0x12, at.num(0), { fields: [["draft", "hi"]] });
  assertEquals(await written(at.client), ["2="]);
  gate.resolve();
});

Deno.test("a select of many in which nothing is chosen gets back an option without a value", async () => {
  const page = component(() => () =>
    select(
      { multiple: true, onChange: () => {} },
      option({ value: "", selected: true }, "none"),
      option({ value: "a" }, "a"),
    )
  );
  await using at = await open(page);
  at.client.event(CHANGE, at.num(0), shows(""));
  assertEquals(await written(at.client), ["2:true"]);
});
