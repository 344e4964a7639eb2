/**
 * The specs of tests/specs in this process: with the kit's own document, and with the browser's client on happy-dom.
 *
 * @module
 */
import { Window } from "happy-dom";
import { mountDom } from "../../testing/dom_page.ts";
import { mount } from "../../testing/mod.ts";
import { SPECS } from "../specs/all.ts";

for (const { name, make } of SPECS) {
  Deno.test(`mount(): ${name}`, async () => {
    const { what, options, run } = make();
    await using page = await mount(what, options);
    await run(page);
  });

  Deno.test(`mountDom(): ${name}`, async () => {
    const { what, options, run } = make();
    await using page = await mountDom(what, { ...options, Window });
    await run(page);
  });
}
