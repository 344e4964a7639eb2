/**
 * Keys and IME composition as the browser's own input sees them, by the DevTools protocol.
 *
 * Playwright's `fill` sets values from script and its keyboard knows no composition; here every key runs through the
 * browser's default actions and a composition has its start, its updates and its end.
 *
 * @module
 */
import type { CDPSession, Page } from "playwright-core";

/** Keys that write no character of their own: virtual key code, and the text that the key enters. */
const NAMED: Record<string, { code: number; text?: string }> = {
  Backspace: { code: 8 },
  Tab: { code: 9 },
  Enter: { code: 13, text: "\r" },
  Escape: { code: 27 },
  End: { code: 35 },
  Home: { code: 36 },
  ArrowLeft: { code: 37 },
  ArrowUp: { code: 38 },
  ArrowRight: { code: 39 },
  ArrowDown: { code: 40 },
  Delete: { code: 46 },
};

/** Bits of the modifiers of a key, as the protocol numbers them. */
export const MODIFIERS = { alt: 1, ctrl: 2, meta: 4, shift: 8 } as const;

/** Keys and composition for the focused element of a page. */
export interface Input {
  /** Presses and releases a key: one character, or a name such as "Enter" or "ArrowLeft". */
  press(key: string, modifiers?: number): Promise<void>;
  /** Presses a key for each character. */
  type(text: string): Promise<void>;
  /** Starts or updates a composition; the caret stands at its end. */
  compose(text: string): Promise<void>;
  /** Ends the composition with the text that it enters. */
  commit(text: string): Promise<void>;
  /** Ends the composition without text. */
  cancel(): Promise<void>;
  /** Ends the DevTools session. */
  close(): Promise<void>;
}

/** Opens a DevTools session for the input of a page. */
export async function openInput(page: Page): Promise<Input> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const press = async (key: string, modifiers = 0) => {
    // Only letters, digits and the space are their own key codes: "." would be Delete.
    const own = /^[a-z0-9 ]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0;
    const { code, text } = NAMED[key] ?? { code: own, text: key };
    const writes = text !== undefined && (modifiers & ~MODIFIERS.shift) === 0;
    const event = { key, modifiers, windowsVirtualKeyCode: code };
    const down = writes
      ? { type: "keyDown" as const, text, unmodifiedText: text }
      : { type: "rawKeyDown" as const };
    await session.send("Input.dispatchKeyEvent", { ...event, ...down });
    await session.send("Input.dispatchKeyEvent", { ...event, type: "keyUp" });
  };
  const compose = async (text: string) => {
    await session.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  };
  return {
    press,
    compose,
    async type(text) {
      for (const character of text) await press(character);
    },
    async commit(text) {
      await session.send("Input.insertText", { text });
    },
    cancel: () => compose(""),
    close: () => session.detach(),
  };
}
