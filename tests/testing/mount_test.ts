/**
 * The test kit: mounting, acting, reading.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { component, signal } from "../../mod.ts";
import { mount } from "../../testing/mod.ts";
import { button, div, h1, p } from "../../vdom/elements.ts";

const Counter = component((props: { start?: number }) => {
  const count = signal(props.start ?? 0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

Deno.test("mount() shows a component, and a click changes it", async () => {
  await using page = await mount(Counter, { props: { start: 3 } });
  assertEquals(page.html(), "<div><h1>Count: 3</h1><button>+</button></div>");
  await page.getByRole("button", { name: "+" }).click();
  assertEquals(page.html(), "<div><h1>Count: 4</h1><button>+</button></div>");
  assertEquals(page.text(), "Count: 4 +");
});

Deno.test("setProps() of what is no component is refused", async () => {
  await using plain = await mount(() => p("x"));
  await assertRejects(
    () => plain.setProps({ name: "y" }),
    TypeError,
    "Cannot set props: what was mounted is no component",
  );
});
