/**
 * What of Playwright the kit uses. It is the test's to install, so nothing is imported from it.
 *
 * @module
 */

/** What of a Playwright element the kit uses. */
export interface PlaywrightElement {
  /** Clicks. */
  click(options?: object): Promise<void>;
  /** Replaces a control's text. */
  fill(text: string): Promise<void>;
  /** Types. */
  type(text: string): Promise<void>;
  /** Presses a key. */
  press(key: string): Promise<void>;
  /** Switches a box. */
  setChecked(on: boolean): Promise<void>;
  /** Chooses options. */
  selectOption(values: { value?: string; label?: string }[]): Promise<unknown>;
  /** Points at it. */
  hover(): Promise<void>;
  /** Gives it the focus. */
  focus(): Promise<void>;
  /** Dispatches an event. */
  dispatchEvent(type: string, init?: object): Promise<void>;
  /** Runs a function in the page. */
  evaluate<T>(run: (element: HTMLElement, arg: T) => unknown, arg: T): Promise<unknown>;
  /** Frees the handle. */
  dispose(): Promise<void>;
}

/** What of a Playwright dialog the kit uses. */
export interface PlaywrightDialog {
  /** "confirm", "beforeunload" … */
  type(): string;
  /** Its text. */
  message(): string;
  /** Says yes. */
  accept(): Promise<void>;
  /** Says no. */
  dismiss(): Promise<void>;
}

/** What of a Playwright page the kit uses. */
export interface PlaywrightPage {
  /** Goes to an address. */
  goto(url: string): Promise<unknown>;
  /** Loads the page anew. */
  reload(): Promise<unknown>;
  /** Goes back. */
  goBack(): Promise<unknown>;
  /** Goes forward. */
  goForward(): Promise<unknown>;
  /** The address. */
  url(): string;
  /** Runs a function in the page. */
  evaluate<T>(run: (arg: T) => unknown, arg: T): Promise<unknown>;
  /** Runs a function in the page and gives a handle of what it gives. */
  evaluateHandle(run: (arg: number) => unknown, arg: number): Promise<{ asElement(): unknown }>;
  /** Tells of errors. */
  on(event: "pageerror", listener: (error: Error) => void): unknown;
  /** Tells of dialogs. */
  on(event: "dialog", listener: (dialog: PlaywrightDialog) => void): unknown;
  /** Ends telling of errors. */
  off(event: "pageerror", listener: (error: Error) => void): unknown;
  /** Ends telling of dialogs. */
  off(event: "dialog", listener: (dialog: PlaywrightDialog) => void): unknown;
  /** What it belongs to. */
  context(): {
    newPage(): Promise<PlaywrightPage>;
    addCookies(cookies: { name: string; value: string; url: string }[]): Promise<void>;
  };
  /** Closes it. */
  close(): Promise<void>;
}
