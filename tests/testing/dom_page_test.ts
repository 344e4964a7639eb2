/**
 * The test kit: what is special of a page in a window of happy-dom.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { Window } from "happy-dom";
import { component, signal, useCtx } from "../../mod.ts";
import { mountDom } from "../../testing/dom_page.ts";
import { fakeClock } from "../../testing/mod.ts";
import { a, button, div, h1, input, p } from "../../vdom/elements.ts";
import { on } from "../../vdom/handler.ts";

const Counter = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

Deno.test("mountDom() says so when there is no Window", async () => {
  for (const options of [{}, undefined, { Window: {} }]) {
    await assertRejects(
      () => mountDom(Counter, options as never),
      TypeError,
      'mountDom() needs a Window: pass { Window } of the package "happy-dom"',
    );
  }
});

Deno.test("mountDom() refuses what is neither component nor application", async () => {
  await assertRejects(() => mountDom({} as never, { Window }), TypeError, "Cannot mount it");
});

Deno.test("a page that fails makes mountDom() fail", async () => {
  const Bad = component(() => () => {
    throw new RangeError("no");
  });
  await assertRejects(() => mountDom(Bad, { Window }), RangeError, "no");
});

Deno.test("a document that somebody changed is noticed with the next answer", async () => {
  await using page = await mountDom(Counter, { Window });
  page.window.document.querySelector("h1")!.append("!");
  await assertRejects(() => page.get("button").click(), Error, "The page is out of step with the server");
  {
    await using lenient = await mountDom(Counter, { Window, verify: false });
    lenient.window.document.querySelector("h1")!.append("!");
    await lenient.get("button").click();
    assertEquals(lenient.get("h1").text(), "Count: 1!");
  }
});

Deno.test("numbers that are not the server's are noticed with the next answer", async () => {
  const Two = component(() => {
    const count = signal(0, { name: "count" });
    return () => div(button({ onClick: () => count.inc() }, count), button({ onClick: () => {} }, "other"));
  });
  await using page = await mountDom(Two, { Window });
  const other = page.window.document.querySelectorAll("button")[1] as unknown as { vango: number };
  const was = other.vango;
  other.vango = 99;
  await assertRejects(
    () => page.getByRole("button", { name: "0" }).click(),
    Error,
    `The numbers of the page are out of step with the server's: a bug of the framework.\n<button>other</button> is ${was}`,
  );
});

Deno.test("an error of a script in the page fails the action; throwErrors: false only collects it", async () => {
  const listen = (window: Window) =>
    window.document.addEventListener("click", () => {
      throw new RangeError("of a script");
    });
  await using page = await mountDom(Counter, { Window });
  listen(page.window as unknown as Window);
  await assertRejects(() => page.get("button").click(), RangeError, "of a script");
  await using lenient = await mountDom(Counter, { Window, throwErrors: false });
  listen(lenient.window as unknown as Window);
  await lenient.get("button").click();
  assertEquals(lenient.errors.map(String), ["RangeError: of a script"]);
});

Deno.test("a link out of the application is noted and not followed", async () => {
  await using page = await mountDom(() => div(a({ href: "https://example.com/x" }, "Away"), p("here")), {
    Window,
  });
  await page.getByText("Away").click();
  assertEquals([page.left, page.get("p").text(), page.url.href, page.connected], [
    ["https://example.com/x"],
    "here",
    "http://localhost/",
    true,
  ]);
});

Deno.test("the client's timers follow the page's clock", async () => {
  const log: string[] = [];
  await using page = await mountDom(
    () => div(input({ onInput: on((e) => void log.push(e.value), { debounce: 200 }) })),
    { Window, clock: fakeClock({ now: 5 }) },
  );
  await page.get("input").type("abc");
  await page.clock.advance(199);
  assertEquals([log.length, page.clock.now()], [0, 204]);
  await page.clock.advance(1);
  assertEquals(log, ["abc"]);
});

Deno.test("props, cookies, title and logs are those of the page", async () => {
  const Named = component((props: { name?: string }) => {
    const ctx = useCtx();
    ctx.title(`For ${ctx.cookies.get("user")}`);
    return () => p(props.name ?? "nobody");
  });
  await using page = await mountDom(Named, { Window, props: { name: "Ada" }, cookies: { user: "ada" } });
  assertEquals([page.get("p").text(), page.title, page.meta("viewport") !== null], ["Ada", "For ada", true]);
  await page.setProps({ name: "Grace" });
  assertEquals(page.get("p").text(), "Grace");
  assertEquals(page.toString(), "Page /\n  <p>Grace</p>");
});
