/** What development warns of. @module */
import { assertEquals } from "@std/assert";
import { component } from "../../runtime/component.ts";
import { div } from "../../vdom/elements.ts";
import { createNode } from "../../vdom/node.ts";
import { live } from "./_live.ts";

Deno.test("a prop that has another name in HTML warns once per component and name, in development", async () => {
  const Form = component(() => () =>
    div(
      createNode("label", { className: "wide", htmlFor: "a" }, ["A"]),
      createNode("label", { className: "wide" }, ["B"]),
    ), { name: "Form" });
  assertEquals((await live(() => Form())).warnings, [
    "Form sets className of <label>, which HTML does not know: its name is class.",
    "Form sets htmlFor of <label>, which HTML does not know: its name is for.",
  ]);
  assertEquals((await live(() => Form(), { dev: false })).warnings, []);
});
