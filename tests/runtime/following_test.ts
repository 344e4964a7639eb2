/**
 * What a view follows, run by run.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { signal } from "../../core/mod.ts";
import { component } from "../../runtime/component.ts";
import { div, p } from "../../vdom/elements.ts";
import { live } from "./_live.ts";

Deno.test("a view that follows nothing any more is marked by nobody", async () => {
  const [count, shown] = [signal(0), signal(true)];
  let [runs, quiet] = [0, false];
  const Kid = component(() => () => {
    runs++;
    return quiet ? p("quiet") : p(count.value);
  });
  const page = await live(() => shown.value ? div(Kid()) : p("gone"));
  count.value = 1;
  page.flush();
  assertEquals([page.html, runs], ["<div><p>1</p></div>", 2]);
  quiet = true;
  count.value = 2;
  page.flush();
  const { requests } = page;
  count.value = 3;
  assertEquals([page.flush(), page.html, runs, page.requests - requests], [
    [],
    "<div><p>quiet</p></div>",
    3,
    0,
  ]);
  shown.value = false;
  page.flush();
  assertEquals([page.html, page.told], ["<p>gone</p>", []]);
});
