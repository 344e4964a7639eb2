/**
 * The todo example: its database, and its pages in this process, with and without JavaScript.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { app } from "../../examples/todo/main.ts";
import { migrate, openDatabase } from "../../examples/todo/data/database.ts";
import { openTodos, type Todos, useTodos } from "../../examples/todo/data/todos.ts";
import { nameOfDay } from "../../examples/todo/parts/due.ts";
import { SECRET } from "../support/app.ts";
import { isStale } from "../../router/mod.ts";
import { type MemoryPage, mount, type Page } from "../../testing/mod.ts";

const EXAMPLE = new URL("../../examples/todo/", import.meta.url);

/** A page of the example, with todos of its own. */
async function open(
  test: (page: MemoryPage, todos: Todos) => void | Promise<void>,
  { url = "/todos", javascript = true, titles = [] as string[] } = {},
): Promise<void> {
  using todos = useTodos(":memory:");
  for (const title of titles) todos.add({ title });
  await using page = await mount(app, { app: { secret: SECRET }, url, javascript });
  await test(page, todos);
}

const texts = (page: Page) =>
  page.query(".todos") === null ? [] : page.getAll(".todo .title").map((each) => each.text());
const alerts = (page: Page) =>
  page.getAllByRole("alert").map((each) => each.text()).filter((text) => text !== "");
const add = async (page: Page, title: string) => {
  await page.getByLabel("What is to be done?").fill(title);
  await page.getByRole("button", { name: "Add" }).click();
};

// What is wrong first.

Deno.test("a database of a newer application is not opened, and a migration that fails changes nothing", () => {
  using db = new DatabaseSync(":memory:");
  migrate(db, ["CREATE TABLE a (x) STRICT, nonsense"].slice(1));
  assertThrows(() => migrate(db, ["CREATE TABLE a (x); CREATE TABLE a (y)"]), Error, "already exists");
  assertEquals(
    db.prepare("SELECT count(*) AS n FROM sqlite_master").get(),
    { __proto__: null, n: 0 } as never,
  );
  db.exec("PRAGMA user_version = 99");
  assertThrows(() => migrate(db), Error, "it has version 99, and this application knows 2");
});

for (const javascript of [true, false]) {
  const how = javascript ? "live" : "without JavaScript";

  Deno.test(`todo: a title that is empty, too long or taken is refused, and what was typed stays; ${how}`, async () => {
    await open(async (page, todos) => {
      await add(page, "   ");
      assertEquals(alerts(page), ["Say what is to be done"]);
      assertEquals(page.getByLabel("What is to be done?").value, "   ");
      await add(page, "x".repeat(121));
      assertEquals(alerts(page), ["Make it shorter: at most 120 letters"]);
      await add(page, "WATER the plants");
      assertEquals(alerts(page), ["This is on the list already"]);
      assertEquals(todos.counts(), { open: 1, done: 0 });
    }, { javascript, titles: ["Water the plants"] });
  });

  Deno.test(`todo: add, toggle, filter, clear and delete; ${how}`, async () => {
    await open(async (page, todos) => {
      assertEquals(page.get(".empty").text(), "Nothing here yet. What comes first?");
      await add(page, "one");
      await add(page, " two ");
      assertEquals([texts(page), page.getByLabel("What is to be done?").value], [["two", "one"], ""]);
      await page.getByRole("checkbox", { name: "Done: two" }).click();
      assertEquals(texts(page), ["one", "two"]);
      assertEquals(page.getByRole("checkbox", { name: "Done: two" }).attr("aria-checked"), "true");
      assertEquals([page.getByRole("status").text(), page.title], ["1 to do", "Todos (1)"]);
      await page.getByRole("link", { name: "Done" }).click();
      assertEquals([texts(page), page.url.search], [["two"], "?show=done"]);
      assertEquals(page.getByRole("link", { name: "Done" }).attr("aria-current"), "page");
      await page.getByRole("button", { name: "Clear completed" }).click();
      assertEquals(page.get(".empty").text(), "Nothing is done yet.");
      await page.getByRole("link", { name: "All" }).click();
      await page.getByRole("button", { name: "Delete one" }).click();
      assertEquals([texts(page), todos.counts()], [[], { open: 0, done: 0 }]);
    }, { javascript });
  });

  Deno.test(`todo: one todo is changed, and two who change it do not overwrite each other; ${how}`, async () => {
    await open(async (page, todos) => {
      const save = () => page.getByRole("button", { name: "Save" }).click();
      assertEquals([page.get("h1").text(), page.title], ["one", "one"]);
      await page.getByLabel("What is to be done?").fill("One");
      await page.getByLabel("Until (optional)").fill("2020-02-29");
      await page.getByLabel("Note (optional)").fill("n");
      await save();
      assertEquals(page.get(".saved").text(), "Saved");
      assertEquals(page.get("h1").text(), "One");
      assert(page.get(".head time").classes.includes("late"));
      todos.edit(1, 1, { title: "theirs", due: null, note: "" });
      await page.getByLabel("Note (optional)").fill("mine");
      await save();
      assertEquals(alerts(page), ["Somebody changed it meanwhile, to “theirs”. Save again to replace that."]);
      assertEquals([todos.find(1)?.title, page.getByLabel("Note (optional)").value], ["theirs", "mine"]);
      await save();
      assertEquals([todos.find(1)?.title, todos.find(1)?.note], ["One", "mine"]);
      await page.getByRole("button", { name: "Delete this todo" }).click();
      assertEquals([page.url.pathname, todos.counts().open], ["/todos", 0]);
    }, { javascript, url: "/todos/1", titles: ["one"] });
  });

  Deno.test(`todo: addresses that lead nowhere say so; ${how}`, async () => {
    for (
      const url of [
        "/todos/2",
        "/todos/x",
        "/todos/-1",
        "/todos/99999999999999999999",
        "/nothing",
        "/todos/1/2",
      ]
    ) {
      using _todos = useTodos(":memory:");
      await using page = await mount(app, {
        url,
        javascript,
        throwErrors: false,
      });
      assertEquals([page.status, page.get("h1").text() === "There is no such page"], [404, true], url);
    }
  });
}

Deno.test("todo: a filter that there is not is all of them", async () => {
  await open((page) => Promise.resolve(assertEquals(texts(page), ["one"])), {
    url: "/todos?show=<script>",
    titles: ["one"],
  });
});

Deno.test("todo: what one tab does is in the other at once, and a tab whose todo was deleted says so", async () => {
  await open(async (page, todos) => {
    const other = await page.newPage("/todos/1");
    await page.getByRole("checkbox", { name: "Done: one" }).click();
    await other.flushed();
    assertEquals(other.getByRole("checkbox").attr("aria-checked"), "true");
    todos.add({ title: "two" });
    await page.flushed();
    assertEquals(texts(page), ["two", "one"]);
    await page.getByRole("button", { name: "Delete one" }).click();
    await other.flushed();
    assertEquals(other.get("h1").text(), "This todo was deleted");
    await other.getByRole("link", { name: "Back to the list" }).click();
    assertEquals(texts(other), ["two"]);
  }, { titles: ["one"] });
});

Deno.test("todo: the focus goes to the heading when what had it is gone", async () => {
  await open(async (page) => {
    await page.getByRole("button", { name: "Delete one" }).click();
    assert(page.get("h1").focused);
  }, { titles: ["one"] });
});

Deno.test("todo: a change that is not saved is guarded, until it is", async () => {
  await open(async (page) => {
    assertEquals(page.query("[data-vango-unsaved]"), null);
    await page.getByLabel("Note (optional)").fill("n");
    assertEquals(
      page.get("[data-vango-unsaved]").attr("data-vango-unsaved"),
      "Leave without saving what you changed?",
    );
    await page.getByRole("button", { name: "Save" }).click();
    assertEquals(page.query("[data-vango-unsaved]"), null);
  }, { url: "/todos/1", titles: ["one"] });
});

Deno.test("todo: a restart of the server keeps the list in its file, and what was typed in the page", async () => {
  const folder = await Deno.makeTempDir();
  try {
    using _todos = useTodos(`${folder}/todo.db`);
    await using page = await mount(app, { app: { secret: SECRET }, url: "/todos" });
    await add(page, "one");
    await page.getByLabel("What is to be done?").fill("half-typ");
    await page.clock.advance(1000);
    await page.restart({ crash: true });
    assertEquals([texts(page), page.getByLabel("What is to be done?").value], [["one"], "half-typ"]);
    using again = openTodos(`${folder}/todo.db`);
    assertEquals(again.list("open").map(({ title }) => title), ["one"]);
    openDatabase(`${folder}/todo.db`).close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("todo: days have names", () => {
  const names = ["2026-01-30", "2026-01-31", "2026-02-01", "2026-03-05", "2025-12-31"].map((day) =>
    nameOfDay(day, "2026-01-31")
  );
  assertEquals(names, ["yesterday", "today", "tomorrow", "Mar 5", "Dec 31, 2025"]);
});

Deno.test("todo: routes.gen.ts is what its files make", async () => {
  const names: string[] = [];
  const walk = (folder: URL, prefix: string) => {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      if (isDirectory) walk(new URL(`${name}/`, folder), `${prefix}${name}/`);
      else names.push(prefix + name);
    }
  };
  walk(new URL("routes/", EXAMPLE), "");
  assert(!isStale(await Deno.readTextFile(new URL("routes.gen.ts", EXAMPLE)), names));
});

Deno.test("deno task todo starts it, with the permissions that it needs and no others", async () => {
  const task = new Deno.Command(Deno.execPath(), {
    args: ["task", "todo"],
    cwd: new URL("../../", import.meta.url),
    env: { PORT: "0", TODO_DB: ":memory:", NO_COLOR: "1" },
    stdout: "piped",
    stderr: "null",
  }).spawn();
  try {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of task.stdout) {
      text += decoder.decode(chunk);
      if (/http:\/\/\S+/.test(text)) break;
    }
    const [origin] = /http:\/\/[^\s/]+/.exec(text) ?? [""];
    for (const [path, wanted] of [["/todos", "What is to be done?"], ["/style.css", "--paper"]]) {
      const answer = await fetch(origin + path);
      assertEquals([answer.status, (await answer.text()).includes(wanted)], [200, true], path);
    }
  } finally {
    task.kill("SIGTERM");
    await task.status;
  }
});
