/**
 * What a page can hold besides plain elements, made and changed live: SVG, raw markup, templates, custom elements, refs; and
 * what belongs to the browser, its user and other scripts, which patches leave alone.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, createRef, onCleanup, onMount, raw, signal, trustHtml, useCtx } from "../../mod.ts";
import {
  button,
  circle,
  customElement,
  details,
  dialog,
  div,
  foreignObject,
  g,
  h1,
  input as field,
  li,
  main,
  mark as highlight,
  math,
  mi,
  option,
  p,
  select,
  summary,
  svg,
  ul,
  video,
} from "../../vdom/elements.ts";
import { Card, List } from "../../examples/jsx/views.tsx";
import { mark, marks } from "./support/identity.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();

test("content: SVG and MathML that are inserted live have their namespace", async ({ page, start, open }) => {
  const App = component(() => {
    const n = signal(0);
    return () =>
      main(
        button({ onClick: () => n.inc() }, "+"),
        svg(
          { viewBox: "0 0 10 10" },
          g({ id: "g" }, Array.from({ length: n.value }, (_, i) => circle({ key: i, r: i + 1 }))),
        ),
        n.value > 1 ? svg({ id: "late" }, foreignObject(p("html"))) : null,
        n.value > 0 ? math(mi("x")) : null,
      );
  });
  await open(start({ page: App }).origin);
  await page.click("button");
  await page.locator("circle").waitFor({ state: "attached" });
  await page.click("button");
  await page.locator("#late").waitFor({ state: "attached" });
  const spaces = await page.evaluate(() =>
    ["circle", "#late", "foreignObject", "foreignObject p", "mi"].map((s) =>
      document.querySelector(s)!.namespaceURI!.split("/").slice(-2).join("/")
    )
  );
  assertEquals(spaces, ["2000/svg", "2000/svg", "2000/svg", "1999/xhtml", "Math/MathML"]);
  assertEquals(await page.$eval("circle", (c) => (c as SVGCircleElement).r.baseVal.value), 1);
});

test("content: raw markup is replaced, moved and removed as a whole", async ({ page, start, open }) => {
  const App = component(() => {
    const step = signal(0);
    const one = raw(trustHtml("<b>one</b> and <i>more</i>")), two = () => raw(trustHtml("<u>two</u>"));
    return () =>
      main(
        button({ onClick: () => step.inc() }, "next"),
        div(
          { id: "a" },
          step.value === 1 ? two() : step.value < 3 ? raw(trustHtml("<b>one</b> and <i>more</i>")) : null,
          "tail",
        ),
        ul(
          { id: "b" },
          (step.value % 2 ? ["x", "y"] : ["y", "x"]).map((key) =>
            li({ key }, raw(trustHtml(`<s>${key}</s>`)))
          ),
        ),
        step.value === 9 ? one : null,
        p({ id: "n" }, step),
      );
  });
  await open(start({ page: App }).origin);
  await mark(page, "li, li s");
  const next = async (n: number) => {
    await page.click("button");
    await page.locator("#n", { hasText: String(n) }).waitFor();
    return await page.$eval("#a", (e) => e.textContent);
  };
  assertEquals(await next(1), "twotail");
  assertEquals([await page.textContent("#b"), await marks(page, "li, li s")], ["xy", [3, 4, 1, 2]]);
  assertEquals(await next(2), "one and moretail");
  assertEquals(await next(3), "tail");
});

test("content: precompiled JSX is inserted from its template and patched by slot", async ({ page, start, open }) => {
  const App = component(() => {
    const n = signal(0);
    const rows = () =>
      Array.from({ length: n.value }, (_, i) => ({ id: i, label: `label ${i} of ${n.value}` }));
    return () =>
      main(
        button({ onClick: () => n.inc() }, "+"),
        n.value > 0
          ? Card({
            id: "card",
            name: `N${n.value}`,
            tone: n.value % 2 ? "warm" : "cold",
            count: n.value,
            note: n.value > 1 ? "a note" : null,
          })
          : null,
        List({ rows: rows().toReversed(), onPick: () => {} }),
      );
  });
  await open(start({ page: App }).origin);
  for (let i = 1; i <= 3; i++) {
    await page.click("button");
    await page.locator(`#r${i - 1}`).waitFor();
    if (i === 1) await mark(page, "#card, #card h2, #r0");
  }
  assertEquals(
    await page.$eval(
      "#card",
      (
        c,
      ) => [
        c.className,
        c.children[0].textContent,
        c.children[1].getAttribute("title"),
        c.children[1].textContent!.trim(),
      ],
    ),
    [
      "card warm",
      "Hello, N3!",
      "a note",
      "You have 3 <new> messages",
    ],
  );
  assertEquals(await page.$$eval("li", (all) => all.map((row) => row.textContent)), [
    "label 2 of 3 no. 2",
    "label 1 of 3 no. 1",
    "label 0 of 3 no. 0",
  ]);
  assertEquals(await marks(page, "#card, #card h2, #r0"), [1, 2, 3]);
});

test("content: a custom element keeps what it makes of itself, and its events arrive", async ({ page, start, open }) => {
  const App = component(() => {
    const stars = signal(2);
    return () =>
      main(
        h1("Stars: ", stars),
        customElement("x-stars", {
          id: "stars",
          value: stars.value,
          "on:rate": (e) => void (stars.value = e.detail as number),
        }),
        button({ onClick: () => stars.inc() }, "+"),
      );
  });
  await page.addInitScript(() => {
    class Stars extends HTMLElement {
      static observedAttributes = ["value"];
      connectedCallback() {
        const five = document.createElement("button");
        five.textContent = "five";
        five.onclick = () => this.dispatchEvent(new CustomEvent("rate", { detail: 5, bubbles: true }));
        this.append(five, document.createElement("span"));
        this.attributeChangedCallback();
      }
      attributeChangedCallback() {
        const span = this.querySelector("span");
        if (span) span.textContent = "*".repeat(Number(this.getAttribute("value")));
      }
    }
    customElements.define("x-stars", Stars);
  });
  await open(start({ page: App }).origin);
  assertEquals(await page.textContent("x-stars span"), "**");
  await page.click("main > button");
  await page.getByText("Stars: 3").waitFor();
  assertEquals(await page.textContent("x-stars span"), "***");
  await page.click("x-stars button");
  await page.getByText("Stars: 5").waitFor();
  assertEquals(await page.textContent("x-stars span"), "*****");
});

test("content: refs focus, scroll and dispatch once; title and metas follow", async ({ page, start, open }) => {
  const App = component(() => {
    const ctx = useCtx();
    const target = createRef(), box = createRef();
    const name = signal("first");
    ctx.title(name);
    return () =>
      main(
        button({ id: "focus", onClick: () => target.focus() }, "focus"),
        button({ id: "scroll", onClick: () => box.scrollTo(0, 40) }, "scroll"),
        button({
          id: "dispatch",
          onClick: () => (target.dispatch("hey", { n: 1 }), ctx.dispatch("all", [2])),
        }, "dispatch"),
        button(
          { id: "name", onClick: () => (name.value = "second", ctx.meta("theme-color", "red")) },
          "name",
        ),
        field({ ref: target, id: "target" }),
        div({ ref: box, id: "box", style: "height:30px;overflow:auto" }, div({ style: "height:300px" })),
      );
  });
  await open(start({ page: App }).origin);
  await page.evaluate(() => {
    const log: string[] = (globalThis as unknown as { log: string[] }).log = [];
    for (const type of ["hey", "all"]) {
      document.addEventListener(
        type,
        (e) =>
          log.push(
            `${type} ${(e.target as Element).id ?? "document"} ${JSON.stringify((e as CustomEvent).detail)}`,
          ),
      );
    }
    document.querySelector("#target")!.addEventListener("focus", () => log.push("focus"));
  });
  await page.click("#focus");
  await page.waitForFunction(() => document.activeElement!.id === "target");
  await page.click("#scroll");
  await page.waitForFunction(() => document.querySelector("#box")!.scrollTop === 40);
  await page.click("#dispatch");
  await page.waitForFunction(() => (globalThis as unknown as { log: string[] }).log.length === 3);
  await page.click("#name");
  await page.waitForFunction(() => document.title === "second");
  assertEquals(await page.evaluate("log"), ["focus", 'hey target {"n":1}', "all document [2]"]);
  assertEquals(await page.getAttribute("meta[name=theme-color]", "content"), "red");
});

/** Things that the browser and its user own, beside what ticks ten times a second. */
const Owned = component(() => {
  const n = signal(0);
  onMount(() => {
    const timer = setInterval(() => n.inc(), 100);
    onCleanup(() => clearInterval(timer));
  });
  return () =>
    main(
      { class: `t${n.value}` },
      p({ id: "n", class: ["tick", n.value % 2 ? "odd" : "even"], title: `${n.value}` }, n.value),
      details({ id: "details", class: `t${n.value}` }, summary("More ", n.value), p("inside ", n.value)),
      dialog({ id: "dialog", class: `t${n.value}` }, p("dialog ", n.value)),
      select({ id: "select", class: `t${n.value}` }, ["a", "b"].map((name) => option(name, " ", n.value))),
      div(
        { id: "scroll", style: "height:50px;overflow:auto", "data-n": n.value },
        div({ style: "height:500px" }, n.value),
      ),
      div({ id: "foreign", class: ["mine", n.value % 2 ? "odd" : "even"] }, highlight("text ", n.value)),
      video({ id: "video", muted: true, class: `t${n.value}` }),
      n.value % 2 ? p("odd") : null,
    );
}, { name: "Owned" });

test("content: what is open, scrolled, chosen or selected stays so beside a ticker", async ({ page, input, start, open }) => {
  await open(start({ page: Owned }).origin);
  await page.click("summary");
  await page.evaluate(() => {
    document.querySelector<HTMLDialogElement>("#dialog")!.show();
    document.querySelector("#scroll")!.scrollTop = 100;
    getSelection()!.selectAllChildren(document.querySelector("#foreign mark")!);
  });
  await page.focus("#select");
  await input.press("ArrowDown");
  await page.evaluate(() => document.querySelector<HTMLSelectElement>("#select")!.showPicker).catch(() => {});
  await mark(page, "main *:not(p)");
  const n = Number(await page.textContent("#n"));
  await page.waitForFunction((n) => Number(document.querySelector("#n")!.textContent) > n + 4, n);
  const state = await page.evaluate(() => [
    document.querySelector<HTMLDetailsElement>("#details")!.open,
    document.querySelector<HTMLDialogElement>("#dialog")!.open,
    document.querySelector("#scroll")!.scrollTop,
    document.querySelector<HTMLSelectElement>("#select")!.selectedIndex,
    document.activeElement!.id,
  ]);
  assertEquals(state, [true, true, 100, 1, "select"]);
});

test("content: an open select stays open beside a ticker", async ({ page, input, start, open }) => {
  await open(start({ page: Owned }).origin);
  await page.focus("#select");
  await input.press("ArrowDown", 1);
  const isOpen = () => page.evaluate(() => document.querySelector("#select")!.matches(":open"));
  await page.waitForFunction(() => document.querySelector("#select")!.matches(":open"));
  const n = Number(await page.textContent("#n"));
  await page.waitForFunction((n) => Number(document.querySelector("#n")!.textContent) > n + 4, n);
  assertEquals(await isOpen(), true);
});

test("content: classes, styles, attributes and nodes of other scripts survive patches", async ({ page, start, open }) => {
  await open(start({ page: Owned }).origin);
  await page.evaluate(() => {
    const foreign = document.querySelector<HTMLElement>("#foreign")!;
    foreign.classList.add("theirs");
    foreign.dataset.theirs = "1";
    foreign.style.setProperty("--theirs", "2");
    foreign.append(Object.assign(document.createElement("em"), { textContent: "theirs" }));
    document.querySelector("main")!.prepend(document.createElement("hr"));
  });
  const n = Number(await page.textContent("#n"));
  await page.waitForFunction((n) => Number(document.querySelector("#n")!.textContent) > n + 4, n);
  const now = await page.$eval("#foreign", (element) => {
    const e = element as HTMLElement;
    return [
      e.classList.contains("theirs"),
      e.classList.contains("mine"),
      e.dataset.theirs,
      e.style.getPropertyValue("--theirs"),
      e.querySelectorAll("em").length,
    ];
  });
  assertEquals(now, [true, true, "1", "2", 1]);
  assertEquals(await page.locator("main > hr").count(), 1);
});
