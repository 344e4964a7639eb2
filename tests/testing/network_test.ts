/**
 * The test kit: a network that delays, loses, doubles, swaps, holds and breaks. What a page makes of it is in tests/specs.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { Window } from "happy-dom";
import { component, signal } from "../../mod.ts";
import { mountDom } from "../../testing/dom_page.ts";
import { mount } from "../../testing/mod.ts";
import { button, div, p } from "../../vdom/elements.ts";

/** A page that notes in which order its buttons were heard of. */
function noting() {
  const heard: string[] = [];
  const what = component(() => {
    const count = signal(0, { name: "count" });
    const hear = (name: string) => () => {
      heard.push(name);
      count.inc();
    };
    return () =>
      div(p(count), ["a", "b", "c"].map((name) => button({ id: name, onClick: hear(name) }, name)));
  });
  return { what, heard };
}

Deno.test("frames never overtake those before them when the delay gets shorter", async () => {
  const { what, heard } = noting();
  await using page = await mount(what);
  page.network.delay({ up: 100 });
  await page.get("#a").click();
  page.network.delay(0);
  await page.get("#b").click();
  assertEquals([heard, page.network.waiting.up], [[], 2]);
  await page.clock.advance(99);
  assertEquals(heard, []);
  await page.clock.advance(1);
  assertEquals([heard, page.get("p").text()], [["a", "b"], "2"]);
});

Deno.test("delays of the two directions add up", async () => {
  const { what, heard } = noting();
  await using page = await mount(what);
  page.network.delay({ up: 30, down: 20 });
  await page.get("#a").click();
  await page.clock.advance(30);
  assertEquals([heard, page.get("p").text(), page.network.waiting], [["a"], "0", { up: 0, down: 1 }]);
  await page.clock.advance(19);
  assertEquals(page.get("p").text(), "0");
  await page.clock.advance(1);
  assertEquals(page.get("p").text(), "1");
});

Deno.test("hold() of one direction leaves the other alone", async () => {
  const { what, heard } = noting();
  await using page = await mount(what);
  page.network.hold("down");
  await page.get("#a").click();
  await page.get("#b").click();
  assertEquals([heard, page.get("p").text(), page.traffic.frames], [["a", "b"], "0", 0]);
  await page.network.release("up");
  assertEquals(page.get("p").text(), "0");
  await page.network.release("down");
  assertEquals([page.get("p").text(), page.traffic.frames], ["2", 2]);
});

Deno.test("reorder() swaps as many as it is told, and release() lets go of those that are there", async () => {
  const { what } = noting();
  await using page = await mount(what);
  page.network.reorder("down", 3);
  for (const id of ["#a", "#b"]) await page.get(id).click();
  assertEquals([page.get("p").text(), page.network.waiting.down], ["0", 2]);
  await page.get("#c").click();
  await page.settled();
  assertEquals([page.get("p").text(), page.network.waiting.down, page.traffic.resyncs], ["3", 0, 0]);
  page.network.reorder("down", 3);
  await page.get("#a").click();
  assertEquals(page.get("p").text(), "3");
  await page.network.release();
  assertEquals(page.get("p").text(), "4");
});

Deno.test("drop() loses as many as it is told, and counts them", async () => {
  const { what, heard } = noting();
  await using page = await mount(what);
  page.network.drop("up", 2);
  for (const id of ["#a", "#b", "#c"]) await page.get(id).click();
  assertEquals([heard, page.network.lost], [["c"], { up: 2, down: 0 }]);
});

Deno.test("acks are not lost: what drop() counts are events", async () => {
  const { what, heard } = noting();
  await using page = await mount(what);
  await page.get("#a").click();
  page.network.drop("up");
  await page.clock.advance(1000);
  assertEquals(page.network.lost.up, 0);
  await page.get("#b").click();
  assertEquals([heard, page.network.lost.up], [["a"], 1]);
});

Deno.test("cut() loses what is under way, and a page that is offline does not come back", async () => {
  const { what, heard } = noting();
  await using page = await mount(what);
  page.network.hold("down");
  await page.get("#a").click();
  await page.network.cut();
  assertEquals([heard, page.connected, page.network.waiting.down], [["a"], false, 0]);
  page.network.delay(0);
  await page.network.reset();
  await page.disconnect();
  await page.clock.advance(60_000);
  assertEquals([page.connected, page.get("p").text()], [false, "0"]);
  await page.reconnect();
  assertEquals([page.connected, page.get("p").text(), heard], [true, "1", ["a"]]);
});

Deno.test("reset() forgets faults that are still due, and delivers what is delayed", async () => {
  const { what, heard } = noting();
  await using page = await mount(what);
  page.network.drop("up");
  page.network.duplicate("down", 5);
  page.network.delay(1000);
  await page.network.reset();
  await page.get("#a").click();
  page.network.delay(1000);
  await page.get("#b").click();
  await page.network.reset();
  assertEquals([heard, page.get("p").text(), page.traffic.frames], [["a", "b"], "2", 2]);
});

Deno.test("each page has a network of its own", async () => {
  const { what, heard } = noting();
  await using page = await mountDom(what, { Window });
  const other = await page.newPage();
  page.network.hold();
  await page.get("#a").click();
  await other.get("#b").click();
  assertEquals([heard, page.get("p").text(), other.get("p").text()], [["b"], "0", "1"]);
  await other.close();
  await page.network.release();
  assertEquals([heard, page.get("p").text()], [["b", "a"], "1"]);
});

Deno.test("with fakeTime the process's timers follow the clock on happy-dom too", async () => {
  const real = [Date, setTimeout];
  {
    await using page = await mountDom(() => {
      const shown = signal("");
      const later = async () => {
        await new Promise((resolve) => setTimeout(resolve, 60_000));
        shown.value = new Date().toISOString();
      };
      return div(button({ id: "later", onClick: later }, "later"), p(shown));
    }, { Window, fakeTime: true });
    await page.get("#later").click();
    await page.clock.advance(59_999);
    assertEquals(page.get("p").text(), "");
    await page.clock.advance(1);
    assertEquals(page.get("p").text(), "2025-01-01T00:01:00.000Z");
  }
  assertEquals([Date, setTimeout], real);
});
