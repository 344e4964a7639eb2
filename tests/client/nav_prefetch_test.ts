/**
 * What is asked for ahead, and within which budget.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { type NavPage, withNav } from "./_nav.ts";

/** Runs a test with a page whose clock is also that of dates. */
async function withClock(html: string, run: (page: NavPage) => void | Promise<void>): Promise<void> {
  const { now } = Date;
  try {
    await withNav(html, async (page) => {
      Date.now = () => 1_000_000 + page.clock.now;
      await run(page);
    });
  } finally {
    Date.now = now;
  }
}

/** Says that all events so far have settled. */
const settleAll = (page: NavPage) => page.patch([], page.sent);

const hover = (page: NavPage, selector: string) => page.fire(page.$(selector), "mouseover");

Deno.test("a link is asked for when it has been pointed at for a while; focus and touch do at once", async () => {
  const html =
    '<a id="a" href="/a" data-prefetch="hover"><b>x</b></a><a id="c" href="/c" data-prefetch="hover">x</a><i>x</i>';
  await withClock(html, (page) => {
    hover(page, "#a b");
    page.clock.tick(60);
    hover(page, "#a");
    page.clock.tick(4);
    assertEquals(page.prefetched(), []);
    page.clock.tick(1);
    assertEquals(page.prefetched(), ["/a"]);
    hover(page, "#c");
    page.clock.tick(40);
    hover(page, "i");
    page.clock.tick(40);
    assertEquals(page.prefetched(), []);
    page.fire(page.$("#c"), "touchstart");
    assertEquals(page.prefetched(), ["/c"]);
  });
  await withClock(html, (page) => {
    page.fire(page.$("#c"), "focusin");
    assertEquals(page.prefetched(), ["/c"]);
  });
});

Deno.test("plain links, those that are the browser's, and the page that is shown are not asked for", async () => {
  const links = [
    '<a href="/a">x</a>',
    '<a href="/a" data-prefetch="none">x</a>',
    '<a href="/a" data-prefetch="view">x</a>',
    '<a href="/a" data-prefetch="hover" target="_blank">x</a>',
    '<a href="https://else.test/a" data-prefetch="hover">x</a>',
    '<a href="/start?a=1#part" data-prefetch="hover">x</a>',
    '<a data-prefetch="hover">x</a>',
  ];
  for (const link of links) {
    await withClock(`<p>${link}</p>`, (page) => {
      page.fire(page.$("a"), "focusin");
      hover(page, "a");
      page.clock.tick(100);
      assertEquals(page.prefetched(), [], link);
    });
  }
});

Deno.test("two are in flight at most, and the one that was wanted last goes first", async () => {
  await withClock("<p>x</p>", (page) => {
    for (const path of ["/1", "/2#part", "/3", "/4"]) page.vango.prefetch!(path);
    assertEquals(page.prefetched(), ["/1", "/2"]);
    page.patch([], 2, { below: 1, list: [2] });
    assertEquals(page.prefetched(), ["/4"]);
    settleAll(page);
    assertEquals(page.prefetched(), ["/3"]);
    // What is never settled does not hold the others up for ever.
    for (const path of ["/5", "/6"]) page.vango.prefetch!(path);
    assertEquals(page.prefetched(), ["/5"]);
    page.clock.tick(12_000);
    assertEquals(page.prefetched(), ["/6"]);
  });
});

Deno.test("five a second at most, and ten wait at most", async () => {
  await withClock("<p>x</p>", (page) => {
    for (let i = 0; i < 30; i++) page.vango.prefetch!(`/${i}`);
    for (let i = 0; i < 10; i++) settleAll(page);
    assertEquals(page.prefetched(), ["/0", "/1", "/29", "/28", "/27"]);
    page.clock.tick(999);
    assertEquals(page.prefetched(), []);
    page.clock.tick(1);
    for (let i = 0; i < 10; i++) settleAll(page);
    assertEquals(page.prefetched(), ["/26", "/25", "/24", "/23", "/22"]);
    page.clock.tick(1_000);
    for (let i = 0; i < 10; i++) settleAll(page);
    page.clock.tick(10_000);
    assertEquals(page.prefetched(), ["/21", "/20"]);
  });
});

Deno.test("a path is asked for once in half a minute", async () => {
  await withClock("<p>x</p>", (page) => {
    page.vango.prefetch!("/a");
    settleAll(page);
    page.vango.prefetch!("/a#part");
    page.clock.tick(29_999);
    page.vango.prefetch!("/a");
    assertEquals(page.prefetched(), ["/a"]);
    page.clock.tick(1);
    page.vango.prefetch!("/a");
    assertEquals(page.prefetched(), ["/a"]);
  });
});

Deno.test("nothing is asked for with Save-Data, in a hidden page, or without a socket", async () => {
  await withClock("<p>x</p>", (page) => {
    const { navigator } = page.win;
    Object.defineProperty(navigator, "connection", { value: { saveData: true }, configurable: true });
    page.vango.prefetch!("/a");
    Object.defineProperty(navigator, "connection", { value: { saveData: false }, configurable: true });
    Object.defineProperty(page.doc, "hidden", { value: true, configurable: true });
    page.vango.prefetch!("/b");
    Object.defineProperty(page.doc, "hidden", { value: false, configurable: true });
    assertEquals(page.prefetched(), []);
    page.socket.drop();
    page.vango.prefetch!("/c");
    page.clock.tick(600);
    page.accept();
    page.clock.tick(5_000);
    assertEquals(page.prefetched(), []);
    page.vango.prefetch!("/d");
    assertEquals(page.prefetched(), ["/d"]);
  });
});

Deno.test("a link of data-prefetch view is asked for when it is seen, new ones as well", async () => {
  const seen: Element[] = [];
  let see: (entries: { isIntersecting: boolean; target: Element }[]) => void = () => {};
  await withNav('<a href="/a" data-prefetch="view">x</a>', async (page) => {
    assertEquals(seen.map((link) => link.getAttribute("href")), ["/a"]);
    see([{ isIntersecting: false, target: seen[0] }]);
    assertEquals(page.prefetched(), []);
    see([{ isIntersecting: true, target: seen[0] }]);
    assertEquals(page.prefetched(), ["/a"]);
    page.doc.body.insertAdjacentHTML("beforeend", '<a id="b" href="/b" data-prefetch="view">x</a>');
    await Promise.resolve();
    assertEquals(seen.at(-1), page.$("#b"));
  }, {
    before: (win) => {
      (win as { IntersectionObserver: unknown }).IntersectionObserver = class {
        constructor(run: typeof see) {
          see = run;
        }
        observe(link: Element) {
          if (!seen.includes(link)) seen.push(link);
        }
        disconnect() {}
      };
    },
  });
});

Deno.test("a prefetch that is refused is nobody's navigation", async () => {
  await withClock("<p>x</p>", (page) => {
    page.vango.prefetch!("/a");
    page.vango.navigate!("/b");
    page.error({ seq: 1 });
    assertEquals(page.went, []);
  });
});
