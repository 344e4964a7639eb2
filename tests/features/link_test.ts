import { assertEquals } from "@std/assert";
import { component, createApp, Link, NavLink, signal, Unsaved } from "../../mod.ts";
import { button, div } from "../../vdom/elements.ts";
import { mount } from "../../testing/mod.ts";

async function html(path: string, view: () => unknown): Promise<string> {
  const app = createApp({ memory: false, secret: "x".repeat(40) });
  app.page("/*path", component(() => view as never));
  const answer = await app.fetch(new Request(`http://localhost${path}`));
  const text = await answer.text();
  await app.shutdown();
  return /<!--vango-->(.*)<script/.exec(text)![1];
}

Deno.test("Link is a link whose page is loaded when it is pointed at, unless it says otherwise", async () => {
  assertEquals(
    await html(
      "/x",
      () => [Link({ href: "/a" }, "A"), Link({ href: "/b", prefetch: "none", id: "b" }, "B", "!")],
    ),
    '<a href="/a" data-prefetch="hover">A</a><a href="/b" id="b" data-prefetch="none">B!</a>',
  );
});

Deno.test("NavLink says whether it leads to the page that is shown, or to one above it", async () => {
  const at = async (path: string) => {
    const text = await html(path, () => [
      NavLink({ href: "/" }, "home"),
      NavLink({ href: "/docs", activeClass: "on", class: "link" }, "docs"),
      NavLink({ href: "/docs?page=2", exact: true }, "exact"),
    ]);
    return [...text.matchAll(/<a([^>]*)>/g)].map(([, attributes]) => [
      /aria-current="(\w+)"/.exec(attributes)?.[1],
      /class="([^"]*)"/.exec(attributes)?.[1],
    ]);
  };
  assertEquals(await at("/docs"), [[undefined, undefined], ["page", "link on"], ["page", undefined]]);
  assertEquals(await at("/docs/intro"), [[undefined, undefined], ["true", "link on"], [
    undefined,
    undefined,
  ]]);
  assertEquals(await at("/docsify"), [[undefined, undefined], [undefined, "link"], [undefined, undefined]]);
});

Deno.test("Unsaved is there while there is something to lose", async () => {
  const Page = component(() => {
    const dirty = signal(false);
    return () =>
      div(
        button({ onClick: () => dirty.toggle() }, "Edit"),
        Unsaved({ when: dirty.value, message: "Sure?" }),
      );
  });
  await using page = await mount(Page);
  assertEquals(page.query("[data-vango-unsaved]"), null);
  await page.get("button").click();
  assertEquals(page.get("[data-vango-unsaved]").attr("data-vango-unsaved"), "Sure?");
});

Deno.test("NavLink compares addresses, not their spellings, and other origins are elsewhere", async () => {
  const at = async (path: string, href: string) =>
    /aria-current="(\w+)"/.exec(await html(path, () => NavLink({ href }, "x")))?.[1];
  for (const href of ["/docs/", "//docs", "/x/../docs", "/%64ocs", "/docs#top", "?a"]) {
    assertEquals(await at("/docs", href), href === "//docs" ? undefined : "page", href);
    if (href !== "//docs" && href !== "?a") assertEquals(await at("/docs/intro", href), "true", href);
  }
  assertEquals(await at("/a%20b", "/a b"), "page");
  assertEquals(await at("/docs", "https://other.example/docs"), undefined);
  for (const href of ["mailto:a@b.example", "http://", "/%GG", "/../.."]) {
    assertEquals(await at("/docs", href), undefined, href);
  }
});
