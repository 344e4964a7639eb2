/**
 * The texts of the files that `vango gen` writes.
 *
 * @module
 */
import type { RouteFileKind } from "@vango/core/router";
import { camelCase, pascalCase, wordsOf } from "./names.ts";

/** A component, with props. */
export function componentText(name: string): string {
  const type = pascalCase(name);
  return `import { type Child, component } from "@vango/core";
import { h2, section } from "@vango/core/elements";

/** What ${type} takes. */
export interface ${type}Props {
  /** Its heading. */
  title: string;
  /** What stands in it. */
  children?: Child;
}

/** A part of a page: ${type}({ title: "Hello" }, "…"). */
export const ${type} = component<${type}Props>((props) => () =>
  section({ class: "card" }, h2(props.title), props.children)
);
`;
}

/** State that all pages share. */
export function storeText(name: string): string {
  const id = camelCase(name);
  const added = id === "item" ? "added" : "item";
  return `import { signal, type WritableSignal } from "@vango/core";

/** Shared by all who look at a page: a signal of the module lives as long as the server. */
export const ${id}: WritableSignal<readonly string[]> = signal<readonly string[]>([]);

/** Adds an item; every page that shows them follows. */
export function addTo${pascalCase(name)}(${added}: string): void {
  ${id}.value = [...${id}.value, ${added}];
}
`;
}

/** A middleware, for \`_middleware.ts\` and \`createApp({ middleware })\`. */
export function middlewareText(name: string): string {
  return `import type { Ctx } from "@vango/core";

/**
 * Runs around pages, navigation, events and APIs alike; ctx.phase says around which. It answers by itself (a Response, redirect(),
 * an HttpError), or gives what next() gives.
 */
export async function ${camelCase(name)}(ctx: Ctx, next: () => Promise<unknown>): Promise<unknown> {
  ctx.session.data.set("${camelCase(name)}", Date.now());
  return await next();
}
`;
}

/** What a file of routes/ holds. */
export function routeText(kind: Exclude<RouteFileKind, "api">, pattern: string): string {
  switch (kind) {
    case "page":
      return pageText(pattern);
    case "layout":
      return `import { component, type LayoutProps } from "@vango/core";
import { div } from "@vango/core/elements";

/** Stands around the pages of this folder, and stays while they change. */
export default component<LayoutProps>((props) => () => div(props.children));
`;
    case "error":
      return `import { component, type ErrorPageProps } from "@vango/core";
import { button, h1, section } from "@vango/core/elements";

/** Is shown in the place of a page that failed. */
export default component<ErrorPageProps>((props) => () =>
  section(h1(\`Error \${props.status}\`), button({ onClick: () => props.reset() }, "Try again"))
);
`;
    case "not-found":
      return `import { component, useCtx } from "@vango/core";
import { h1, p, section } from "@vango/core/elements";

/** Is shown for paths below this folder that have no page. */
export default component(() => {
  const ctx = useCtx();
  return () => section(h1("Nothing here"), p("There is no page at ", ctx.url.pathname, "."));
});
`;
    case "middleware":
      return `import type { Ctx } from "@vango/core";

/** Runs around the pages and APIs of this folder: for the page, for navigation and for each event. */
export default (_ctx: Ctx, next: () => Promise<unknown>): Promise<unknown> => next();
`;
  }
}

function pageText(pattern: string): string {
  const params = paramsOf(pattern);
  const title = titleOf(pattern);
  if (params.length === 0) {
    return `import { component, useCtx } from "@vango/core";
import { h1, section } from "@vango/core/elements";

export default component(() => {
  useCtx().title("${title}");
  return () => section({ class: "hero" }, h1("${title}"));
});
`;
  }
  const shown = params.map((name) => `      p("${name}: ", props.params.${name}),\n`).join("");
  return `import { component, type PageProps, useCtx } from "@vango/core";
import { h1, p, section } from "@vango/core/elements";

export default component<PageProps<${JSON.stringify(pattern)}>>((props) => {
  useCtx().title("${title}");
  return () =>
    section(
      { class: "hero" },
      h1("${title}"),
${shown}    );
});
`;
}

/** An API with a function for each method. */
export function apiText(pattern: string, methods: readonly string[]): string {
  const params = paramsOf(pattern);
  const context = params.length === 0 ? "ApiContext" : `ApiContext<${JSON.stringify(pattern)}>`;
  const parts = methods.map((method) => {
    if (method === "GET" || method === "HEAD" || method === "OPTIONS") {
      if (params.length === 0) return `export function ${method}(): unknown {\n  return { ok: true };\n}\n`;
      return `export function ${method}({ params }: Context): unknown {\n  return { params };\n}\n`;
    }
    if (method === "DELETE") {
      return `export function DELETE(_call: Context): void {\n  // Nothing to send: 204.\n}\n`;
    }
    return `export async function ${method}({ json }: Context): Promise<unknown> {\n  const body = await json();\n` +
      `  return { received: body };\n}\n`;
  });
  const typed = params.length > 0 || methods.some((method) => !["GET", "HEAD", "OPTIONS"].includes(method));
  const head = typed
    ? `import type { ApiContext } from "@vango/core";\n\ntype Context = ${context};\n\n`
    : "";
  return head + parts.map((part) => `/** ${sentenceOf(part, pattern)} */\n${part}`).join("\n");
}

function sentenceOf(part: string, pattern: string): string {
  return `Answers ${/function (\w+)/.exec(part)?.[1]} ${pattern}.`;
}

function paramsOf(pattern: string): string[] {
  return [...pattern.matchAll(/\/[:*]([A-Za-z_$][\w$]*)/g)].map((match) => match[1]);
}

/** "/projects/:id:int/edit" is "Projects edit". */
function titleOf(pattern: string): string {
  const words = pattern.split("/").filter((part) => !/^[:*]/.test(part)).flatMap(wordsOf).join(" ");
  return words === "" ? "Home" : words.charAt(0).toUpperCase() + words.slice(1);
}
