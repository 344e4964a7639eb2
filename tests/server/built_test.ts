/**
 * asset(), integrity(), and which files an application serves: in development, and of a build.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { asset, integrity, VangoError } from "../../mod.ts";
import { type Build, currentBuild, useBuild } from "../../server/production.ts";
import { renderToString } from "../../render/mod.ts";
import { dropBuild, ownFiles } from "../../server/built.ts";
import { link } from "../../vdom/elements.ts";

const BUILD: Build = {
  version: 1,
  id: "abc",
  vango: "0.1.0",
  static: { dir: "public", prefix: "/" },
  files: {
    "/styles.css": { url: "/styles.3f2a91bc.css", bytes: 5, integrity: "sha384-x" },
    "/my%20icons.svg": { url: "/my%20icons.4f2a91bc.svg", bytes: 5, integrity: "sha384-y" },
  },
};

/** Runs a test with a build whose files are in a folder, and one where development has them. */
async function withFolders(test: (folders: { top: string; built: URL }) => Promise<void> | void) {
  const top = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${top}/public`);
    await Deno.mkdir(`${top}/built`);
    await Deno.writeTextFile(`${top}/public/styles.css`, "plain");
    await Deno.writeTextFile(`${top}/built/styles.css`, "built");
    await test({ top, built: new URL(`file://${top}/built/`) });
  } finally {
    dropBuild();
    await Deno.remove(top, { recursive: true });
  }
}

const textOf = async (files: ReturnType<typeof ownFiles>, path: string) =>
  await (await files?.(new Request(`http://localhost${path}`)))?.text() ?? null;

Deno.test("asset() and integrity() refuse what is no path", () => {
  for (
    const path of ["", "styles.css", "//host/a.css", "https://host/a.css", "/a.css?x", "/a\\b", "/a\n", 7]
  ) {
    for (const call of [asset, integrity]) {
      const error = assertThrows(() => call(path as string), VangoError);
      assertEquals(error.code, "asset");
    }
  }
});

Deno.test("useBuild() refuses the manifest of another version", () => {
  for (const manifest of [null, {}, { ...BUILD, version: 2 }]) {
    const error = assertThrows(() => useBuild(manifest as Build, new URL("file:///x/")), VangoError);
    assertEquals(error.code, "no-build");
  }
  assertEquals(currentBuild(), null);
});

Deno.test("asset() without a build gives the path", () => {
  assertEquals(asset("/nothing.css"), "/nothing.css");
  assertEquals(asset("/constructor"), "/constructor");
  assertEquals(integrity("/nothing.css"), undefined);
});

Deno.test("asset() in development has the time of the file's last change", async () => {
  await withFolders(async ({ top }) => {
    ownFiles({ dir: `${top}/public`, prefix: "/dev" }, true);
    const before = asset("/dev/styles.css");
    assert(/^\/dev\/styles\.css\?v=[0-9a-z]+$/.test(before), before);
    assertEquals(asset("/dev/styles.css"), before);
    assertEquals(asset("/dev/styles.css#x"), `${before}#x`);
    await Deno.utime(`${top}/public/styles.css`, 1_700_000_000, 1_700_000_000);
    assertEquals(asset("/dev/styles.css"), `/dev/styles.css?v=${(1_700_000_000_000).toString(36)}`);
    assertEquals(asset("/dev/absent.css"), "/dev/absent.css");
    assertEquals(asset("/dev/..%2fbuilt/styles.css"), "/dev/..%2fbuilt/styles.css");
    assertEquals(asset("/dev"), "/dev");
    assertEquals(integrity("/dev/styles.css"), undefined);
  });
});

Deno.test("asset() of a build gives the address that names the content, and integrity() its hash", async () => {
  await withFolders(({ built }) => {
    useBuild(BUILD, built);
    assertEquals(currentBuild()?.id, "abc");
    assertEquals(asset("/styles.css"), "/styles.3f2a91bc.css");
    assertEquals(asset("/my icons.svg#menu"), "/my%20icons.4f2a91bc.svg#menu");
    assertEquals(integrity("/styles.css"), "sha384-x");
    assertEquals(asset("/absent.css"), "/absent.css");
    assertEquals(integrity("/absent.css"), undefined);
    assertEquals(asset("/constructor"), "/constructor");
  });
});

Deno.test("an application of a build serves its files; a folder that the build does not know is served as it is", async () => {
  await withFolders(async ({ top, built }) => {
    assertEquals(await textOf(ownFiles(`${top}/public`, false), "/styles.css"), "plain");
    useBuild(BUILD, built);
    assertEquals(await textOf(ownFiles("public", false), "/styles.css"), "built");
    assertEquals(await textOf(ownFiles("./public/", false), "/styles.css"), "built");
    assertEquals(await textOf(ownFiles(`${top}/public`, false), "/styles.css"), "plain");
    assertEquals(ownFiles(undefined, false), null);
    assertThrows(() => ownFiles({ dir: "public", prefix: "/other" }, false), VangoError, "public");
  });
});

Deno.test("link() leaves the integrity attribute out where there is no build", () => {
  assertEquals(
    renderToString([link({ rel: "stylesheet", href: asset("/a.css"), integrity: integrity("/a.css") })]),
    '<link rel="stylesheet" href="/a.css">',
  );
});
