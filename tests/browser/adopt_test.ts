/**
 * A page adopts the instance that rendered it: nothing runs twice, nothing is sent, nothing that happened early is lost.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { component, effect, onMount, signal } from "../../mod.ts";
import { button, form, h1, input as field, main, p } from "../../vdom/elements.ts";
import { counterPage } from "./apps/counter.ts";
import { holdClient } from "./support/hold.ts";
import { mark, marks } from "./support/identity.ts";
import { recordFrames } from "./support/frames.ts";
import { browserSuite, connected } from "./support/suite.ts";

const test = browserSuite();

test("adopt: connecting sends no patches, and nothing is set up or loaded twice", async ({ page, start }) => {
  const { page: app, runs } = counterPage();
  const server = start({ page: app });
  const recorder = await recordFrames(page);
  const release = await holdClient(page);
  await page.goto(server.origin, { waitUntil: "commit" });
  await page.waitForSelector("#greeting");
  await mark(page, "main, main *");
  release();
  await connected(page);
  await page.click("#inc");
  await page.getByText("Count: 1").waitFor();
  const down = recorder.frames.filter(({ direction }) => direction === "down").map(({ bytes }) =>
    bytes[0] & 15
  );
  // The hello, and the answer to the click.
  assertEquals(down.slice(0, 2), [0, 2]);
  assertEquals(recorder.sockets.length, 1);
  assertEquals(runs, { setups: 1, loads: 1 });
  assertEquals(await marks(page, "main, main *"), [1, 2, 3, 4, 5]);
  assertEquals(server.app.metrics().resyncs, 0);
  assertEquals(await page.textContent("#greeting"), "Hello");
});

test("adopt: clicks before the client runs are not lost", async ({ page, start }) => {
  const { page: app } = counterPage();
  const server = start({ page: app });
  const release = await holdClient(page);
  await page.goto(server.origin, { waitUntil: "commit" });
  await page.click("#inc");
  await page.click("#inc");
  await page.click("#dec");
  await page.click("#inc");
  assertEquals(await page.textContent("h1"), "Count: 0");
  release();
  await page.getByText("Count: 2").waitFor();
  assertEquals(server.app.metrics().eventsHandled, 4);
});

/** A form that shows what was sent. */
const Form = component(() => {
  const name = signal("");
  const sent = signal("");
  const agree = signal(false);
  return () =>
    main(
      form(
        { onSubmit: (e) => void (sent.value = e.get("name")) },
        field({ name: "name", value: name, onInput: (e) => void (name.value = e.value) }),
        field({
          name: "agree",
          type: "checkbox",
          checked: agree,
          onChange: (e) => void (agree.value = e.checked),
        }),
        button("Send"),
      ),
      p({ id: "held" }, `${name.value}|${agree.value}|${sent.value}`),
    );
});

test("adopt: what is typed, chosen and submitted before the client runs is not lost", async ({ page, input, start }) => {
  const server = start({ page: Form });
  const release = await holdClient(page);
  await page.goto(server.origin, { waitUntil: "commit" });
  await page.click("[name=name]");
  await input.type("early");
  await page.click("[name=agree]");
  await page.click("button");
  await page.click("[name=name]");
  await input.type("!");
  release();
  await page.waitForFunction(() => document.querySelector("#held")!.textContent === "early!|true|early!");
  assertEquals(await page.inputValue("[name=name]"), "early!");
  assertEquals(await page.evaluate(() => (document.activeElement as HTMLInputElement).name), "name");
});

test("adopt: typing goes on while the client starts", async ({ page, input, start }) => {
  const server = start({ page: Form });
  const release = await holdClient(page);
  await page.goto(server.origin, { waitUntil: "commit" });
  await page.click("[name=name]");
  await input.type("be");
  release();
  await input.type("fore and after");
  await page.waitForFunction(() =>
    document.querySelector("#held")!.textContent === "before and after|false|"
  );
  assertEquals(await page.inputValue("[name=name]"), "before and after");
});

test("adopt: what changed while the page was parked comes as one frame; effects start then", async ({ page, start }) => {
  const shared = signal(1);
  const ran: string[] = [];
  const app = component(() => {
    onMount(() => void ran.push("mount"));
    effect(() => void ran.push(`effect ${shared.value}`));
    return () => {
      ran.push(`view ${shared.value}`);
      return main(h1(shared.value), p("bound ", shared));
    };
  });
  const server = start({ page: app });
  const recorder = await recordFrames(page);
  const release = await holdClient(page);
  await page.goto(server.origin, { waitUntil: "commit" });
  await page.waitForSelector("p");
  for (let i = 2; i <= 5; i++) shared.value = i;
  assertEquals(ran, ["view 1"]);
  release();
  await page.getByText("bound 5").waitFor();
  assertEquals(await page.textContent("h1"), "5");
  const patches = recorder.frames.filter(({ direction, bytes }) =>
    direction === "down" && (bytes[0] & 15) === 2
  );
  assertEquals(patches.length, 1);
  assertEquals(ran, ["view 1", "view 5", "mount", "effect 5"]);
});
