/**
 * The strict policy that pages have by default holds with everything that the client does: no error in the console.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { component, on, raw, signal, trustHtml } from "../../mod.ts";
import { button, circle, customElement, div, main, p, script, style, svg } from "../../vdom/elements.ts";
import { Card } from "../../examples/jsx/views.tsx";
import { keepSockets, sendRaw } from "./support/hold.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

/** One of each thing that touches what a policy forbids. */
const Everything = component(() => {
  const n = signal(0, { name: "n" });
  return () =>
    main(
      button({ id: "more", onClick: on(() => n.inc(), { optimistic: { class: { add: "busy" } } }) }, "More"),
      p({ id: "n", style: { color: n.value % 2 ? "rgb(1, 2, 3)" : "rgb(4, 5, 6)" } }, n),
      p({ id: "text-style", style: `width: ${n.value}px` }, "styled"),
      Array.from({ length: n.value }, (_, i) =>
        div(
          { key: i, class: "made", style: "margin-left: 3px" },
          raw(trustHtml(`<b class="raw" style="color:rgb(9, 9, 9)">raw ${i}</b>`)),
          svg({ viewBox: "0 0 9 9" }, circle({ r: i + 1 })),
          customElement("x-made", { "data-i": i }),
          Card({ id: `card${i}`, name: "A & B", tone: "warm", count: i, note: i ? "note" : null }),
        )),
    );
}, { name: "Everything" });

test("csp: the strict policy holds with all that the client does", async ({ page, start, open }) => {
  const head = () => [style("p { font-weight: 700 }")];
  const { origin } = start({ page: Everything, head });
  await keepSockets(page);
  await page.addInitScript(() => {
    const found: string[] = (globalThis as unknown as { found: string[] }).found = [];
    document.addEventListener(
      "securitypolicyviolation",
      (e) => found.push(`${e.violatedDirective} ${e.blockedURI}`),
    );
  });
  await open(origin);
  for (let i = 1; i <= 3; i++) {
    await page.click("#more");
    await page.locator("#n", { hasText: String(i) }).waitFor();
  }
  await sendRaw(page, [3, 0x10, 0, 1]);
  await page.click("#more");
  await page.locator("#n", { hasText: "4" }).waitFor();
  assertEquals(await page.evaluate("found"), []);
  const look = await page.evaluate(() => {
    const of = (selector: string) => getComputedStyle(document.querySelector(selector)!);
    return [
      of("#n").color,
      of("#n").fontWeight,
      of("#text-style").width,
      of(".made").marginLeft,
      of(".raw").color,
    ];
  });
  assertEquals(look, ["rgb(4, 5, 6)", "700", "4px", "3px", "rgb(9, 9, 9)"]);
});

test("csp: injected scripts and event attributes do not run", async ({ page, console, start, open }) => {
  const App = component(() => {
    const n = signal(0);
    const bad = trustHtml(
      `<img src="data:," onerror="globalThis.pwned = 1"><script>globalThis.pwned = 2</script>`,
    );
    return () =>
      main(
        button({ onClick: () => n.inc() }, "go"),
        raw(bad),
        n.value ? raw(trustHtml(bad.html + " ")) : null,
        p(n),
      );
  });
  const { origin } = start({ page: App });
  const answer = await fetch(origin);
  assertMatch(answer.headers.get("content-security-policy")!, /script-src 'self' 'nonce-/);
  assert(
    !/unsafe-(eval|inline)/.test(
      answer.headers.get("content-security-policy")!.replace(/style-src-attr [^;]*/, ""),
    ),
  );
  await answer.body?.cancel();
  await open(origin);
  await page.click("button");
  await page.locator("p", { hasText: "1" }).waitFor();
  assertEquals(await page.evaluate("globalThis.pwned"), undefined);
  console.length = 0;
});

test("csp: a script that a patch brings holds its text, does not run, and costs the page nothing", async ({ page, console, start, open }) => {
  const App = component(() => {
    const n = signal(0);
    return () =>
      main(
        button({ onClick: () => n.inc() }, "go"),
        n.value ? script({ type: "application/json", id: "data" }, `{"n":${n.value}}`) : null,
        n.value ? script({ id: "bad" }, `globalThis.pwned = ${n.value}`) : null,
        p(n),
      );
  });
  const { origin } = start({ page: App });
  await keepSockets(page);
  await open(origin);
  await page.evaluate("globalThis.same = true");
  for (const n of [1, 2, 3]) {
    // The second one is a new text, the third one comes with all of the tree.
    if (n === 3) await sendRaw(page, [3, 0x10, 0, 1]);
    await page.click("button");
    await page.locator("p", { hasText: String(n) }).waitFor();
    const found = await page.evaluate(() =>
      ["#data", "#bad"].map((id) => document.querySelector(id)!.textContent)
    );
    assertEquals(found, [`{"n":${n}}`, `globalThis.pwned = ${n}`]);
  }
  assertEquals(await page.evaluate("[globalThis.same, globalThis.pwned]"), [true, undefined]);
  console.length = 0;
});
