/**
 * `vango start`: serves what `vango build` made.
 *
 * @module
 */
import { exists } from "@std/fs";
import { join, relative } from "node:path";
import { VangoError } from "@vango/core/errors";
import { MANIFEST, type Manifest, readManifest } from "./build/manifest.ts";
import { codeId, readSources, slashed, staticId } from "./build/sources.ts";
import { type Command, defineCommand } from "./command.ts";
import { envFileArgs, openProject, type Project } from "./project.ts";

/** The least length of a secret, as createApp() has it. */
const MIN_SECRET = 32;

/** Serves the build of the present folder until it is told to end. */
export const startCommand: Command = defineCommand({
  options: {
    port: { type: "number", short: "p", min: 0, max: 65_535, help: "The port; PORT, vango.json or 8000" },
    host: { type: "string", value: "address", help: "The address to listen on; 0.0.0.0 for the network" },
    out: {
      type: "string",
      short: "o",
      value: "folder",
      help: "Where the build is; dist, or build.out of vango.json",
    },
  },
  details:
    `Runs dist/start.ts with the Deno that runs this program, with production's settings and the variables of a file .env, if
there is one. Ctrl+C or SIGTERM ends it gracefully: browsers are told when to come back, and find their state. Set VANGO_SECRET, or a
restart costs everyone the state of their page.`,
  examples: [
    ["start", "Serves dist/"],
    ["start --host 0.0.0.0 --port 80", "Serves it to the network"],
  ],
  async run({ options }, io) {
    const project = await openProject(io, {
      port: options.port,
      host: options.host,
      "build.out": options.out,
    });
    const { config } = project;
    const out = project.path(config.build.out);
    const manifest = await findBuild(project, out);
    for (const warning of await warningsOf(project, manifest)) {
      io.error(`${io.paintError("yellow", "warning")}: ${warning}`);
    }
    checkSecret(project);
    checkPort(config.host, config.port);
    const { code } = await io.deno(["run", "-A", ...await envFileArgs(project.root), join(out, "start.ts")], {
      cwd: project.root,
      env: { PORT: String(config.port), VANGO_HOST: config.host, VANGO_DEV: "" },
      show: true,
    });
    return code;
  },
});

async function findBuild(project: Project, out: string): Promise<Manifest> {
  const manifest = await readManifest(out);
  const folder = slashed(relative(project.root, out));
  if (manifest === undefined || !await exists(join(out, "start.ts"))) {
    throw new VangoError("no-build", `There is no build in ${folder}/: it has no ${MANIFEST}`, {
      hint: "Run vango build.",
    });
  }
  if (manifest.version === 1) return manifest;
  throw new VangoError("no-build", `The build in ${folder}/ is of another version of Vango`, {
    hint: "Run vango build again.",
  });
}

/** What the build does not know of. */
async function warningsOf(project: Project, manifest: Manifest): Promise<string[]> {
  const [code, files] = await Promise.all([readSources(project).then(codeId), staticId(project)]);
  return [
    ...code === manifest.id
      ? []
      : ["the sources have changed since the build: its types and routes are unchecked"],
    ...files === manifest.staticId
      ? []
      : [`${project.config.static.dir}/ has changed since the build, which serves its own copy`],
  ].map((what) => `${what}. Run vango build.`);
}

/** Fails where another program listens already. What else may be wrong with the address, the application says itself. */
function checkPort(hostname: string, port: number): void {
  try {
    if (port !== 0) Deno.listen({ hostname, port }).close();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) return;
    throw new VangoError("port-taken", `Cannot listen on ${hostname}:${port}: the port is taken`, {
      cause,
      hint: "Stop the other program, or choose another port: vango start --port N.",
    });
  }
}

/** Fails where there is a useless secret. That there is none, the application says itself: it may have one of its own. */
function checkSecret(project: Project): void {
  const given = project.env("VANGO_SECRET") ?? "";
  for (const secret of given.split(/\s+/)) {
    if (secret === "" || secret.length >= MIN_SECRET) continue;
    throw new VangoError(
      "secret",
      `Cannot use a VANGO_SECRET of ${secret.length} characters: ${MIN_SECRET} are needed`,
      {
        hint: 'Make one: deno eval "console.log(crypto.getRandomValues(new Uint8Array(32)).toBase64())".',
      },
    );
  }
}
