/**
 * JavaScript off: the page's forms and buttons post, and the same handlers run.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { component, signal, useCtx } from "../../mod.ts";
import { button, form, h1, input as field, label, main, output, p } from "../../vdom/elements.ts";
import { counterPage } from "./apps/counter.ts";
import { FormPage } from "./apps/form.ts";
import { browserSuite } from "./support/suite.ts";

const test = browserSuite();
const OFF = { javaScriptEnabled: false };

/** A guest book: names are added by a form, removed by buttons, counted by a component of its own. */
const GuestBook = component(() => {
  const names = signal<string[]>([], { name: "names" });
  const error = signal("", { name: "error" });
  return () =>
    main(
      h1("Guests"),
      form(
        {
          onSubmit: async (e) => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            const name = e.get("name").trim();
            error.value = name === "" ? "A name is needed" : "";
            if (name === "stop") return useCtx().navigate("/?gone=1");
            if (name !== "") names.push(name);
          },
        },
        label("Name", field({ name: "name" })),
        button("Sign"),
        p({ role: "alert" }, error),
      ),
      output(names.value.join(", ")),
      names.value.map((name, i) =>
        button({ key: name, class: "remove", onClick: () => names.removeAt(i) }, `Remove ${name}`)
      ),
    );
}, { name: "GuestBook" });

test("noscript: a form is sent twice in a row", async ({ page, input, start }) => {
  const { origin } = start({ page: GuestBook });
  await page.goto(origin);
  for (const name of ["Ada", "Grace"]) {
    await page.click("[name=name]");
    await input.type(name);
    await input.press("Enter");
    await page.getByText(`Remove ${name}`).waitFor();
  }
  assertEquals(await page.textContent("output"), "Ada, Grace");
  await page.click("text=Remove Ada");
  await page.locator("output", { hasText: /^Grace$/ }).waitFor();
  await page.click("text=Sign");
  await page.getByText("A name is needed").waitFor();
  assertEquals(await page.textContent("output"), "Grace");
}, OFF);

test("noscript: buttons count on, twice in a row", async ({ page, start }) => {
  const { origin } = start({ page: counterPage().page });
  await page.goto(origin);
  for (let i = 1; i <= 2; i++) {
    await page.click("#inc");
    await page.getByText(`Count: ${i}`).waitFor();
  }
  await page.click("#dec");
  await page.getByText("Count: 1").waitFor();
}, OFF);

test("noscript: a handler that navigates becomes a redirect", async ({ page, input, start }) => {
  const { origin } = start({ page: GuestBook });
  await page.goto(origin);
  await page.click("[name=name]");
  await input.type("stop");
  await Promise.all([page.waitForURL(`${origin}/?gone=1`), input.press("Enter")]);
  assertEquals(await page.textContent("output"), "");
}, OFF);

test("noscript: after going back the form can be sent again", async ({ page, input, start }) => {
  const { origin } = start({ page: GuestBook });
  await page.goto(origin);
  await page.click("[name=name]");
  await input.type("Ada");
  await input.press("Enter");
  await page.getByText("Remove Ada").waitFor();
  await page.goBack();
  await page.click("[name=name]");
  await page.keyboard.press("Control+A");
  await input.type("Eve");
  await input.press("Enter");
  await page.getByText("Remove Eve").waitFor();
  assertEquals(await page.textContent("output"), "Eve");
}, OFF);

test(
  "noscript: a reload after a submit shows the same page, and the handler ran once",
  async ({ page, input, start }) => {
    const { app, origin } = start({ page: GuestBook });
    await page.goto(origin);
    await page.click("[name=name]");
    await input.type("Ada");
    await input.press("Enter");
    await page.getByText("Remove Ada").waitFor();
    for (let posts = 2; posts <= 3; posts++) {
      const answer = await page.reload();
      assertEquals([answer!.request().method(), answer!.status()], ["POST", 200]);
      assertEquals(await page.textContent("output"), "Ada");
      assertEquals(app.metrics().posts, posts);
    }
    await page.click("[name=name]");
    await input.type("Grace");
    await input.press("Enter");
    await page.getByText("Remove Grace").waitFor();
    assertEquals(await page.textContent("output"), "Ada, Grace");
  },
  OFF,
);

test("noscript: a double click posts twice, and the handler runs once", async ({ page, start }) => {
  let runs = 0;
  const Slow = component(() => {
    const count = signal(0, { name: "count" });
    const onClick = async () => {
      runs++;
      await new Promise((resolve) => setTimeout(resolve, 300));
      count.inc();
    };
    return () => main(output("Count: ", count), button({ onClick }, "Add"));
  });
  const { app, origin } = start({ page: Slow });
  await page.goto(origin);
  const box = (await page.locator("button").boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(x, y);
  while (runs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await page.mouse.click(x, y);
  await page.getByText("Count: 1").waitFor();
  assertEquals([runs, app.metrics().posts], [1, 2]);
}, OFF);

test("noscript: every kind of control is sent", async ({ page, input, start }) => {
  const { origin } = start({ page: FormPage });
  await page.goto(origin);
  await page.click("[name=text]");
  await input.type("off & on");
  await page.click("[name=agree]");
  await page.click("[name=size][value=s]");
  await page.selectOption("[name=fruit]", "plum");
  await page.selectOption("[name=colors]", ["green", "blue"]);
  await page.click("text=Send");
  await page.locator("#v-sent", { hasText: "how=send" }).waitFor();
  const sent = (await page.textContent("#v-sent"))!.split("&").filter((pair) =>
    /^(agree|size|fruit|colors|_vango)/.test(pair)
  );
  assertEquals(sent, ["fruit=plum", "colors=green", "colors=blue", "size=s", "agree=on"]);
  assert((await page.textContent("#v-sent"))!.includes("text=off & on"));
}, OFF);

test("noscript: a page that was posted is adopted when JavaScript is there", async ({ browser, start }) => {
  const { origin } = start({ page: counterPage().page });
  const context = await browser.newContext();
  const live = await context.newPage();
  // The client's script fails to load at first: the button posts.
  await live.route(/client.*\.js/, (route) => route.abort());
  await live.goto(origin);
  await live.evaluate(() =>
    (document.querySelector("#vango-form") as HTMLFormElement).requestSubmit(
      document.querySelector("#inc") as HTMLButtonElement,
    )
  );
  await live.getByText("Count: 1").waitFor();
  await live.unroute(/client.*\.js/);
  await live.evaluate(() =>
    (document.querySelector("#vango-form") as HTMLFormElement).requestSubmit(
      document.querySelector("#inc") as HTMLButtonElement,
    )
  );
  await live.waitForSelector("html.vango-connected", { state: "attached" });
  await live.getByText("Count: 2").waitFor();
  await live.click("#inc");
  await live.getByText("Count: 3").waitFor();
  await context.close();
});
