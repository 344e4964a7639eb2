/**
 * Pages that lead on before they are shown: what the browser's history has of them.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, useCtx } from "../../mod.ts";
import { button, p } from "../../vdom/elements.ts";
import { Op } from "../../vdom/patch.ts";
import { startApp } from "../support/app.ts";
import { hid } from "../support/raw_client.ts";
import { openPage, table } from "../support/routes.ts";

Deno.test("a page that leads on while it is made leaves no place in the history", async () => {
  const Away = component(() => {
    useCtx().navigate("/about");
    return () => p("never");
  });
  const Twice = component(() => {
    const ctx = useCtx();
    const lead = () => ["/items/1", "/items/2"].forEach((to) => ctx.navigate(to));
    return () => button({ onClick: lead }, "go");
  });
  const { pages, ...rest } = table();
  const routes = {
    ...rest,
    pages: [...pages, { pattern: "/away", page: Away, levels: [] }, {
      pattern: "/twice",
      page: Twice,
      levels: [],
    }],
  };
  await using server = startApp({ routes });
  await using live = await openPage(server);
  const places = async () => {
    const { patches } = await live.client.patches();
    return patches.filter(({ op }) => op === Op.NavPush || op === Op.NavReplace);
  };
  live.go("/away");
  assertEquals(await places(), [{ op: Op.NavPush, path: "/about" }]);
  // On the way back there is an entry already.
  live.go("/away", true);
  assertEquals(await places(), [{ op: Op.NavReplace, path: "/about" }]);
  await using other = await openPage(server, "/twice");
  other.client.click(hid(other.page.html, 0));
  const { patches } = await other.client.patches();
  assertEquals(patches[0], { op: Op.NavPush, path: "/items/2" });
});
