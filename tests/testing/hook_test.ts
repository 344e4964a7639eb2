/**
 * The test kit: what a hook would push.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { Window } from "happy-dom";
import { component, hook, signal } from "../../mod.ts";
import { mountDom } from "../../testing/dom_page.ts";
import { mount } from "../../testing/mod.ts";
import { button, customElement, div, li, ul } from "../../vdom/elements.ts";

const List = component(() => {
  const names = signal(["a", "b", "c"], { name: "names" });
  const zoom = signal(1, { name: "zoom" });
  return () =>
    div(
      ul(
        hook("sortable", {
          onEvent: ({ name, data }) => {
            if (name !== "move" || typeof data.from !== "number") throw new RangeError(`no ${name}`);
            names.value = [...names.value.toSpliced(data.from, 1), names.value[data.from]];
          },
        }),
        names.value.map((name) => li({ key: name }, name)),
      ),
      customElement("x-map", { id: "map", ...hook("map", { config: { zoom: zoom.value } }) }),
      button({ onClick: () => zoom.inc() }, "+"),
    );
}, { name: "List" });

const openDom = (what: typeof List) => mountDom(what, { Window });

for (const [where, open] of [["mount()", mount], ["mountDom()", openDom]] as const) {
  Deno.test(`${where}: push() pushes what a hook would, and waits for what comes of it`, async () => {
    await using page = await open(List);
    await page.get("ul").push("move", { from: 0 });
    assertEquals(page.get("ul").text(), "b c a");
    await page.get("button").click();
    assertEquals(page.get("#map").attr("data-hook-config"), '{"zoom":2}');
    await assertRejects(() => page.get("ul").push("fall"), RangeError, "no fall");
  });

  Deno.test(`${where}: push() refuses an element without a hook, one below it, and a hook that nothing listens to`, async () => {
    await using page = await open(List);
    for (const where of ["button", "li:first-child"]) {
      await assertRejects(() => page.get(where).push("move"), Error, "Nothing takes the @hook of");
    }
    await assertRejects(() => page.get("#map").push("move"), Error, "refused");
  });
}

Deno.test("mountDom(): what a script has put into a custom element without children is no difference", async () => {
  await using page = await openDom(List);
  page.window.document.querySelector("#map")!.append("drawn");
  await page.get("button").click();
  await page.get("ul").push("move", { from: 1 });
  assertEquals([page.get("#map").text(), page.get("ul").text()], ["drawn", "a c b"]);
});
