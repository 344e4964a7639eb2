/**
 * What must fail in this process: see tests/specs/wrong.ts.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { Window } from "happy-dom";
import { mountDom } from "../../testing/dom_page.ts";
import { mount } from "../../testing/mod.ts";
import { errorOf, WRONG, wrongPage } from "../specs/wrong.ts";

for (const wrong of WRONG) {
  Deno.test(`mount() fails: ${wrong.name}`, async () => {
    await using page = await mount(wrongPage());
    const { name, message } = await errorOf(page, wrong);
    assertEquals(name, wrong.error);
    assertStringIncludes(message, wrong.message);
  });

  Deno.test(`mountDom() fails: ${wrong.name}`, async () => {
    await using page = await mountDom(wrongPage(), { Window });
    const { name, message } = await errorOf(page, wrong);
    assertEquals(name, wrong.error);
    assertStringIncludes(message, wrong.message);
  });
}
