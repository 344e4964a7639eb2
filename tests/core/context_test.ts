/**
 * Contexts: who sees which value.
 *
 * @module
 */

import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { createContext, effect, Owner, provide, signal, useContext } from "../../core/mod.ts";

Deno.test("provide() and useContext() outside a component throw with the context's name", () => {
  const Theme = createContext("light", "Theme");
  assertThrows(
    () => provide(Theme, "dark"),
    Error,
    'Cannot provide the context "Theme" outside a component: call provide() in a component\'s setup',
  );
  assertThrows(() => Theme.provide("dark"), Error, "Theme");
  assertThrows(
    () => useContext(Theme),
    Error,
    'Cannot read the context "Theme" outside a component: call useContext() in setup and keep the value',
  );
});

Deno.test("useContext() finds the nearest value, else the default", () => {
  const Theme = createContext("light");
  const root = new Owner(null);
  const middle = new Owner(root);
  const leaf = new Owner(middle);
  const seen = () => [root, middle, leaf].map((owner) => owner.run(() => useContext(Theme)));
  assertEquals(seen(), ["light", "light", "light"]);
  root.run(() => provide(Theme, "dark"));
  assertEquals(seen(), ["dark", "dark", "dark"]);
  middle.run(() => Theme.provide("high contrast"));
  assertEquals(seen(), ["dark", "high contrast", "high contrast"]);
  assertEquals(leaf.run(() => Theme.use()), "high contrast");
});

Deno.test("useContext() finds a provided undefined rather than the default", () => {
  const Maybe = createContext<string | undefined>("default");
  const owner = new Owner(null);
  owner.run(() => provide(Maybe, undefined));
  assertStrictEquals(new Owner(owner).run(() => useContext(Maybe)), undefined);
});

Deno.test("createContext() makes contexts that are told apart, even with the same name", () => {
  const [one, two] = [createContext(1, "n"), createContext(2, "n")];
  const owner = new Owner(null);
  owner.run(() => {
    provide(one, 10);
    assertEquals([useContext(one), useContext(two)], [10, 2]);
  });
});

Deno.test("useContext() works in effects, and a provided signal changes for its consumers", () => {
  const Theme = createContext(signal("light"));
  const owner = new Owner(null);
  const seen: string[] = [];
  const theme = owner.run(() => {
    const theme = signal("dark");
    provide(Theme, theme);
    effect(() => {
      seen.push(useContext(Theme).value);
    });
    return theme;
  });
  theme.value = "blue";
  assertEquals(seen, ["dark", "blue"]);
  owner.dispose();
});
