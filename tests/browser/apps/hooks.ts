/**
 * A site with hooks: a board whose script notes its life and pushes what it is told to, and a page without any.
 *
 * @module
 */
import {
  type App,
  type AppOptions,
  component,
  createRef,
  defineRoutes,
  hook,
  type HookEvent,
  Link,
  signal,
} from "../../../mod.ts";
import { button, customElement, div, h1, li, main, p, ul } from "../../../vdom/elements.ts";

/** The scripts of the hooks, by their paths. */
const SCRIPTS: Record<string, string> = {
  "/hooks/board.js": `
const note = (what, element, api) => (window.notes ??= []).push([what, element.id, api.config.n]);
export default {
  mounted(element, api) {
    note("mounted", element, api);
    (window.apis ??= {})[element.id] = api;
    this.canvas = element.appendChild(document.createElement("canvas"));
    element.addEventListener("ring", ({ detail }) => api.push("rang", detail), { signal: api.signal });
  },
  updated(element, api) { this.canvas.title = api.config.n; note("updated", element, api); },
  destroyed(element, api) { this.canvas.title = "gone"; note("destroyed", element, api); },
};`,
  "/hooks/order.js": `
export default {
  mounted(list, api) {
    list.addEventListener("pointerdown", ({ target }) => this.held = target.closest("li"));
    list.addEventListener("pointerup", async ({ target }) => {
      const { held } = this, to = target.closest("li"), before = held.nextSibling;
      if (!held || held === to) return;
      const places = [...list.children];
      const data = { from: places.indexOf(held), to: places.indexOf(to) };
      data.from < data.to ? to.after(held) : to.before(held);
      if (!await api.push("move", data)) list.insertBefore(held, before);
    });
  },
};`,
  "/hooks/bad.js": `export default { mounted() { throw new Error("This hook is bad"); } };`,
};

/** Serves the scripts of the hooks before the application. */
export function withScripts(app: App): App["fetch"] {
  return async (request, info) => {
    const code = SCRIPTS[new URL(request.url).pathname];
    if (code === undefined) return await app.fetch(request, info);
    return new Response(code, { headers: { "content-type": "text/javascript" } });
  };
}

/** The options of the site, and what its handlers got. */
export function hookSite({ bad = false } = {}): { options: AppOptions; got: HookEvent[] } {
  const got: HookEvent[] = [];
  const Board = component(() => {
    const n = signal(1, { name: "n" });
    const count = signal(0, { name: "count" });
    const extra = signal(false, { name: "extra" });
    const names = signal(["a", "b", "c", "d"], { name: "names" });
    const board = createRef();
    const onEvent = (event: HookEvent) => {
      got.push(event);
      count.inc();
    };
    const move = ({ data: { from, to } }: HookEvent) => {
      if (from === 0) throw new Error("The first stays");
      const all = names.value.toSpliced(Number(from), 1);
      names.value = all.toSpliced(Number(to), 0, names.value[Number(from)]);
    };
    return () =>
      main(
        h1("Boards"),
        p({ id: "count" }, count),
        button({ id: "next", onClick: () => n.inc() }, "Next"),
        button({ id: "toggle", onClick: () => extra.toggle() }, "Another"),
        button({ id: "ring", onClick: () => board.dispatch("ring", { n: n.value }) }, "Ring"),
        customElement("x-board", {
          id: "board",
          class: n.value % 2 ? "odd" : "even",
          ref: board,
          ...hook("board", { config: { n: n.value }, onEvent }),
        }),
        extra.value ? div(customElement("x-board", { id: "extra", ...hook("board", { onEvent }) })) : null,
        bad ? div({ id: "bad", ...hook("bad") }) : null,
        ul(
          { id: "list", style: "user-select: none", ...hook("order", { onEvent: move }) },
          names.value.map((name) => li({ key: name }, name)),
        ),
        Link({ id: "away", href: "/away", prefetch: "none" }, "Away"),
      );
  }, { name: "Board" });
  const Away = component(() => () => main(h1("Away"), Link({ id: "back", href: "/" }, "Back")), {
    name: "Away",
  });
  const routes = defineRoutes({
    modules: { "index.ts": { default: Board }, "away.ts": { default: Away } },
  });
  return { options: { routes }, got };
}
