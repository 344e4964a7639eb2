import { assert, assertEquals } from "@std/assert";
import { component, effect, signal, useCtx } from "../../mod.ts";
import { button, div } from "../../vdom/elements.ts";
import { startApp } from "../support/app.ts";
import { getPage, hid, type Page, RawClient } from "../support/raw_client.ts";

async function connect(origin: string): Promise<{ page: Page; client: RawClient }> {
  const page = await getPage(origin);
  const client = new RawClient(origin, page);
  assert(await client.opened);
  client.hello(page);
  assertEquals((await client.next()).kind, "hello");
  return { page, client };
}

Deno.test("useCtx() after an await in a handler gives the session whose event it was", async () => {
  const seen: string[] = [];
  const page = component(() => {
    const onClick = async () => {
      seen.push(useCtx().session.id);
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(useCtx().session.id);
    };
    return () => button({ onClick }, "Go");
  });
  await using server = startApp({ page });
  const a = await connect(server.origin);
  const b = await connect(server.origin);
  a.client.click(hid(a.page.html));
  b.client.click(hid(b.page.html));
  while (seen.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals(seen.toSorted(), [a.page.data.s, a.page.data.s, b.page.data.s, b.page.data.s].toSorted());
  await a.client.close();
  await b.client.close();
});

Deno.test("useCtx() after an await in an effect gives its own session when another one's handler woke it", async () => {
  const shared = signal(0);
  const seen: string[] = [];
  const page = component(() => {
    effect(() => {
      if (shared.value > 0) Promise.resolve().then(() => seen.push(useCtx().session.id));
    });
    return () => div(button({ onClick: () => shared.inc() }, "Go"), shared);
  });
  await using server = startApp({ page });
  const a = await connect(server.origin);
  const b = await connect(server.origin);
  a.client.click(hid(a.page.html));
  assertEquals((await a.client.next()).kind, "patches");
  assertEquals((await b.client.next()).kind, "patches");
  assertEquals(seen.toSorted(), [a.page.data.s, b.page.data.s].toSorted());
  await a.client.close();
  await b.client.close();
});
