/**
 * The test kit: mount a component or a whole application, find what a user finds, do what a user does, read what a user
 * reads. In this process, without sockets, in a few milliseconds.
 *
 * Everything between the two ends is real: the server renders the page, a session adopts it, every event and every answer is
 * encoded and decoded as on the wire, and the document is changed by patches alone. After each answer the kit compares the
 * document with a fresh rendering of the server's tree.
 *
 * The same test runs with the browser's own client: on happy-dom with `mountDom()` of `@vango/core/testing/dom`, in a browser
 * with `mountBrowser()` of `@vango/core/testing/browser`. docs/testing.md is the guide.
 *
 * ```ts
 * import { component, signal } from "@vango/core";
 * import { button, form, input, label, li, ul } from "@vango/core/elements";
 * import { mount } from "@vango/core/testing";
 *
 * const Todos = component(() => {
 *   const todos = signal<string[]>([], { name: "todos" });
 *   return () => [
 *     form(
 *       { onSubmit: (e) => todos.push(e.get("text")) },
 *       label("What? ", input({ name: "text" })),
 *       button("Add"),
 *     ),
 *     ul(todos.value.map((text) => li({ key: text }, text))),
 *   ];
 * });
 *
 * await using page = await mount(Todos);
 * await page.getByLabel("What?").fill("write");
 * await page.getByRole("button", { name: "Add" }).click();
 * console.assert(page.get("ul").text() === "write");
 *
 * await page.restart(); // another process: state comes back from the sealed snapshot
 * console.assert(page.getByRole("listitem").text() === "write");
 *
 * await page.noscript(); // JavaScript off: the form posts
 * await page.get("form").submit({ text: "test" });
 * console.assert(page.getAllByRole("listitem").length === 1);
 * ```
 *
 * @module
 */
export { FakeClock, fakeClock, type FakeClockOptions } from "./clock.ts";
export { ElementHandle } from "./handle.ts";
export { type DispatchedEvent, MemoryPage } from "./memory_page.ts";
export { mount, type Mountable, type MountOptions, type PageOptions } from "./mount.ts";
export { type Direction, type Directions, type Network } from "./network.ts";
export { Page } from "./page.ts";
export type { EventInit } from "./payloads.ts";
export { Queries, type RoleOptions, type TextMatch } from "./queries.ts";
export type { RequestOptions } from "./requests.ts";
export type { RestartOptions, TestLog } from "./server.ts";
export type { Fields } from "./stage.ts";
export type { TestClock } from "./test_clock.ts";
