/** Where Chromium is, on machines of several kinds. @module */
import { assertEquals, assertRejects } from "@std/assert";
import { ensureChromium, findChromium, type Machine } from "../../tools/chromium.ts";

/** A machine with some files; an apt-get install adds Chromium. */
function machine(
  files: string[],
  options: { env?: Record<string, string>; os?: string; uid?: number | null; offline?: boolean } = {},
): Machine & { commands: string[] } {
  const { env = {}, os = "", uid = 0, offline = false } = options;
  const present = new Set(files);
  const commands: string[] = [];
  return {
    commands,
    env: (name) => env[name],
    isFile: (path) => Promise.resolve(present.has(path)),
    read: () => Promise.resolve(os),
    uid: () => uid,
    say: (line) => commands.push(`# ${line}`),
    run(command, args) {
      commands.push([command, ...args].join(" "));
      if (!offline && args.includes("chromium")) present.add("/usr/bin/chromium");
      return Promise.resolve(offline ? 100 : 0);
    },
  };
}

const DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n';

Deno.test("findChromium() refuses an environment variable that names no file", async () => {
  await assertRejects(
    () => findChromium(machine(["/usr/bin/chromium"], { env: { VANGO_CHROMIUM: "/nowhere" } })),
    Error,
    "VANGO_CHROMIUM=/nowhere",
  );
});

Deno.test("findChromium() prefers the environment variable to the usual paths", async () => {
  const files = ["/usr/bin/chromium", "/opt/mine"];
  assertEquals(await findChromium(machine(files, { env: { VANGO_CHROMIUM: "/opt/mine" } })), "/opt/mine");
  assertEquals(await findChromium(machine(files)), "/usr/bin/chromium");
  assertEquals(await findChromium(machine([])), undefined);
});

Deno.test("ensureChromium() installs nothing when Chromium is there", async () => {
  const debian = machine(["/usr/bin/google-chrome"], { os: DEBIAN });
  assertEquals(await ensureChromium(debian), "/usr/bin/google-chrome");
  assertEquals(debian.commands, []);
});

Deno.test("ensureChromium() installs Debian's package as root on Debian", async () => {
  const debian = machine([], { os: DEBIAN });
  assertEquals(await ensureChromium(debian), "/usr/bin/chromium");
  assertEquals(debian.commands, [
    "# Chromium is missing: installing Debian's package",
    "apt-get update -q",
    "apt-get install -q -y --no-install-recommends chromium",
  ]);
});

Deno.test("ensureChromium() installs nothing for other users and on other systems", async () => {
  for (
    const other of [{ os: DEBIAN, uid: 1000 }, { os: "ID=ubuntu\nID_LIKE=debian\n" }, { os: "", uid: null }]
  ) {
    const there = machine([], other);
    assertEquals(await ensureChromium(there), undefined);
    assertEquals(there.commands, []);
  }
});

Deno.test("ensureChromium() gives undefined when the installation fails", async () => {
  assertEquals(await ensureChromium(machine([], { os: DEBIAN, offline: true })), undefined);
});
