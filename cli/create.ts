/**
 * `vango create`: a new application.
 *
 * On a terminal it asks what the command line leaves open; elsewhere it takes the standard template, and asks nothing.
 *
 * @module
 */
import { exists } from "@std/fs";
import { basename, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { VangoError } from "@vango/core/errors";
import { writeRoutes } from "./_routes.ts";
import { usageError } from "./args.ts";
import { type Command, defineCommand, type OptionValues } from "./command.ts";
import { namesInTheWay, writeNewFile } from "./files.ts";
import type { Io } from "./io.ts";
import { checkAppName, wrongAppName } from "./names.ts";
import { writeCss } from "./tailwind/mod.ts";
import {
  composeProject,
  type Feature,
  FEATURES,
  type ProjectPlan,
  type TemplateName,
  TEMPLATES,
} from "./templates.ts";

const TEMPLATE_NAMES = Object.keys(TEMPLATES) as TemplateName[];

const OPTIONS = {
  template: {
    type: "string",
    short: "t",
    value: "name",
    help: "What to begin with",
    oneOf: ["minimal", "standard", "full", "api"],
  },
  "with-tailwind": { type: "boolean", help: "Add Tailwind" },
  "with-db": { type: "boolean", help: "Add a SQLite database" },
  "with-auth": { type: "boolean", help: "Add sign-up, sign-in, sign-out and a guarded page" },
  yes: { type: "boolean", short: "y", help: "Ask nothing" },
  json: { type: "boolean", help: "Print JSON; asks nothing" },
} as const;

/** Makes a new application. */
export const createCommand: Command = defineCommand({
  args: [{ name: "folder", help: "The folder to make; its name is the application's", optional: true }],
  options: OPTIONS,
  details: TEMPLATE_NAMES.map((name) => `  ${name.padEnd(10)}${TEMPLATES[name]}`).join("\n"),
  examples: [
    ["create", "Asks for the name, the template and what to add"],
    ["create my-app", "Makes my-app; on a terminal it asks for the template"],
    ["create my-app --template minimal --with-db", "One page, and a SQLite database"],
    ["create . --yes", "The standard template in this folder, which must be empty"],
  ],
  async run({ args, options }, io) {
    const asks = io.interactive && !options.yes && !options.json;
    const folder = resolve(io.cwd, args[0] ?? await askName(asks, io));
    const name = basename(folder);
    checkAppName(name);
    const inTheWay = await namesInTheWay(folder);
    if (inTheWay.length > 0) {
      const more = inTheWay.length > 3 ? ` and ${inTheWay.length - 3} more` : "";
      throw new VangoError(
        "folder-not-empty",
        `Cannot make ${name}: the folder holds ${inTheWay.slice(0, 3).join(", ")}${more}`,
      );
    }
    const checkout = await checkoutFrom(folder);
    const plan = { ...await planOf(name, options, asks, io), checkout };
    const started = performance.now();
    const files = composeProject(plan);
    for (const [path, text] of files) await writeNewFile(folder, path, text);
    const { out } = await writeRoutes({ folder: `${folder}/routes` });
    const written = [...files.keys(), basename(out)];
    if (files.has("styles/app.css")) {
      const progress = io.progress("Making the style sheet");
      await writeCss({ root: folder, input: "styles/app.css", output: "public/styles.css" });
      progress.done("Made public/styles.css");
      written.push("public/styles.css");
    }
    const ms = Math.round(performance.now() - started);
    if (options.json) {
      const features = FEATURES.filter((one) => plan.features.has(one) || plan.template === "full");
      io.log(JSON.stringify({ name, folder, template: plan.template, features, files: written.sort(), ms }));
    } else tell(plan, folder, written.length, ms, io);
    return 0;
  },
});

/** The way to the checkout that this program runs from, if it does: the project finds @vango/core and @vango/cli there. */
async function checkoutFrom(folder: string): Promise<string | undefined> {
  const url = new URL("..", import.meta.url);
  // cli.ts is in no package.
  if (url.protocol !== "file:" || !await exists(new URL("cli.ts", url))) return undefined;
  return relative(folder, fileURLToPath(url)).replaceAll("\\", "/");
}

async function askName(asks: boolean, io: Io): Promise<string> {
  if (!asks) throw usageError('"vango create" needs an argument: folder', "Name it: vango create my-app.");
  return await io.ask.text("What is it called?", "my-app", (name) => {
    const wrong = wrongAppName(basename(resolve(io.cwd, name)));
    return wrong === undefined ? undefined : `That is no name: ${wrong}.`;
  });
}

async function planOf(
  name: string,
  options: OptionValues<typeof OPTIONS>,
  asks: boolean,
  io: Io,
): Promise<ProjectPlan> {
  const given = FEATURES.filter((feature) => options[`with-${feature}`]);
  if (!asks || options.template !== undefined) {
    return { name, template: options.template ?? "standard", features: new Set(given) };
  }
  const choices = TEMPLATE_NAMES.map((value) => ({ value, help: TEMPLATES[value] }));
  const template = await io.ask.select("Which template?", choices);
  if (template === "full" || given.length > 0) return { name, template, features: new Set(given) };
  const features = new Set<Feature>();
  if (await io.ask.confirm("Tailwind?", false)) features.add("tailwind");
  if (await io.ask.confirm("A SQLite database?", false)) features.add("db");
  if (await io.ask.confirm("Sign-up and sign-in?", false)) features.add("auth");
  return { name, template, features };
}

function tell(
  { name, template, features, checkout }: ProjectPlan,
  folder: string,
  count: number,
  ms: number,
  io: Io,
): void {
  const { paint } = io;
  const added = template === "full" || features.size === 0 ? "" : ` with ${[...features].join(", ")}`;
  const way = relative(io.cwd, folder);
  io.log(
    `${paint("green", "✓")} Made ${paint("bold", name)} (${template}${added}): ${count} files in ${ms} ms`,
  );
  if (checkout !== undefined) io.log(`  linked to the Vango of ${checkout}: links of deno.json`);
  io.log("");
  io.log("Next:");
  if (way !== "") io.log(`  ${paint("cyan", `cd ${way}`)}`);
  io.log(`  ${paint("cyan", "deno task dev")}    starts it, and follows every change`);
  io.log(`  ${paint("cyan", "deno task test")}   runs its tests`);
}
