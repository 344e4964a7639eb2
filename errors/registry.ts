/**
 * The registry: every error that the framework raises on purpose, once.
 *
 * An error names its entry by its `code`: the number ("E141"), the name ("not-a-project"), or, from the wire, the protocol's
 * number. tests/errors/registry_test.ts compares the registry with the code, both ways round; docs/errors.md is made of it.
 *
 * | | |
 * | --- | --- |
 * | E001 to E037 | state, components |
 * | E038 to E059 | what views return |
 * | E060 to E089 | the socket |
 * | E090 to E109 | the server |
 * | E110 to E119 | routes, files |
 * | E120 to E129 | vango.json |
 * | E130 to E139 | APIs, answers |
 * | E140 to E189 | the command line |
 * | E190 to E199 | what nobody expected |
 *
 * @module
 */
import type { ErrorEntry } from "./entry.ts";
import { CLI_ERRORS } from "./registry_cli.ts";
import { CORE_ERRORS } from "./registry_core.ts";
import { SERVER_ERRORS } from "./registry_server.ts";
import { VIEW_ERRORS } from "./registry_view.ts";
import { WIRE_ERRORS } from "./registry_wire.ts";

/** All errors, by their codes. */
export const ERRORS: readonly ErrorEntry[] = [
  ...CORE_ERRORS,
  ...VIEW_ERRORS,
  ...WIRE_ERRORS,
  ...SERVER_ERRORS,
  ...CLI_ERRORS,
].sort((a, b) => a.code < b.code ? -1 : 1);

/**
 * The entry of a code ("E141", in any case), a name ("not-a-project") or a number of the protocol (0x10).
 *
 * @returns undefined when there is none.
 */
export function findError(code: string | number): ErrorEntry | undefined {
  if (typeof code === "number") return ERRORS.find(({ wire }) => wire === code);
  const wanted = code.toLowerCase();
  return ERRORS.find((entry) => entry.code.toLowerCase() === wanted || entry.name === wanted);
}

/** The entry of what was thrown, by its `code`; that of unexpected errors when it has none that is known. */
export function entryOf(thrown: unknown): ErrorEntry {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : undefined;
  const found = typeof code === "string" || (typeof code === "number" && isProtocolError(thrown))
    ? findError(code)
    : undefined;
  return found ?? UNEXPECTED;
}

const UNEXPECTED = ERRORS.find(({ name }) => name === "unexpected")!; // it is in CLI_ERRORS

/** Numbers are codes of other things too: exit codes, errors of DOMException. */
function isProtocolError(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "ProtocolError";
}
