/**
 * A registry of packages on this machine, in the form of JSR's: what `deno publish` would send, so that what a user types can be
 * run where JSR cannot be reached: `JSR_URL=http://127.0.0.1:PORT/ deno run -A jsr:@vango/cli create my-app`.
 *
 * It serves the members of the workspace that have a name and a version. Bare specifiers are replaced by those of the import map,
 * as publishing does.
 *
 * @module
 */
import { encodeHex } from "@std/encoding";
import { walk } from "@std/fs";
import { ROOT } from "./_process.ts";

interface Package {
  readonly version: string;
  readonly exports: Record<string, string>;
  /** Files by their paths, which begin with a slash. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
}

/** A registry that runs. */
export interface Registry {
  /** What JSR_URL is. */
  readonly url: string;
  /** How many requests it has answered. */
  readonly requests: () => number;
  /** Ends it. */
  close(): Promise<void>;
}

interface Config {
  name?: string;
  version?: string;
  exports?: string | Record<string, string>;
  imports?: Record<string, string>;
  workspace?: string[];
  exclude?: string[];
  publish?: { exclude?: string[] };
}

/** Starts a registry of the packages of the repository, at a port that the system chooses unless one is given. */
export async function startRegistry(options: { port?: number } = {}): Promise<Registry> {
  const packages = await readPackages();
  let requests = 0;
  const server = Deno.serve(
    { port: options.port ?? 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      requests++;
      return await answer(packages, decodeURIComponent(new URL(request.url).pathname));
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    requests: () => requests,
    close: () => server.shutdown(),
  };
}

async function answer(packages: Map<string, Package>, path: string): Promise<Response> {
  const found = /^\/(@[^/]+\/[^/]+)\/(.*)$/.exec(path);
  const wanted = found === null ? undefined : packages.get(found[1]);
  if (found === null || wanted === undefined) {
    return new Response("There is no such package", { status: 404 });
  }
  const [, name, rest] = found;
  const { version, files } = wanted;
  if (rest === "meta.json") {
    const [scope, bare] = name.slice(1).split("/");
    return Response.json({ scope, name: bare, latest: version, versions: { [version]: {} } });
  }
  if (rest === `${version}_meta.json`) return Response.json(await manifestOf(wanted));
  const file = rest.startsWith(`${version}/`) ? files.get(rest.slice(version.length)) : undefined;
  if (file === undefined) return new Response("There is no such file", { status: 404 });
  return new Response(file, { headers: { "content-type": typeOf(rest) } });
}

async function manifestOf({ files, exports }: Package): Promise<unknown> {
  const manifest: Record<string, unknown> = {};
  for (const [path, bytes] of files) {
    const hash = encodeHex(await crypto.subtle.digest("SHA-256", bytes));
    manifest[path] = { size: bytes.length, checksum: `sha256-${hash}` };
  }
  return { manifest, exports };
}

function typeOf(path: string): string {
  if (path.endsWith(".json")) return "application/json";
  return /\.tsx?$/.test(path) ? "text/typescript" : "text/plain";
}

/** The packages of the workspace that would be published, and the stand-ins of @std. */
async function readPackages(): Promise<Map<string, Package>> {
  const root = await readConfig("");
  const folders = ["", ...(root.workspace ?? []).map((folder) => folder.replace(/^\.\//, ""))];
  const configs = await Promise.all(
    folders.map(async (folder) => [folder, await readConfig(folder)] as const),
  );
  const specifiers: Record<string, string> = { ...root.imports };
  for (const [, { name, version }] of configs) {
    if (name !== undefined && version !== undefined) specifiers[name] ??= `jsr:${name}@^${version}`;
  }
  const packages = new Map<string, Package>();
  for (const [folder, config] of configs) {
    const { name, version, exports } = config;
    if (name === undefined || version === undefined || exports === undefined) continue;
    const others = folder === "" ? folders.slice(1) : [];
    packages.set(name, {
      version,
      exports: typeof exports === "string" ? { ".": exports } : exports,
      files: await readFiles(folder, config, others, { ...specifiers, ...config.imports }),
    });
  }
  return packages;
}

async function readConfig(folder: string): Promise<Config> {
  return JSON.parse(await Deno.readTextFile(`${ROOT}/${folder === "" ? "" : `${folder}/`}deno.json`));
}

async function readFiles(
  folder: string,
  config: Config,
  others: readonly string[],
  specifiers: Readonly<Record<string, string>>,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const root = folder === "" ? ROOT : `${ROOT}/${folder}`;
  const left = [
    ...config.publish?.exclude ?? [],
    ...others.map((other) => `${other}/`),
    ".git/",
    "node_modules/",
  ];
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const isLeft = (path: string) =>
    left.some((pattern) => pattern.endsWith("/") ? path.startsWith(pattern) : path === pattern) ||
    path === ".git";
  const skip = [/[/\\](?:\.git|node_modules)(?:[/\\]|$)/];
  for await (const { path } of walk(root, { includeDirs: false, skip })) {
    const name = path.slice(root.length + 1);
    if (isLeft(name)) continue;
    const bytes = await Deno.readFile(path);
    files.set(`/${name}`, /\.tsx?$/.test(name) ? rewrite(bytes, specifiers) : bytes);
  }
  return files;
}

/** Replaces bare specifiers of imports and exports, as publishing does. */
function rewrite(
  bytes: Uint8Array<ArrayBuffer>,
  specifiers: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(bytes).replace(
    /^((?:import|export|\}|.*\bawait import\()[^"\n]*?)"([^"./][^":]*)"/gm,
    (whole, before: string, specifier: string) => {
      const name = Object.keys(specifiers).find((one) =>
        specifier === one || specifier.startsWith(`${one}/`)
      );
      return name === undefined ? whole : `${before}"${specifiers[name]}${specifier.slice(name.length)}"`;
    },
  );
  return new TextEncoder().encode(text);
}

if (import.meta.main) {
  const registry = await startRegistry({ port: Number(Deno.args[0] ?? 0) });
  console.log(`JSR_URL=${registry.url}`);
}
