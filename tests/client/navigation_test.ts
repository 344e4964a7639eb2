/**
 * Links and the history.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { withPage } from "./_page.ts";

Deno.test("a link of the app is followed over the socket, others and modified clicks are not", async () => {
  const html =
    "<a id=in href='/next?q=1' data-vango-link><b>x</b></a><a id=out href='https://else.test/' data-vango-link>y</a>" +
    "<a id=new href='/n' target=_blank data-vango-link>n</a><a id=plain href='/p'>p</a><a id=hash href='/start?a=1#h' data-vango-link>h</a>";
  await withPage(html, { rare: true }, (page) => {
    let prevented = false;
    page.win.addEventListener("click", (event) => {
      prevented = event.defaultPrevented;
      event.preventDefault();
    });
    const followed = (s: string, init = {}) => {
      page.click(page.$(s), init);
      return prevented;
    };
    assertEquals(
      [
        followed("#out"),
        followed("#new"),
        followed("#plain"),
        followed("#hash"),
        followed("#in", { metaKey: true }),
      ],
      [false, false, false, false, false],
    );
    assertEquals(page.payloads(), []);
    assertEquals(followed("b"), true);
    assertEquals(page.payloads(), [{ path: "/next?q=1", replace: false }]);
    page.socket.drop();
    assertEquals(followed("#in"), false);
  });
});

Deno.test("the history's steps ask for their path", async () => {
  await withPage("<a href='/x' data-vango-link>x</a>", { rare: true }, (page) => {
    page.fire(page.win, "popstate");
    assertEquals(page.payloads(), []);
    page.patch([{ op: 0x32, path: "/b" }]);
    page.win.history.replaceState(null, "", "/start?a=2");
    page.fire(page.win, "popstate");
    assertEquals(page.payloads(), [{ path: "/start?a=2", replace: true }]);
    assert(page.win.location.href.endsWith("/start?a=2"));
  });
});
