/** watchFiles(): which files are told of. @module */
import { assertEquals } from "@std/assert";
import { watchFiles } from "../../cli/dev/watch.ts";
import { inFolder } from "./_vango.ts";

Deno.test("watchFiles() tells of routes whatever they are called, and of .env; not of what builds and packages write", async () => {
  const told = ["routes/dist/index.ts", "routes/coverage.ts", "routes/coverage/a.ts", ".env", "main.ts"];
  const untold = [
    "dist/server.ts",
    "coverage/a.ts",
    "node_modules/x/a.ts",
    "sub/node_modules/x/a.ts",
    ".git/index",
    ".env.local",
    "sub/.cache/a.ts",
    "routes.gen.ts.1234.tmp",
  ];
  await inFolder(Object.fromEntries([...told, ...untold].map((name) => [name, ""])), async (root) => {
    const seen = new Set<string>();
    const { promise, resolve } = Promise.withResolvers<void>();
    const watcher = watchFiles(root, (paths) => {
      for (const path of paths) seen.add(path.slice(root.length + 1));
      if (seen.has("end.ts")) resolve();
    });
    for (const name of [...untold, ...told, "end.ts"]) await Deno.writeTextFile(`${root}/${name}`, "changed");
    await promise;
    watcher.stop();
    assertEquals([...seen].sort(), [...told, "end.ts"].sort());
  });
});
