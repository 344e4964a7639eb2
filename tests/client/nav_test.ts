/**
 * Live navigation: which links are taken, what a navigation does to the history, and what happens when its answer does not come.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { createNode } from "../../vdom/node.ts";
import { settle } from "./_page.ts";
import { type NavPage, withNav } from "./_nav.ts";

/** A link of the table: its HTML, what is unusual about the click, and what becomes of it. */
interface Row {
  name: string;
  link: string;
  click?: Record<string, unknown>;
  /** Before the click. */
  before?: (page: NavPage) => void;
  /** The path that is asked for; undefined: the browser's. */
  asks?: string;
}

const ROWS: Row[] = [
  { name: "a path", link: '<a href="/next?b=2">x</a>', asks: "/next?b=2" },
  { name: "a whole URL of the origin", link: '<a href="https://app.test/next">x</a>', asks: "/next" },
  { name: "a relative path", link: '<a href="next">x</a>', asks: "/next" },
  { name: "another query", link: '<a href="?a=2">x</a>', asks: "/start?a=2" },
  { name: "another page with a fragment", link: '<a href="/next#part">x</a>', asks: "/next#part" },
  { name: "the page that is shown", link: '<a href="/start?a=1">x</a>', asks: "=/start?a=1" },
  { name: "an empty address", link: '<a href="">x</a>', asks: "=/start?a=1" },
  { name: "target _self", link: '<a href="/next" target="_SELF">x</a>', asks: "/next" },
  { name: "an empty target", link: '<a href="/next" target="">x</a>', asks: "/next" },
  { name: "other rel values", link: '<a href="/next" rel="next externally">x</a>', asks: "/next" },
  { name: "an area", link: '<map><area href="/next"></map>', asks: "/next" },
  { name: "a link of SVG", link: '<svg><a href="/next"><text>x</text></a></svg>', asks: "/next" },
  { name: "Ctrl", link: '<a href="/next">x</a>', click: { ctrlKey: true } },
  { name: "Shift", link: '<a href="/next">x</a>', click: { shiftKey: true } },
  { name: "Alt", link: '<a href="/next">x</a>', click: { altKey: true } },
  { name: "Meta", link: '<a href="/next">x</a>', click: { metaKey: true } },
  { name: "another button", link: '<a href="/next">x</a>', click: { button: 1 } },
  { name: "target _blank", link: '<a href="/next" target="_blank">x</a>' },
  { name: "a target of the document", link: '<a href="/next">x</a>', before: addBase },
  { name: "download", link: '<a href="/next" download>x</a>' },
  { name: "rel external", link: '<a href="/next" rel="nofollow EXTERNAL">x</a>' },
  { name: "data-reload", link: '<a href="/next" data-reload>x</a>' },
  { name: "another origin", link: '<a href="https://else.test/next">x</a>' },
  { name: "another port", link: '<a href="https://app.test:8443/next">x</a>' },
  { name: "another scheme of the host", link: '<a href="http://app.test/next">x</a>' },
  { name: "a host without scheme", link: '<a href="//else.test/next">x</a>' },
  { name: "a backslash host", link: '<a href="/\\else.test/next">x</a>' },
  { name: "mailto", link: '<a href="mailto:a@b.test">x</a>' },
  { name: "javascript", link: '<a href="javascript:void 0">x</a>' },
  { name: "a blob of the page", link: '<a href="blob:https://app.test/1-2">x</a>' },
  { name: "an address that is none", link: '<a href="https://[">x</a>' },
  { name: "a place in the page", link: '<a href="#part">x</a>' },
  { name: "a place in the page, spelt out", link: '<a href="/start?a=1#part">x</a>' },
  { name: "the top of the page", link: '<a href="#">x</a>' },
  { name: "no address", link: "<a>x</a>" },
  { name: "what is edited", link: '<a href="/next">x</a>', before: edit },
  { name: "prevented", link: '<a href="/next">x</a>', before: prevent },
  { name: "no socket", link: '<a href="/next">x</a>', before: (page) => page.socket.drop() },
];

function addBase({ doc }: NavPage): void {
  const base = doc.createElement("base");
  base.setAttribute("target", "frame");
  doc.head.append(base);
}

function edit(page: NavPage): void {
  Object.defineProperty(page.$("a"), "isContentEditable", { value: true });
}

function prevent({ doc }: NavPage): void {
  doc.addEventListener("click", (event) => event.preventDefault());
}

for (const { name, link, click, before, asks } of ROWS) {
  Deno.test(`a click on a link, ${name}: ${asks ? "asks the server" : "is the browser's"}`, async () => {
    await withNav(`<p>${link}</p>`, (page) => {
      before?.(page);
      let prevented = false;
      // What the browser does by itself is of no interest here.
      page.win.addEventListener("click", (event) => {
        prevented = event.defaultPrevented;
        event.preventDefault();
      });
      page.click(page.doc.querySelector("text") ?? page.$("a,area"), click);
      assertEquals(page.visits(), asks === undefined ? [] : [asks]);
      assertEquals(prevented, asks !== undefined || name === "prevented");
    });
  });
}

Deno.test("a link's own handler runs first, and may prevent the navigation", async () => {
  const html = '<a href="/next" data-hid="1 click:1">x</a><a id="no" href="/no" data-hid="3 click:1,p">x</a>';
  await withNav(html, (page) => {
    page.click(page.$("a"));
    page.click(page.$("#no"));
    assertEquals(page.events(), [[1, 1, 1], [2, 0x70, 0], [3, 1, 3]]);
  });
});

Deno.test("a handler that comes later, and stops the click, still runs first", async () => {
  await withNav('<p><a href="/next">x</a></p>', (page) => {
    page.click(page.$("a"));
    page.patch([{ op: 0x18, num: 2, spec: "click:1,s" }]);
    page.click(page.$("a"));
    assertEquals(page.events(), [[1, 0x70, 0], [2, 1, 2], [3, 0x70, 0]]);
  });
});

Deno.test("a page without data-nav leaves its links to the browser", async () => {
  await withNav('<a href="/next">x</a>', (page) => {
    page.win.addEventListener("click", (event) => event.preventDefault());
    page.click(page.$("a"));
    assertEquals([page.visits(), "navigate" in page.vango], [[], false]);
  }, { data: { nav: "" } });
});

Deno.test("the answer adds an entry, then changes the page", async () => {
  await withNav('<a href="/next#x">x</a><p>old</p>', (page) => {
    const { length } = page.win.history;
    page.click(page.$("a"));
    assertEquals(page.doc.documentElement.classList.contains("vango-navigating"), true);
    page.bring("/next?canonical", [{ op: 0x35, text: "Next" }, { op: 0x01, num: 4, text: "new" }]);
    // The fragment outlives a path that the server has made another.
    assertEquals([page.path, page.$("p").textContent, page.doc.title], ["/next?canonical#x", "new", "Next"]);
    assertEquals(page.win.history.length - length, 1);
    assertEquals(page.doc.documentElement.classList.contains("vango-navigating"), false);
    page.clock.tick(20_000);
    assertEquals(page.went, []);
  });
});

Deno.test("NavReplace changes the entry; the state of scripts stays with it", async () => {
  await withNav("<p>a</p>", (page) => {
    const { history } = page.win;
    history.replaceState({ ...history.state, theirs: 1 }, "");
    const { length, state } = history;
    page.vango.navigate!("/next", { replace: true });
    assertEquals(page.visits(), ["=/next"]);
    page.bring("/next", [], true);
    assertEquals([page.path, history.length - length], ["/next", 0]);
    assertEquals((history.state as { vango: unknown }).vango, state.vango);
  });
});

Deno.test("a navigation that nobody asked for is followed; one to another origin is not", async () => {
  await withNav("<p>a</p>", (page) => {
    const { length } = page.win.history;
    page.win.scrollTo(0, 50);
    for (const path of ["//evil.test/", "/\\evil.test/", "https://evil.test/"]) {
      page.bring(path);
      page.bring(path, [], true);
    }
    assertEquals([page.path, page.win.history.length - length], ["/start?a=1", 0]);
    assertEquals(page.doc.documentElement.scrollTop, 50);
    page.bring("/server");
    assertEquals([page.path, page.win.history.length - length], ["/server", 1]);
  });
});

Deno.test("of two clicks before an answer the last one wins", async () => {
  await withNav('<a href="/one">x</a><a id="two" href="/two">x</a>', (page) => {
    const { length } = page.win.history;
    page.click(page.$("a"));
    page.click(page.$("#two"));
    // The answer to the first, computed before the second came: the history waits.
    page.patch([{ op: 0x32, path: "/one" }], 1);
    assertEquals(page.path, "/start?a=1");
    page.patch([{ op: 0x32, path: "/two" }], 2);
    assertEquals([page.path, page.win.history.length - length], ["/two", 1]);
    page.clock.tick(20_000);
    assertEquals(page.went, []);
  });
});

Deno.test("two answers after both clicks were received make one entry", async () => {
  await withNav('<a href="/one">x</a><a id="two" href="/two">x</a>', (page) => {
    const { length } = page.win.history;
    page.click(page.$("a"));
    page.click(page.$("#two"));
    page.patch([], 2, { below: 1, list: [] });
    page.patch([{ op: 0x32, path: "/one" }], 2, { below: 2, list: [] });
    page.patch([{ op: 0x32, path: "/two" }], 2);
    assertEquals([page.path, page.win.history.length - length], ["/two", 1]);
  });
});

Deno.test("without an answer, or refused, the browser loads the page", async () => {
  await withNav('<a href="/next">x</a>', (page) => {
    page.click(page.$("a"));
    page.patch([], 1, { below: 1, list: [] });
    page.clock.tick(5_000);
    assertEquals(page.went, []);
    page.clock.tick(5_000);
    assertEquals(page.went, ["assign https://app.test/next"]);
    page.vango.navigate!("/other", { replace: true });
    page.error({ seq: 2 });
    assertEquals(page.went, ["assign https://app.test/next", "replace https://app.test/other"]);
    assertEquals(page.doc.documentElement.classList.contains("vango-navigating"), false);
    page.clock.tick(20_000);
    assertEquals(page.went.length, 2);
  });
});

Deno.test("an error of another event is none of the navigation", async () => {
  await withNav('<a href="/next">x</a><p data-hid="3 click:1">x</p>', (page) => {
    page.click(page.$("p"));
    page.click(page.$("a"));
    page.error({ seq: 1 });
    assertEquals(page.went, []);
  });
});

Deno.test("Navigate as an answer loads the page; the page that it leads to is asked for anew", async () => {
  await withNav('<a href="/api/file">x</a><a id="b" href="/start?a=1">x</a>', (page) => {
    page.click(page.$("a"));
    page.patch([{ op: 0x34, url: "/api/file", replace: false }], 1);
    page.click(page.$("#b"));
    page.patch([{ op: 0x34, url: "/start?a=1", replace: true }], 2);
    page.patch([{ op: 0x34, url: "mailto:a@b.test", replace: false }], 2);
    page.clock.tick(20_000);
    assertEquals(page.went, ["assign https://app.test/api/file", "reload", "assign mailto:a@b.test"]);
  });
});

Deno.test("a navigation that waits is asked for again on the next socket", async () => {
  await withNav('<a href="/next">x</a>', (page) => {
    page.click(page.$("a"));
    assertEquals(page.visits(), ["/next"]);
    page.socket.drop();
    page.clock.tick(600);
    page.accept();
    assertEquals(page.visits(), ["/next"]);
    page.bring("/next");
    assertEquals(page.path, "/next");
  });
});

Deno.test("the browser loads the page when the socket does not come back", async () => {
  await withNav('<a href="/next">x</a>', (page) => {
    page.click(page.$("a"));
    page.socket.drop();
    page.clock.tick(10_000);
    assertEquals(page.went, ["assign https://app.test/next"]);
    page.accept();
    assertEquals(page.visits(), []);
  });
});

Deno.test("back asks for the page again, in its entry", async () => {
  await withNav('<a href="/next">x</a>', async (page) => {
    const { length } = page.win.history;
    page.click(page.$("a"));
    page.bring("/next");
    page.visits();
    // happy-dom forgets what is ahead when an entry is replaced, which browsers do not: see tests/browser/nav_history_test.ts.
    await page.travel(-1);
    assertEquals([page.path, page.visits()], ["/start?a=1", ["=/start?a=1"]]);
    // The server may lead elsewhere.
    page.bring("/login", [], true);
    assertEquals([page.path, page.win.history.length - length], ["/login", 0]);
    assertEquals(page.win.history.state.vango[0], 0);
  });
});

Deno.test("back and forward again before the answer asks for what is shown", async () => {
  await withNav('<a href="/next">x</a>', async (page) => {
    page.click(page.$("a"));
    page.bring("/next");
    page.visits();
    await page.travel(-1);
    await page.travel(1);
    assertEquals(page.visits(), ["=/start?a=1", "=/next"]);
    page.patch([{ op: 0x33, path: "/start?a=1" }], 2);
    assertEquals(page.path, "/next");
    page.patch([{ op: 0x33, path: "/next" }], 3);
    assertEquals([page.path, page.win.history.state.vango[0]], ["/next", 1]);
  });
});

Deno.test("back without a socket, refused or unanswered, loads the page of the entry", async () => {
  await withNav('<a href="/next">x</a>', async (page) => {
    page.click(page.$("a"));
    page.bring("/next");
    await page.travel(-1);
    page.error({ seq: 2 });
    assertEquals(page.went, ["reload"]);
    // What is shown still is the page of this entry.
    await page.travel(1);
    await page.travel(-1);
    page.clock.tick(20_000);
    assertEquals(page.went, ["reload", "reload"]);
    await page.travel(1);
    page.socket.drop();
    await page.travel(-1);
    assertEquals(page.went, ["reload", "reload", "reload"]);
  });
});

Deno.test("back over places of the page is not the server's", async () => {
  await withNav('<p id="one">x</p>', async (page) => {
    page.win.location.hash = "#one";
    await new Promise((resolve) => setTimeout(resolve, 5));
    // happy-dom adds the entry and tells nobody: what a browser does.
    page.win.dispatchEvent(new page.win.PopStateEvent("popstate", { state: null }));
    assertEquals(page.win.history.state.vango[0], 1);
    await page.travel(-1);
    assertEquals([page.path, page.visits()], ["/start?a=1", []]);
  });
});

Deno.test("UrlPush and UrlReplace make entries that back finds", async () => {
  await withNav("<p>a</p>", async (page) => {
    page.patch([{ op: 0x30, pairs: [["a", "2"]] }]);
    assertEquals([page.path, page.win.history.state.vango[0]], ["/start?a=2", 1]);
    page.patch([{ op: 0x31, pairs: [["a", "3"]] }]);
    assertEquals([page.path, page.win.history.state.vango[0]], ["/start?a=3", 1]);
    await page.travel(-1);
    assertEquals([page.path, page.visits()], ["/start?a=1", ["=/start?a=1"]]);
  });
});

Deno.test("navigate() takes paths of the origin, loads others, and refuses what is no page", async () => {
  await withNav("<p>a</p>", (page) => {
    page.vango.navigate!("/next?b#c");
    assertEquals(page.visits(), ["/next?b#c"]);
    page.vango.navigate!("https://else.test/x");
    assertEquals([page.visits(), page.went], [[], ["assign https://else.test/x"]]);
    const error = assertThrows(() => page.vango.navigate!("javascript:alert(1)"), TypeError);
    assertEquals(error.message, "Cannot navigate to javascript:alert(1): pass a path or an http URL");
    page.vango.navigate!("#part");
    assertEquals([page.visits(), page.went.at(-1)], [[], "assign https://app.test/start?a=1#part"]);
  });
});

Deno.test("a frame with a navigation that fails half-way arrives with the resync", async () => {
  await withNav('<a href="/next">x</a><h1>old</h1>', (page) => {
    page.click(page.$("a"));
    page.bring("/next", [{ op: 0x05, num: 99 }]);
    assertEquals([page.path, page.doc.activeElement?.localName], ["/next", "body"]);
    page.control({ type: 0x12, received: 1, nodes: [createNode("h1", null, ["new"])] });
    assertEquals([page.$("h1").textContent, page.doc.activeElement?.localName], ["new", "h1"]);
  });
});

Deno.test("a closed client leaves links and the history to the browser", async () => {
  await withNav('<a href="/next">x</a>', async (page) => {
    page.click(page.$("a"));
    page.vango.close();
    page.win.addEventListener("click", (event) => event.preventDefault());
    page.click(page.$("a"));
    page.clock.tick(20_000);
    await settle();
    assertEquals([page.went, page.win.history.scrollRestoration], [[], "auto"]);
    assertEquals(page.doc.querySelector("#vango-announcer"), null);
  });
});
