/**
 * `vango add`: components of @vango/ui, once there is a registry of them. Until then it says so.
 *
 * @module
 */
import { VangoError } from "@vango/core/errors";
import { type Command, defineCommand } from "./command.ts";

/** Says what can be added: nothing yet. */
export const addCommand: Command = defineCommand({
  args: [{ name: "component", help: "Components to add; or list, or init", optional: true, repeated: true }],
  options: {
    list: { type: "boolean", short: "l", help: "List what can be added" },
    json: { type: "boolean", help: "Print JSON" },
  },
  examples: [["add list", "What can be added"], ["add list --json", "The same for a program"]],
  run({ args, options }, io) {
    if (options.list || args.length === 0 || args[0] === "list") {
      if (options.json) io.log(JSON.stringify({ available: false, components: [] }));
      else {io.log(
          "There is no registry of components yet: @vango/ui is not published. Write your own: vango gen component Card",
        );}
      return 0;
    }
    const what = args[0] === "init" ? "set up @vango/ui" : `add ${args.join(", ")}`;
    throw new VangoError("no-registry", `Cannot ${what}: there is no registry of components yet`);
  },
});
