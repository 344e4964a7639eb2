import { assertStringIncludes } from "@std/assert";
import { encodeServerHello } from "../../protocol/mod.ts";
import { component } from "../../runtime/component.ts";
import { createNode } from "../../vdom/node.ts";
import { jsxAttr, jsxTemplate } from "../../vdom/jsx.ts";
import { openPage } from "../support/loopback.ts";

Deno.test("templates that come before an announced resync are kept for it", async () => {
  const CARD = ["<p ", ">Hi ", "</p>"];
  const page = component(() => () => createNode("div", null, [jsxTemplate(CARD, jsxAttr("id", "a"), "Bo")]));
  await using open = await openPage(page());
  open.down.push(encodeServerHello({
    status: 0,
    action: 2,
    session: "s",
    resumeKey: "k",
    build: "",
    nextSeq: 1,
    received: 0,
    heartbeat: 0,
    maxMessage: 1_000_000,
  }));
  open.session.resync();
  open.deliverDown();
  // The second script is loaded, then the frames are taken in order.
  await new Promise((resolve) => setTimeout(resolve, 50));
  assertStringIncludes(open.html, '<p id="a">Hi Bo</p>');
});
