/**
 * A server for size_test.ts, in a process of its own: tells what the heap holds, and what the sessions count.
 *
 *     deno run --v8-flags=--expose-gc … _size_server.ts APP
 *
 * @module
 */
import { component, computed, effect, NavLink, resource, signal, untracked, useCtx } from "../../mod.ts";
import { type AppOptions, createApp } from "../../server/app.ts";
import { systemClock } from "../../server/clock.ts";
import { TEST_PARTS } from "../../server/seam.ts";
import type { ErrorPageProps, LayoutProps, PageProps, RouteTable } from "../../server/route_table.ts";
import type { Sessions } from "../../server/sessions.ts";
import {
  a,
  button,
  div,
  form,
  h1,
  input,
  label,
  main,
  nav,
  option,
  p,
  select,
  table,
  td,
  textarea,
  tr,
} from "../../vdom/elements.ts";
import { jsxAttr, jsxEscape, jsxTemplate } from "../../vdom/jsx.ts";

const Counter = component(() => {
  const count = signal(0, { name: "count" });
  return () => div(h1("Count: ", count), button({ onClick: () => count.inc() }, "+"));
});

/** A table of 1,000 keyed rows, made for each session. */
const Table = component(() => {
  const chosen = signal(-1, { name: "chosen" });
  const words = ["red", "green", "quiet", "loud", "small"];
  const labelOf = (i: number) => `${words[i % 5]} ${words[i % 3]} table ${i}`;
  return () =>
    table(
      Array.from({ length: 1000 }, (_, i) =>
        tr(
          { key: i, id: `row-${i}`, class: chosen.value === i ? "chosen" : null },
          td(i),
          td(a({ onClick: () => chosen.value = i }, labelOf(i))),
          td(a({ onClick: () => chosen.value = -1 }, "x")),
        )),
    );
});

/** A table of 100 keyed rows, of which one is another on each. */
const Rows = component(() => {
  const chosen = signal(-1, { name: "chosen" });
  return () =>
    table(
      Array.from({ length: 100 }, (_, i) =>
        tr(
          { key: i, class: chosen.value === i ? "chosen" : null },
          td(i),
          td(a({ onClick: () => chosen.value = i }, `row ${i}`)),
          td(a({ onClick: () => chosen.value = -1 }, "x")),
        )),
    );
});

/** A form with controls of each kind, most of them bound. */
const Form = component(() => {
  const name = signal("", { name: "name" });
  const size = signal("m", { name: "size" });
  const wanted = signal(false, { name: "wanted" });
  const valid = computed(() => name.value.length > 2);
  effect(() => void valid.value);
  return () =>
    form(
      { onSubmit: () => wanted.value = true },
      label("Name ", input({ name: "name", value: name, onInput: (e) => name.value = e.value })),
      label(
        "Size ",
        select(
          {
            name: "size",
            value: size,
            onChange: (e) => size.value = e.value,
          },
          [
            ["s", "Small"],
            ["m", "Middle"],
            ["l", "Large"],
          ].map(([value, text]) => option({ value, key: value }, text)),
        ),
      ),
      label(input({ type: "checkbox", name: "wanted", checked: wanted }), " Wanted"),
      textarea({ name: "notes", rows: 4 }),
      p({ class: valid.value ? "ok" : "bad" }, "Three characters at least"),
      button({ disabled: !valid.value }, "Send"),
    );
});

/** What the transform makes of a card of JSX, twenty times: static parts, slots, a handler each. */
const Cards = component(() => {
  const chosen = signal(0, { name: "chosen" });
  const card = (i: number) =>
    jsxTemplate(
      CARD,
      jsxAttr("class", chosen.value === i ? "card chosen" : "card"),
      jsxEscape(`Card ${i}`),
      jsxEscape(`This is what card ${i} says.`),
      jsxAttr("onClick", () => chosen.value = i),
    );
  return () => jsxTemplate(LIST, jsxEscape(Array.from({ length: 20 }, (_, i) => card(i))));
});
const CARD = ["<article ", "><h2>", "</h2><p>", "</p><button ", ">Choose</button></article>"];
const LIST = ["<section>", "</section>"];

/** Keeps what nobody counts: a list in a closure. */
const Hidden = component(() => {
  const list = Array.from({ length: 1000 }, (_, i) => i + Math.random());
  return () => p({ onClick: () => void list.pop() }, "hidden");
});

/** Large state: texts, an array of objects, a Map and a Set. Nothing of it is shared by sessions. */
const State = component(() => {
  const text = signal(Array.from({ length: 200 }, () => crypto.randomUUID()).join(" "), { name: "text" });
  const list = signal(
    Array.from({ length: 300 }, (_, i) => ({ id: i, name: crypto.randomUUID(), done: false })),
    { name: "list" },
  );
  const byName = signal(new Map(list.peek().map(({ id }) => [`item ${crypto.randomUUID()}`, id])), {
    name: "byName",
  });
  const chosen = signal(new Set(Array.from({ length: 100 }, (_, i) => i * 3)), { name: "chosen" });
  const sizes = [list.peek().length, byName.peek().size, chosen.peek().size];
  return () => p(`${text.value.length} ${sizes}`);
});

/** Around every page of an application with routes: a menu, a title. */
const Around = component<LayoutProps>((props) => {
  const ctx = useCtx();
  ctx.title("Shop");
  return () =>
    div(
      nav(NavLink({ href: "/", activeClass: "here" }, "Home"), NavLink({ href: "/items/1" }, "One")),
      main(props.children),
    );
});
const Item = component<PageProps<"/items/:id:int">>((props) => {
  const ctx = useCtx();
  ctx.title(computed(() => `Item ${props.params.id}`));
  ctx.meta("description", `What there is to say of the item ${untracked(() => props.params.id)}`);
  const notes = resource(() => Promise.resolve(Array.from({ length: 20 }, () => crypto.randomUUID())));
  return () => [h1("Item ", props.params.id), p((notes.value ?? []).length, " notes")];
});
const Lost = component(() => () => h1("Nothing here"));
const Failed = component<ErrorPageProps>((props) => () => p("Failed: ", props.status));
const levels = [{ folder: "", layout: Around, error: Failed }];
const ROUTES: RouteTable = {
  pages: [{ pattern: "/", page: Counter, levels }, { pattern: "/items/:id:int", page: Item, levels }],
  apis: [],
  notFound: [{ pattern: "/", page: Lost, levels }],
};

const PAGES: Record<string, AppOptions["page"]> = {
  counter: Counter,
  table: Table,
  rows: Rows,
  form: Form,
  cards: Cards,
  hidden: Hidden,
  state: State,
};

let sessions: Sessions | null = null;
const many = 1_000_000;
const options: AppOptions = {
  ...Deno.args[0] === "routes" ? { routes: ROUTES } : { page: PAGES[Deno.args[0]] },
  secret: "a secret of tests, thirty-two characters and more",
  memory: false,
  noscript: false,
  limits: {
    maxSessions: many,
    maxSessionsPerAddress: many,
    socketsPerAddress: many,
    parked: { count: many, bytes: 2 ** 40, ttlMs: 600_000 },
    detached: { count: many, bytes: 2 ** 40, ttlMs: 600_000 },
  },
};
TEST_PARTS.set(options, {
  clock: systemClock,
  defer: (fn) => void setImmediate(fn),
  made: (_engine, made) => sessions = made,
});
const app = createApp(options);

/** What is left after a collection that compacts, and what the sessions say that they take. */
async function rest(): Promise<Response> {
  const { gc } = globalThis as unknown as { gc: (options: object) => void };
  for (let i = 0; i < 3; i++) {
    gc({ type: "major", execution: "sync", flavor: "last-resort" });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  let bytes = 0;
  for (const session of sessions!) bytes += session.bytes;
  return Response.json({ heap: Deno.memoryUsage().heapUsed, bytes, sessions: sessions!.size });
}

Deno.serve({
  port: 0,
  hostname: "127.0.0.1",
  onListen: ({ port }) => console.log(`port ${port}`),
}, (request, info) => request.url.endsWith("/rest") ? rest() : app.fetch(request, info));
