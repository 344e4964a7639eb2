/**
 * From a template and what was asked for to the files of a new project.
 *
 * A project is made of layers, folders of cli/templates/ that are laid over each other; a later one replaces files of an earlier
 * one. In the files, lines between `if …` and `end` are for some projects only:
 *
 *     // if auth & !db          in CSS and Markdown the same in their comments, in other files after #
 *     import …
 *     // end
 *
 * `{{name}}` and `{{title}}` are the application's.
 *
 * @module
 */
import { TEMPLATE_FILES } from "./templates_text.ts";
import { VERSION } from "./version.ts";

/** The templates, with a line for each. */
export const TEMPLATES = {
  standard: "pages, a layout, components, shared state, an API and tests",
  minimal: "one page and its test",
  full: "standard, with SQLite, sign-in and Tailwind",
  api: "an API with validated input, and a page that lists it",
} as const;

/** The name of a template. */
export type TemplateName = keyof typeof TEMPLATES;

/** What can be added to a template. */
export const FEATURES = ["tailwind", "db", "auth"] as const;

/** Something that can be added. */
export type Feature = typeof FEATURES[number];

/** What is to be made. */
export interface ProjectPlan {
  /** The folder's name: "my-app". */
  readonly name: string;
  /** The template. */
  readonly template: TemplateName;
  /** What is added; `full` has all of it. */
  readonly features: ReadonlySet<Feature>;
  /** The way from the project to the checkout of Vango that makes it: "../vango"; undefined for a published one. */
  readonly checkout?: string;
}

/** Files by their paths. routes.gen.ts is not among them: it is written from what is in routes/. */
export function composeProject(plan: ProjectPlan): Map<string, string> {
  const conditions = conditionsOf(plan);
  const files = new Map<string, string>();
  for (const layer of layersOf(conditions)) {
    for (const [path, text] of Object.entries(TEMPLATE_FILES)) {
      if (path.startsWith(`${layer}/`)) files.set(path.slice(layer.length + 1), text);
    }
  }
  if (!conditions.has("header")) files.delete("components/site_header.ts");
  const ignored = files.get("_gitignore")!; // a file of the base layer
  files.delete("_gitignore");
  files.set(".gitignore", ignored);
  placeStyles(files, conditions);
  for (const [path, text] of files) {
    const shown = select(text, conditions).replaceAll("{{name}}", plan.name).replaceAll(
      "{{title}}",
      titleOf(plan.name),
    );
    files.set(path, shown);
  }
  files.set("deno.json", denoJson(conditions, plan.checkout));
  files.set("vango.json", vangoJson(conditions));
  return new Map([...files].sort(([a], [b]) => a < b ? -1 : 1));
}

/** The title of an application: "my-app" is "My app". */
export function titleOf(name: string): string {
  const words = name.replace(/[-_.]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The names that are true in the conditions of the files. */
function conditionsOf({ template, features }: ProjectPlan): Set<string> {
  const names = new Set<string>([template, ...features]);
  if (template === "full") { for (const name of ["standard", ...FEATURES]) names.add(name); }
  if (names.has("db") && template !== "api") names.add("guestbook");
  if (names.has("standard") || names.has("auth") || names.has("guestbook")) names.add("forms");
  if (names.has("standard") || names.has("api") || names.has("forms")) names.add("header");
  return names;
}

function layersOf(conditions: ReadonlySet<string>): string[] {
  const base = conditions.has("standard") ? "standard" : conditions.has("api") ? "api" : "minimal";
  const layers = ["base", base];
  for (const name of ["db", "guestbook", "auth"]) if (conditions.has(name)) layers.push(name);
  if (conditions.has("auth")) layers.push(conditions.has("db") ? "auth_db" : "auth_memory");
  if (conditions.has("api") && conditions.has("db")) layers.push("api_db");
  return layers;
}

/** The style sheet is served as it is, or is what Tailwind makes the served one of. */
function placeStyles(files: Map<string, string>, conditions: ReadonlySet<string>): void {
  const css = select(files.get("styles.css")!, conditions); // a file of the base layer
  files.delete("styles.css");
  if (!conditions.has("tailwind")) {
    files.set("public/styles.css", css);
    return;
  }
  // In a layer, so that utilities win over it.
  const indented = css.trimEnd().replace(/^(?=.)/gm, "  ");
  files.set(
    "styles/app.css",
    `${TEMPLATE_FILES["tailwind/theme.css"]}\n@layer components {\n${indented}\n}\n`,
  );
}

const BEGIN = /^\s*(?:\/\/|#|\/\*|<!--) if ([!&\w ]+?)(?: \*\/| -->)?$/;
const END = /^\s*(?:\/\/|#|\/\*|<!--) end(?: \*\/| -->)?$/;

/** The lines that are for these conditions. */
function select(text: string, conditions: ReadonlySet<string>): string {
  const lines: string[] = [];
  let shown = true;
  for (const line of text.split("\n")) {
    const condition = BEGIN.exec(line)?.[1];
    if (condition !== undefined) shown = condition.split("&").every((name) => holds(name.trim(), conditions));
    else if (END.test(line)) shown = true;
    else if (shown) lines.push(line);
  }
  return lines.join("\n");
}

function holds(name: string, conditions: ReadonlySet<string>): boolean {
  return name.startsWith("!") ? !conditions.has(name.slice(1)) : conditions.has(name);
}

/** What TSX would make constants of, where a signal may stand. */
const SKIPPED_ELEMENTS = [
  "input",
  "select",
  "option",
  "textarea",
  "button",
  "details",
  "dialog",
  "fieldset",
  "audio",
  "video",
  "script",
  "style",
];

function denoJson(conditions: ReadonlySet<string>, checkout: string | undefined): string {
  const range = `^${VERSION}`;
  const vango = `deno run -A jsr:@vango/cli@${range}`;
  const imports: Record<string, string> = {
    "@std/assert": "jsr:@std/assert@^1",
    "@vango/cli": `jsr:@vango/cli@${range}`,
    "@vango/core": `jsr:@vango/core@${range}`,
  };
  if (conditions.has("api")) imports.zod = "npm:zod@4.6.7";
  const config = {
    ...checkout === undefined ? {} : { links: [checkout] },
    tasks: {
      dev: `${vango} dev`,
      test: `${vango} test`,
      gen: `${vango} gen routes`,
      build: `${vango} build`,
      start: `${vango} start`,
      vango,
    },
    imports,
    compilerOptions: {
      // Hooks run in the browser, and types of the framework name its elements.
      lib: ["deno.window", "dom", "dom.iterable", "dom.asynciterable"],
      jsx: "precompile",
      jsxImportSource: "@vango/core",
      jsxPrecompileSkipElements: SKIPPED_ELEMENTS,
    },
    fmt: {
      lineWidth: 100,
      exclude: ["dist/", "README.md", ...conditions.has("tailwind") ? ["public/styles.css"] : []],
    },
    lint: { exclude: ["dist/"] },
  };
  return formatJson(config);
}

function vangoJson(conditions: ReadonlySet<string>): string {
  return formatJson({
    $schema: `https://jsr.io/@vango/cli/${VERSION}/vango.schema.json`,
    port: 8000,
    ...conditions.has("tailwind") ? { tailwind: { enabled: true } } : {},
  });
}

/** JSON as `deno fmt` writes it: short lists and objects that were on one line stay on several, which it keeps. */
function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
