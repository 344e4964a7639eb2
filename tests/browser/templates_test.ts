/**
 * The templates in Chromium: how they look to a screen reader, and signing up, in and out, with what is guarded.
 *
 * @module
 */
/// <reference lib="dom" />
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { Machine, type Server } from "../support/machine.ts";
import { findAccessibilityIssues } from "./support/axe.ts";
import { browserTest } from "./support/browser.ts";

/** Makes a project, and serves it. */
async function withProject(
  args: string[],
  test: (server: Server) => Promise<void>,
): Promise<void> {
  await using machine = await Machine.start();
  await machine.done(".", "run", "-A", "jsr:@vango/cli", "create", "my-app", ...args);
  const server = await machine.serve("my-app", ["run", "-A", "main.ts"]);
  try {
    await test(server);
  } finally {
    await server.close();
  }
}

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true }).waitFor();

for (
  const [args, paths] of [
    [["-t", "minimal"], ["/"]],
    [["-t", "api"], ["/"]],
    [["-t", "full"], ["/", "/about", "/guestbook", "/sign-in?error=credentials", "/sign-up", "/nowhere"]],
  ] as const
) {
  browserTest(
    `templates: ${args[1]} has no findings of axe, light and dark, on a phone too`,
    async ({ page, console }) => {
      await withProject([...args], async ({ url }) => {
        for (const path of paths) {
          for (const colorScheme of ["light", "dark"] as const) {
            await page.emulateMedia({ colorScheme });
            await page.setViewportSize(
              colorScheme === "light" ? { width: 1280, height: 800 } : { width: 360, height: 740 },
            );
            await page.goto(`${url}${path}`);
            assertEquals(await findAccessibilityIssues(page), [], path);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
            assertEquals(wide, false, `${path} is wider than a phone`);
          }
        }
        assertEquals(console.filter((line) => line.startsWith("error") && !line.includes("404")), []);
      });
    },
  );
}

browserTest(
  "templates: sign up, sign out in another tab, sign in, and the guard holds all the while",
  async ({ page, context }) => {
    await withProject(["-t", "full"], async ({ url }) => {
      await page.goto(`${url}/account`);
      await heading(page, "Sign in");
      await page.getByRole("link", { name: "No account yet? Sign up" }).click();
      await heading(page, "Sign up");
      await page.getByLabel("Email").fill("ada@example.com");
      await page.getByLabel("Password").fill("correct horse battery");
      await page.getByRole("button", { name: "Sign up" }).click();
      await heading(page, "Your account");
      const [cookie] = (await context.cookies()).filter(({ name }) => name === "session");
      assertEquals([cookie.httpOnly, cookie.sameSite], [true, "Lax"]);
      assertEquals(await page.evaluate(() => document.cookie.includes("session=")), false);

      // Over the socket, from page to page, one stays signed in.
      await page.getByRole("link", { name: "About" }).click();
      await heading(page, "About");
      await page.getByRole("link", { name: "Account" }).click();
      await heading(page, "Your account");
      await page.getByRole("link", { name: "Home" }).click();
      await heading(page, "Hello from My app");

      const other = await context.newPage();
      await other.goto(`${url}/account`);
      await other.getByRole("button", { name: "Sign out" }).click();
      await heading(other, "Hello from My app");
      await other.getByRole("link", { name: "Sign in" }).waitFor();

      // The first tab shows its menu still; the guard does not let it pass.
      await page.getByRole("link", { name: "Account" }).click();
      await heading(page, "Sign in");

      await page.getByLabel("Email").fill("ADA@example.com");
      await page.getByLabel("Password").fill("wrong wrong wrong");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").getByText("The address or the password is wrong.").waitFor();
      await page.getByLabel("Email").fill("ADA@example.com");
      await page.getByLabel("Password").fill("correct horse battery");
      await page.getByRole("button", { name: "Sign in" }).click();
      await heading(page, "Your account");
    });
  },
);

browserTest(
  "templates: who looks at the guestbook sees at once what another one writes",
  async ({ page, context }) => {
    await withProject(["-t", "minimal", "--with-db"], async ({ url }) => {
      await page.goto(`${url}/guestbook`);
      const other = await context.newPage();
      await other.goto(`${url}/guestbook`);
      await other.getByLabel("Name").fill("Grace");
      await other.getByLabel("Message").fill("Hello");
      await other.getByRole("button", { name: "Sign" }).click();
      await page.getByText("Grace").waitFor();
      assertEquals(await page.getByRole("listitem").count(), 1);
    });
  },
);
