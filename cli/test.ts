/**
 * `vango test`: the project's tests, with what they need.
 *
 * @module
 */
import { exists } from "@std/fs";
import { writeRoutes } from "./_routes.ts";
import { type Command, defineCommand } from "./command.ts";
import { openProject } from "./project.ts";

/** Not secret: tests that survive a restart need some secret, and a warning that there is none helps nobody there. Without blanks: they divide secrets. */
const SECRET = "the-secret-of-tests-which-nobody-else-uses";

/** Runs the tests. */
export const testCommand: Command = defineCommand({
  passesOn: "deno test",
  details:
    "Brings routes.gen.ts up to date, and runs deno test with all permissions in the project's folder.",
  examples: [
    ["test", "Runs all tests"],
    ["test tests/pages_test.ts --filter menu", "Some of them: arguments go to deno test"],
    ["test --watch", "Runs them again after each change"],
    ["test -- --help", "The help of deno test"],
  ],
  async run({ rest }, io) {
    const project = await openProject(io);
    const folder = project.path(project.config.paths.routes);
    // An application of one page has none.
    if (await exists(folder)) await writeRoutes({ folder });
    const args = ["test", "-A", ...rest];
    const env = { VANGO_SECRET: io.env("VANGO_SECRET") || SECRET };
    const { code } = await io.deno(args, { cwd: project.root, env, show: true });
    return code === 0 ? 0 : 1;
  },
});
