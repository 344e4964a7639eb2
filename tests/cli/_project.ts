/** Projects in folders of their own, which find the packages in this repository, without a network. @module */
import { vangoIn } from "./_vango.ts";

const ROOT = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");

/** A project. */
export interface TestProject extends AsyncDisposable {
  /** Its folder. */
  readonly path: string;
  /** Writes a file. */
  write(name: string, text: string | Uint8Array): Promise<void>;
  /** Reads a file as text. */
  read(name: string): Promise<string>;
  /** The names below a folder, sorted; empty when it is not there. */
  list(name?: string): Promise<string[]>;
  /** Runs the command line in it. */
  vango: ReturnType<typeof vangoIn>;
}

/** A page that says something. */
export const page = (text: string): string =>
  `import { component } from "@vango/core";
import { p } from "@vango/core/elements";

export default component(() => () => p(${JSON.stringify(text)}));
`;

/** The main module of an application with routes and files. */
export const MAIN = `import { asset, createApp, integrity } from "@vango/core";
import { link } from "@vango/core/elements";
import { routes } from "./routes.gen.ts";

export const app = createApp({
  routes,
  static: "public",
  head: () => [
    link({ rel: "stylesheet", href: asset("/styles.css"), integrity: integrity("/styles.css") }),
  ],
});

if (import.meta.main) app.serve();
`;

/** Files of a small application. */
export const SMALL: Record<string, string> = {
  "main.ts": MAIN,
  "routes/index.ts": page("Hello"),
  "public/styles.css": `.card {\n  color: red;\n}\n${"/* much to say */\n".repeat(50)}`,
};

/** Makes a project of files; with deno.json and vango.json, unless they are among them. */
export async function makeProject(files: Record<string, string | Uint8Array>): Promise<TestProject> {
  const path = await Deno.realPath(await Deno.makeTempDir({ prefix: "vango_project_" }));
  const write = async (name: string, text: string | Uint8Array) => {
    await Deno.mkdir(`${path}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
    if (typeof text === "string") await Deno.writeTextFile(`${path}/${name}`, text);
    else await Deno.writeFile(`${path}/${name}`, text);
  };
  const config = {
    links: [ROOT],
    imports: { "@vango/core": "jsr:@vango/core@^0.1.0", zod: "npm:zod@4.6.7" },
    compilerOptions: { jsx: "precompile", jsxImportSource: "@vango/core" },
  };
  const all = { "deno.json": JSON.stringify(config, null, 2), "vango.json": "{}", ...files };
  for (const [name, text] of Object.entries(all)) await write(name, text);
  return {
    path,
    write,
    read: (name) => Deno.readTextFile(`${path}/${name}`),
    async list(name = "") {
      const entries = await Array.fromAsync(Deno.readDir(`${path}/${name}`)).catch(() => []);
      return entries.map((entry) => entry.name).sort();
    },
    vango: vangoIn({ cwd: path }),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
