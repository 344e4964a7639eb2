/** Colours, progress and questions, with a keyboard that types what the test says. @module */
import { assertEquals, assertRejects } from "@std/assert";
import { createAsker, type Keyboard } from "../../cli/prompt.ts";
import { createPaint, hasColors, startLine, startSpinner } from "../../cli/terminal.ts";
import { VangoError } from "../../errors/mod.ts";

const plain = createPaint(false);

function environment(values: Record<string, string>): (name: string) => string | undefined {
  return (name) => values[name];
}

Deno.test("hasColors() is as the terminal, unless the environment says otherwise", () => {
  assertEquals([true, false].map((terminal) => hasColors(terminal, environment({}))), [true, false]);
  assertEquals(hasColors(true, environment({ NO_COLOR: "1" })), false);
  assertEquals(hasColors(true, environment({ NO_COLOR: "" })), true);
  assertEquals(hasColors(true, environment({ TERM: "dumb" })), false);
  assertEquals(hasColors(false, environment({ FORCE_COLOR: "1", NO_COLOR: "1" })), true);
  assertEquals(hasColors(true, environment({ FORCE_COLOR: "0" })), false);
});

Deno.test("startLine() writes plain lines", () => {
  const lines: string[] = [];
  startLine("Fetching", (line) => lines.push(line)).done("Fetched 3 files");
  startLine("Fetching", (line) => lines.push(line)).done();
  startLine("Fetching", (line) => lines.push(line)).fail();
  assertEquals(lines, [
    "Fetching ...",
    "Fetched 3 files",
    "Fetching ...",
    "Fetching ...",
    "Fetching: failed",
  ]);
});

Deno.test("startSpinner() ends as one line, and leaves no timer", () => {
  let text = "";
  startSpinner("Fetching", (part) => text += part, plain).done("Fetched");
  assertEquals(text, "\r\x1b[K⠋ Fetching\r\x1b[K✓ Fetched\n");
  startSpinner("Fetching", (part) => text += part, plain).fail();
  assertEquals(text.endsWith("✗ Fetching\n"), true);
});

/** A keyboard on which these are typed, one after the other. */
function typing(...typed: string[]): Keyboard & { shown: string; isRaw: boolean } {
  const encoder = new TextEncoder();
  return {
    shown: "",
    isRaw: false,
    raw(on) {
      this.isRaw = on;
    },
    read() {
      const next = typed.shift();
      return Promise.resolve(next === undefined ? null : encoder.encode(next));
    },
    write(text) {
      this.shown += text;
    },
  };
}

const CHOICES = [{ value: "minimal", help: "one page" }, { value: "standard", help: "some" }, {
  value: "full",
  help: "all",
}] as const;

Deno.test("ask.select() follows arrows, letters and numbers, around the ends", async () => {
  const answers: [string[], string][] = [
    [["\r"], "minimal"],
    [["\x1b[B", "\r"], "standard"],
    [["\x1b[A", "\r"], "full"],
    [["\x1b[B\x1b[B\x1b[B\r"], "minimal"],
    [["j", "j", "k", "\n"], "standard"],
    [["3", "\r"], "full"],
    [["9", "x", "\r"], "minimal"],
  ];
  for (const [typed, answer] of answers) {
    const keyboard = typing(...typed);
    assertEquals(await createAsker(keyboard, plain).select("Which?", CHOICES), answer, JSON.stringify(typed));
    assertEquals(keyboard.isRaw, false);
    assertEquals(keyboard.shown.endsWith(`✓ Which? ${answer}\n`), true);
  }
});

Deno.test("ask ends with Ctrl+C, Escape and the end of the input, and gives the terminal back", async () => {
  for (const typed of [["\x03"], ["\x1b"], ["\x04"], ["\x1b[B"], []]) {
    const keyboard = typing(...typed);
    await assertRejects(
      () => createAsker(keyboard, plain).select("Which?", CHOICES),
      VangoError,
      "Cancelled",
    );
    assertEquals(keyboard.isRaw, false);
  }
  await assertRejects(() => createAsker(typing(), plain).text("Name?", ""), VangoError, "Cancelled");
});

Deno.test("ask.text() asks again until the answer is right, and has a default", async () => {
  const check = (answer: string) => /^[a-z-]+$/.test(answer) ? undefined : "Small letters alone";
  const keyboard = typing("My App\n", "my-app\n");
  assertEquals(await createAsker(keyboard, plain).text("Name?", "", check), "my-app");
  assertEquals(keyboard.shown.includes("✗ Small letters alone"), true);
  assertEquals(await createAsker(typing("\n"), plain).text("Name?", "vango-app", check), "vango-app");
});

Deno.test("ask.confirm() takes y, n and the default", async () => {
  const ask = (key: string, initial: boolean) =>
    createAsker(typing("x", key), plain).confirm("Sure?", initial);
  assertEquals(await ask("y", false), true);
  assertEquals(await ask("N", true), false);
  assertEquals(await ask("\r", true), true);
  assertEquals(await ask("\r", false), false);
});
