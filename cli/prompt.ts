/**
 * Questions on a terminal: a text, a choice, yes or no.
 *
 * A choice is made with the arrow keys; a text is what the terminal itself edits. Asked only where someone can answer
 * ({@linkcode Io.interactive}).
 *
 * @module
 */
import { VangoError } from "@vango/core/errors";
import type { Paint } from "./terminal.ts";

/** A possible answer. */
export interface Choice<T extends string = string> {
  /** What is chosen. */
  readonly value: T;
  /** What it means, beside it. */
  readonly help: string;
}

/** Asks. */
export interface Asker {
  /** A text. `check` says what is wrong with an answer, which is then asked for again. */
  text(question: string, initial: string, check?: (answer: string) => string | undefined): Promise<string>;
  /** One of several; the first one at first. */
  select<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<T>;
  /** Yes or no. */
  confirm(question: string, initial: boolean): Promise<boolean>;
}

/** Where keys come from and what is shown goes; a terminal. */
export interface Keyboard {
  /** Gives keys one by one instead of lines, or stops that. */
  raw(on: boolean): void;
  /** The next bytes that were typed; null at the end. */
  read(): Promise<Uint8Array | null>;
  /** Shows a text. */
  write(text: string): void;
}

/** The terminal of the process. */
export const systemKeyboard: Keyboard = {
  raw: (on) => Deno.stdin.setRaw(on),
  async read() {
    const buffer = new Uint8Array(256);
    const count = await Deno.stdin.read(buffer);
    return count === null ? null : buffer.subarray(0, count);
  },
  write: (text) => void Deno.stdout.writeSync(new TextEncoder().encode(text)),
};

/** Asks on a terminal. */
export function createAsker(keyboard: Keyboard, paint: Paint): Asker {
  const mark = paint("cyan", "?");
  const decoder = new TextDecoder();

  /** One key or more at once, as text; throws when the answer is to end the program. */
  async function keys(): Promise<string> {
    const bytes = await keyboard.read();
    const text = bytes === null ? "\x04" : decoder.decode(bytes);
    if (text === "\x03" || text === "\x04" || text === "\x1b") {
      keyboard.write("\n");
      throw new VangoError("cancelled", "Cancelled", { hint: "Nothing was written." });
    }
    return text;
  }

  async function withKeys<T>(work: () => Promise<T>): Promise<T> {
    keyboard.raw(true);
    try {
      return await work();
    } finally {
      keyboard.raw(false);
    }
  }

  const answered = (question: string, answer: string, above: number) =>
    keyboard.write(
      `${above > 0 ? `\x1b[${above}A` : ""}\r\x1b[J${paint("green", "✓")} ${question} ${
        paint("dim", answer)
      }\n`,
    );

  return {
    async text(question, initial, check) {
      while (true) {
        const shown = initial === "" ? "" : ` ${paint("dim", `(${initial})`)}`;
        keyboard.write(`${mark} ${paint("bold", question)}${shown} `);
        const bytes = await keyboard.read();
        if (bytes === null) throw new VangoError("cancelled", "Cancelled", { hint: "Nothing was written." });
        const answer = decoder.decode(bytes).trim() || initial;
        const wrong = check?.(answer);
        if (wrong === undefined) {
          answered(question, answer, 1);
          return answer;
        }
        keyboard.write(`${paint("red", "✗")} ${wrong}\n`);
      }
    },
    select: (question, choices) =>
      withKeys(async () => {
        let at = 0;
        const width = Math.max(...choices.map(({ value }) => value.length)) + 2;
        const draw = (first: boolean) => {
          const rows = choices.map(({ value, help }, index) =>
            `${index === at ? paint("cyan", `❯ ${value}`) : `  ${value}`}${
              " ".repeat(width - value.length)
            }` +
            paint("dim", help)
          );
          keyboard.write(
            `${first ? "" : `\x1b[${choices.length + 1}A\r\x1b[J`}${mark} ${paint("bold", question)} ${
              paint("dim", "(arrow keys, then Enter)")
            }\n${rows.join("\n")}\n`,
          );
        };
        draw(true);
        while (true) {
          // Fast typing brings several keys at once.
          // deno-lint-ignore no-control-regex
          for (const key of (await keys()).match(/\x1b\[[A-D]|[\s\S]/g) ?? []) {
            if (key === "\r" || key === "\n") {
              answered(question, choices[at].value, choices.length + 1);
              return choices[at].value;
            }
            if (key === "\x1b[A" || key === "k") at = (at + choices.length - 1) % choices.length;
            else if (key === "\x1b[B" || key === "j" || key === "\t") at = (at + 1) % choices.length;
            else if (/^[1-9]$/.test(key) && Number(key) <= choices.length) at = Number(key) - 1;
          }
          draw(false);
        }
      }),
    confirm: (question, initial) =>
      withKeys(async () => {
        keyboard.write(`${mark} ${paint("bold", question)} ${paint("dim", initial ? "(Y/n)" : "(y/N)")} `);
        while (true) {
          const key = (await keys())[0].toLowerCase();
          const yes = key === "y" || ((key === "\r" || key === "\n") && initial);
          if (!yes && key !== "n" && key !== "\r" && key !== "\n") continue;
          answered(question, yes ? "yes" : "no", 0);
          return yes;
        }
      }),
  };
}
