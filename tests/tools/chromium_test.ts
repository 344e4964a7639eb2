/** Where Chromium is, on machines of several kinds. @module */
import { assertEquals, assertRejects } from "@std/assert";
import { ensureChromium, findChromium, type Machine } from "../../tools/chromium.ts";

/** A machine with some files; an apt-get install adds what is among its packages. */
function machine(
  files: string[],
  options: { env?: Record<string, string>; os?: string; uid?: number | null; packages?: string[] } = {},
): Machine & { commands: string[] } {
  const { env = {}, os = "", uid = 0, packages = ["chromium", "chromium-headless-shell"] } = options;
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
      const name = args.at(-1)!;
      if (args[0] !== "install") return Promise.resolve(0);
      if (!packages.includes(name)) return Promise.resolve(100);
      present.add(`/usr/bin/${name}`);
      return Promise.resolve(0);
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
  files.push("/usr/bin/chromium-headless-shell");
  assertEquals(await findChromium(machine(files)), "/usr/bin/chromium-headless-shell");
  assertEquals(await findChromium(machine([])), undefined);
});

Deno.test("ensureChromium() installs nothing when Chromium is there", async () => {
  const debian = machine(["/usr/bin/google-chrome"], { os: DEBIAN });
  assertEquals(await ensureChromium(debian), "/usr/bin/google-chrome");
  assertEquals(debian.commands, []);
});

Deno.test("ensureChromium() installs Debian's package as root on Debian", async () => {
  const debian = machine([], { os: DEBIAN });
  assertEquals(await ensureChromium(debian), "/usr/bin/chromium-headless-shell");
  const commands = [
    "# Chromium is missing: installing Debian's package",
    "apt-get update -q",
    "apt-get install -q -y --no-install-recommends chromium-headless-shell",
  ];
  assertEquals(debian.commands, commands);
  const older = machine([], { os: DEBIAN, packages: ["chromium"] });
  assertEquals(await ensureChromium(older), "/usr/bin/chromium");
  assertEquals(older.commands, [...commands, "apt-get install -q -y --no-install-recommends chromium"]);
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
  assertEquals(await ensureChromium(machine([], { os: DEBIAN, packages: [] })), undefined);
});
