/**
 * What a navigation does to the page: scroll positions, focus, the announcement; the guard of unsaved changes; view
 * transitions. Layout is the browser's: see tests/browser/nav_*_test.ts.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { createNode, type VNode } from "../../vdom/node.ts";
import { settle } from "./_page.ts";
import { type NavPage, withNav } from "./_nav.ts";

const el = (tag: string, props: Record<string, unknown> | null, ...children: unknown[]): VNode =>
  createNode(tag, props, children as never);

/** Where the window is. */
const top = ({ doc }: NavPage) => doc.documentElement.scrollTop;

const focused = ({ doc }: NavPage) => doc.activeElement?.id || doc.activeElement?.localName;

Deno.test("a new page begins at the top, a page that is come back to where it was left", async () => {
  await withNav('<a href="/next">x</a><div data-scroll="list"></div><div id="other"></div>', async (page) => {
    const list = page.$("[data-scroll]");
    page.win.scrollTo(0, 300);
    list.scrollTop = 40;
    page.click(page.$("a"));
    assertEquals([top(page), list.scrollTop], [300, 40]);
    page.bring("/next");
    assertEquals([top(page), list.scrollTop], [0, 40]);
    page.win.scrollTo(0, 20);
    list.scrollTop = 0;
    await page.travel(-1);
    assertEquals([top(page), list.scrollTop], [20, 0]);
    page.bring("/start?a=1", [], true);
    assertEquals([top(page), list.scrollTop], [300, 40]);
  });
});

Deno.test("a container around the new page's heading begins at its top", async () => {
  const html = '<a href="/next">x</a><div id="side" data-scroll="side"></div>' +
    '<main data-scroll="main"><h1>x</h1></main>';
  await withNav(html, (page) => {
    page.$("main").scrollTop = 200;
    page.$("#side").scrollTop = 100;
    page.click(page.$("a"));
    page.bring("/next");
    assertEquals([page.$("main").scrollTop, page.$("#side").scrollTop], [0, 100]);
  });
});

Deno.test("another query keeps the scroll where it replaces, and begins at the top where it does not", async () => {
  await withNav('<a href="?a=2">x</a><a id="same" href="/start?a=2">x</a><h1>x</h1>', (page) => {
    page.$("a").focus();
    page.win.scrollTo(0, 300);
    page.vango.navigate!("?a=3", { replace: true });
    page.bring("/start?a=3", [], true);
    assertEquals(top(page), 300);
    page.click(page.$("a"));
    page.bring("/start?a=2");
    assertEquals(top(page), 0);
    page.win.scrollTo(0, 300);
    page.click(page.$("#same"));
    page.bring("/start?a=2", [], true);
    assertEquals([top(page), focused(page)], [0, "a"]);
    assertEquals(page.$("#vango-announcer").textContent, "");
  });
});

Deno.test("a position that the page is too short for is set when a later frame has made it taller", async () => {
  await withNav('<a href="/next">x</a><p data-scroll="list">x</p>', async (page) => {
    // happy-dom has no layout: an element that goes no further than its content.
    let height = 1000;
    let at = 0;
    Object.defineProperty(page.$("p"), "scrollTop", {
      get: () => at,
      set: (to: number) => at = Math.min(to, height),
    });
    page.$("p").scrollTop = 500;
    page.click(page.$("a"));
    page.bring("/next");
    await page.travel(-1);
    [height, at] = [100, 0];
    page.bring("/start?a=1", [], true);
    assertEquals(at, 100);
    height = 1000;
    page.patch([]);
    assertEquals(at, 500);
    at = 0;
    page.patch([]);
    assertEquals(at, 0);
  });
});

Deno.test("whoever scrolls or presses a key is not scrolled any more", async () => {
  for (const type of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    await withNav('<a href="/next">x</a><p data-scroll="list">x</p>', async (page) => {
      let at = 500;
      let height = 1000;
      Object.defineProperty(page.$("p"), "scrollTop", {
        get: () => at,
        set: (to: number) => at = Math.min(to, height),
      });
      page.click(page.$("a"));
      page.bring("/next");
      await page.travel(-1);
      [height, at] = [100, 0];
      page.bring("/start?a=1", [], true);
      height = 1000;
      page.fire(page.$("p"), type);
      page.patch([]);
      assertEquals(at, 100, type);
    });
  }
});

Deno.test("the positions of an entry outlive the document", async () => {
  const saved = JSON.stringify([["id", [["", 0, 250], ["list", 5, 70], ["gone", 0, 9]]]]);
  const before = (win: Window) => {
    win.sessionStorage.setItem("vango-scroll", saved);
    win.history.replaceState({ vango: [3, "id"] }, "");
  };
  await withNav('<p data-scroll="list">x</p>', (page) => {
    const { scrollTop, scrollLeft } = page.$("p");
    assertEquals([top(page), scrollTop, scrollLeft], [250, 70, 5]);
    assertEquals(page.win.history.scrollRestoration, "manual");
    page.win.scrollTo(0, 10);
    page.win.dispatchEvent(new page.win.Event("pagehide"));
    assertEquals(page.win.history.scrollRestoration, "auto");
    assertEquals(JSON.parse(page.win.sessionStorage.getItem("vango-scroll")!), [
      ["id", [["", 0, 10], ["list", 5, 70]]],
    ]);
  }, { before });
  // What someone has scrolled before we came stays.
  await withNav('<p data-scroll="list">x</p>', (page) => {
    assertEquals([top(page), page.$("p").scrollTop], [33, 70]);
  }, {
    before: (win) => {
      before(win);
      win.scrollTo(0, 33);
    },
  });
});

Deno.test("a storage that is denied, or holds something else, does not matter", async () => {
  for (const text of ["{", "7", "[1]", "null"]) {
    await withNav('<a href="/next">x</a>', (page) => {
      page.click(page.$("a"));
      assertEquals(page.visits(), ["/next"], text);
    }, { before: (win) => win.sessionStorage.setItem("vango-scroll", text) });
  }
  await withNav('<a href="/next">x</a>', (page) => {
    page.click(page.$("a"));
    page.win.dispatchEvent(new page.win.Event("pagehide"));
    assertEquals(page.visits(), ["/next"]);
  }, {
    before: (win) =>
      Object.defineProperty(win, "sessionStorage", {
        get: () => {
          throw new Error("denied");
        },
      }),
  });
});

Deno.test("the focus goes to the heading of a new page, and leaves no trace on it", async () => {
  await withNav('<a href="/next">x</a><h1>old</h1>', (page) => {
    page.$("a").focus();
    page.click(page.$("a"));
    page.bring("/next", [{ op: 0x35, text: "Next" }, { op: 0x01, num: 4, text: "new" }]);
    const h1 = page.$("h1");
    assertEquals([page.doc.activeElement === h1, h1.getAttribute("tabindex"), h1.style.outlineStyle], [
      true,
      "-1",
      "none",
    ]);
    assertEquals(page.$("#vango-announcer").textContent, "Next");
    page.$("a").focus();
    assertEquals(h1.outerHTML, "<h1>new</h1>");
    page.click(page.$("a"));
    page.bring("/third");
    assertEquals(page.$("#vango-announcer").textContent, "Next\xa0");
  });
});

Deno.test("the focus goes to a new element with autofocus first, then to data-focus, a heading, main", async () => {
  const html =
    '<a href="/next">x</a><input id="search" autofocus><h1 id="site">x</h1><main id="main"></main>';
  for (
    const [inserted, goes] of [
      [[el("h1", { id: "head" }), el("input", { id: "name", autofocus: true })], "name"],
      [[el("h1", { id: "head" }), el("p", { id: "here", "data-focus": "" })], "here"],
      [[el("h1", { id: "head" })], "head"],
      [[el("p", null)], "site"],
    ] as const
  ) {
    await withNav(html, (page) => {
      page.$("a").focus();
      page.click(page.$("a"));
      page.bring("/next", [{ op: 0x0e, num: page.num(page.$("main"))!, nodes: inserted as never }]);
      assertEquals(focused(page), goes);
    });
  }
  await withNav('<a href="/next">x</a><main id="main"></main>', (page) => {
    page.click(page.$("a"));
    page.bring("/next");
    assertEquals(focused(page), "main");
    // Without a title the heading is told; there is none.
    assertEquals(page.$("#vango-announcer").textContent, "");
  });
});

Deno.test("an input that stays keeps the focus", async () => {
  await withNav('<a href="/next">x</a><input id="search"><h1>x</h1>', (page) => {
    page.$("input").focus();
    page.vango.navigate!("/next");
    page.bring("/next");
    assertEquals([focused(page), page.$("#vango-announcer").textContent], ["search", "x"]);
  });
});

Deno.test("the announcer stands outside the live tree, and is there before it speaks", async () => {
  await withNav("<p>a</p>", (page) => {
    const region = page.$("#vango-announcer");
    assertEquals([region.getAttribute("aria-live"), region.textContent], ["assertive", ""]);
    page.patch([{ op: 0x0e, num: 0, nodes: [el("p", null, "b")] }]);
    assertEquals(page.html, "<p>a</p><p>b</p>");
  });
});

const UNSAVED = '<a href="/next">x</a><p data-vango-unsaved="Lose it?">x</p>';

/** Whether the browser would ask before the document is left. */
function wouldAsk(page: NavPage): boolean {
  return page.fire(page.win, "beforeunload").defaultPrevented;
}

Deno.test("unsaved changes stop a link that the user does not confirm", async () => {
  await withNav(UNSAVED, (page) => {
    page.answer = false;
    const event = page.click(page.$("a"));
    page.vango.navigate!("/next");
    page.vango.navigate!("https://else.test/");
    assertEquals([event.defaultPrevented, page.visits(), page.went], [true, [], []]);
    assertEquals(page.asked, ["Lose it?", "Lose it?", "Lose it?"]);
    page.answer = true;
    page.click(page.$("a"));
    assertEquals(page.visits(), ["/next"]);
    // Who was asked is not asked again by the browser, when it has to load the page.
    page.error({ seq: 1 });
    assertEquals([page.went, wouldAsk(page)], [["assign https://app.test/next"], false]);
    page.clock.tick(2_000);
    assertEquals(wouldAsk(page), true);
  });
});

Deno.test("unsaved changes do not stop what stays on the page, nor the server", async () => {
  await withNav(UNSAVED, (page) => {
    page.answer = false;
    page.vango.navigate!("#part");
    page.bring("/server");
    assertEquals([page.asked, page.path], [[], "/server"]);
  });
});

Deno.test("unsaved changes undo a step back, then ask, then take it again", async () => {
  await withNav('<a href="/next">x</a>', async (page) => {
    page.click(page.$("a"));
    page.bring("/next", [{ op: 0x02, num: 1, name: "data-vango-unsaved", value: "Lose it?" }]);
    page.visits();
    page.answer = false;
    await page.travel(-1);
    assertEquals([page.path, page.asked, page.visits()], ["/next", ["Lose it?"], []]);
    page.answer = true;
    await page.travel(-1);
    assertEquals([page.path, page.asked, page.visits()], [
      "/start?a=1",
      ["Lose it?", "Lose it?"],
      ["=/start?a=1"],
    ]);
  });
});

Deno.test("the browser asks before the document is left only while there are unsaved changes", async () => {
  await withNav("<p>x</p>", async (page) => {
    assertEquals(wouldAsk(page), false);
    page.patch([{ op: 0x02, num: 1, name: "data-vango-unsaved", value: "" }]);
    await settle();
    assertEquals(wouldAsk(page), true);
    page.patch([{ op: 0x03, num: 1, name: "data-vango-unsaved" }]);
    await settle();
    assertEquals(wouldAsk(page), false);
    page.doc.body.insertAdjacentHTML("beforeend", "<i data-vango-unsaved></i>");
    await settle();
    assertEquals(wouldAsk(page), true);
  });
});

/** Makes view transitions: each waits until the test opens it. */
function transitions(page: NavPage, reduced = false): (() => Promise<void>)[] {
  const updates: (() => Promise<void>)[] = [];
  page.win.matchMedia = () => ({ matches: reduced }) as never;
  (page.doc as { startViewTransition?: unknown }).startViewTransition = (update: () => Promise<void>) => {
    updates.push(update);
    return { ready: Promise.reject(new Error("skipped")) };
  };
  return updates;
}

Deno.test("with data-vt a page is applied in a view transition, and later frames wait behind it", async () => {
  await withNav('<a href="/next">x</a><p>0</p>', async (page) => {
    const updates = transitions(page);
    page.click(page.$("a"));
    page.bring("/next", [{ op: 0x01, num: 4, text: "1" }]);
    page.patch([{ op: 0x16, num: 4, offset: 1, count: 0, text: "2" }]);
    await settle();
    assertEquals([updates.length, page.path, page.$("p").textContent], [1, "/start?a=1", "0"]);
    await updates[0]();
    assertEquals([page.path, page.$("p").textContent], ["/next", "12"]);
    page.patch([{ op: 0x16, num: 4, offset: 2, count: 0, text: "3" }]);
    assertEquals([updates.length, page.$("p").textContent], [1, "123"]);
    page.bring("/third");
    assertEquals(updates.length, 2);
    await updates[1]();
    assertEquals(page.path, "/third");
  }, { data: { vt: "" } });
});

Deno.test("two pages that come while a view transition starts are both applied, in order", async () => {
  await withNav('<a href="/next">x</a><p>0</p>', async (page) => {
    const updates = transitions(page);
    page.bring("/one", [{ op: 0x01, num: 4, text: "1" }]);
    page.bring("/two", [{ op: 0x16, num: 4, offset: 1, count: 0, text: "2" }]);
    await settle();
    await updates[0]();
    assertEquals([updates.length, page.path, page.$("p").textContent], [1, "/two", "12"]);
  }, { data: { vt: "" } });
});

Deno.test("a frame that is lost while a view transition starts comes again on the next socket", async () => {
  await withNav('<a href="/next">x</a><p>0</p>', async (page) => {
    const updates = transitions(page);
    page.click(page.$("a"));
    page.bring("/next", [{ op: 0x01, num: 4, text: "1" }]);
    page.socket.drop();
    await updates[0]();
    assertEquals([page.path, page.$("p").textContent], ["/start?a=1", "0"]);
    page.clock.tick(600);
    page.accept({ nextSeq: 1, received: 1 });
    page.bring("/next", [{ op: 0x01, num: 4, text: "1" }]);
    await updates[1]();
    assertEquals([page.path, page.$("p").textContent], ["/next", "1"]);
  }, { data: { vt: "" } });
});

Deno.test("there is no view transition in a page that is hidden", async () => {
  await withNav('<a href="/next">x</a>', (page) => {
    const updates = transitions(page);
    Object.defineProperty(page.doc, "hidden", { value: true });
    page.bring("/next");
    assertEquals([updates.length, page.path], [0, "/next"]);
  }, { data: { vt: "" } });
});

Deno.test("there is no view transition unless asked for, with reduced motion, or where the browser has none", async () => {
  for (
    const [vt, reduced, has] of [[undefined, false, true], ["", true, true], ["", false, false]] as const
  ) {
    await withNav('<a href="/next">x</a>', (page) => {
      const updates = transitions(page, reduced);
      if (!has) delete (page.doc as { startViewTransition?: unknown }).startViewTransition;
      page.bring("/next");
      assertEquals([updates.length, page.path], [0, "/next"]);
    }, { data: vt === undefined ? {} : { vt } });
  }
});
