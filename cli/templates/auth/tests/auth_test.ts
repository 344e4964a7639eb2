// if db
import "./_memory_database.ts";
// end
import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { mount } from "@vango/core/testing";
import { hashPassword, verifyPassword } from "../auth/password.ts";
import { localPath } from "../auth/user.ts";
import { app } from "../main.ts";

const PASSWORD = "correct horse battery";

/** Posts a form as a page of the application does. */
function post(path: string, fields: Record<string, string>, cookie = ""): Promise<Response> {
  return app.fetch(
    new Request(`http://localhost${path}`, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { origin: "http://localhost", cookie },
    }),
  );
}

/** The cookie of an answer, as a browser sends it back. */
function cookieOf(answer: Response): string {
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function signUp(email: string): Promise<string> {
  const answer = await post("/api/auth/sign-up", { email, password: PASSWORD, next: "" });
  assertEquals([answer.status, answer.headers.get("location")], [303, "/account"]);
  return cookieOf(answer);
}

Deno.test("the account is shown to nobody who is not signed in", async () => {
  const answer = await app.fetch(new Request("http://localhost/account"));
  assertEquals([answer.status, answer.headers.get("location")], [303, "/sign-in?next=%2Faccount"]);
});

Deno.test("a wrong password, an unknown address and another site are refused", async () => {
  await signUp("ada@example.com");
  for (const email of ["ada@example.com", "nobody@example.com", ""]) {
    const answer = await post("/api/auth/sign-in", { email, password: "wrong wrong wrong" });
    assertEquals(answer.headers.get("location"), "/sign-in?error=credentials&next=%2Faccount");
    assertEquals(answer.headers.get("set-cookie"), null);
  }
  const foreign = await app.fetch(
    new Request("http://localhost/api/auth/sign-in", {
      method: "POST",
      body: new URLSearchParams({ email: "ada@example.com", password: PASSWORD }),
      headers: { origin: "https://evil.example" },
    }),
  );
  assertEquals(foreign.status, 403);
});

Deno.test("what is no form, and a file in place of a password, are refused", async () => {
  for (const path of ["/api/auth/sign-in", "/api/auth/sign-up"]) {
    const answer = await app.fetch(
      new Request(`http://localhost${path}`, {
        method: "POST",
        body: "{}",
        headers: { origin: "http://localhost", "content-type": "application/json" },
      }),
    );
    assertEquals([answer.status, (await answer.json()).error], [400, "bad_request"]);
  }
  const form = new FormData();
  form.set("email", "file@example.com");
  form.set("password", new File(["a file"], "a_long_name.txt"));
  const answer = await app.fetch(
    new Request("http://localhost/api/auth/sign-up", {
      method: "POST",
      body: form,
      headers: { origin: "http://localhost" },
    }),
  );
  assertEquals(answer.headers.get("location"), "/sign-up?error=password&next=%2Faccount");
});

Deno.test("a password with more behind it is another one", async () => {
  const email = "long@example.com", password = "x".repeat(200);
  assertMatch(cookieOf(await post("/api/auth/sign-up", { email, password })), /^session=./);
  const answer = await post("/api/auth/sign-in", { email, password: `${password}x` });
  assertEquals(answer.headers.get("location"), "/sign-in?error=credentials&next=%2Faccount");
});

Deno.test("an account is made once, with a password that is long enough", async () => {
  await signUp("grace@example.com");
  const errorOf = async (email: string, password: string) =>
    (await post("/api/auth/sign-up", { email, password })).headers.get("location")?.match(
      /error=(\w+)/,
    )?.[1];
  assertEquals(await errorOf("GRACE@example.com ", PASSWORD), "taken");
  assertEquals(await errorOf("not an address", PASSWORD), "email");
  assertEquals(await errorOf("short@example.com", "short"), "password");
});

Deno.test("who signs in sees the account, until signing out", async () => {
  const first = await signUp("alan@example.com");
  const answer = await post("/api/auth/sign-in", { email: "alan@example.com", password: PASSWORD });
  const cookie = cookieOf(answer);
  assertNotEquals(cookie, first);
  assertMatch(answer.headers.get("set-cookie") ?? "", /; HttpOnly; SameSite=Lax$/);
  const account = () => app.fetch(new Request("http://localhost/account", { headers: { cookie } }));
  assertMatch(await (await account()).text(), /You are signed in as .*alan@example\.com/);
  const out = await post("/api/auth/sign-out", {}, cookie);
  assertMatch(out.headers.get("set-cookie") ?? "", /^session=; .*Max-Age=0/);
  assertEquals((await account()).status, 303);
});

Deno.test("guessing a password is stopped", async () => {
  let location: string | null = "";
  for (let i = 0; i < 11; i++) {
    location = (await post("/api/auth/sign-in", { email: "target@example.com", password: "guess" }))
      .headers.get(
        "location",
      );
  }
  assertMatch(location ?? "", /error=attempts/);
});

Deno.test("signing in leads to paths of this application alone", () => {
  for (
    const path of [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "javascript:alert(1)",
      "",
      null,
    ]
  ) {
    assertEquals(localPath(path, "/account"), "/account");
  }
  assertEquals(localPath("/account?tab=1", "/"), "/account?tab=1");
});

Deno.test("hashes of one password differ, and only that password fits", async () => {
  const [a, b] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
  assertNotEquals(a, b);
  assertEquals([await verifyPassword(PASSWORD, a), await verifyPassword(PASSWORD, b)], [
    true,
    true,
  ]);
  assertEquals([await verifyPassword("other", a), await verifyPassword(PASSWORD, null)], [
    false,
    false,
  ]);
});

Deno.test("the page says what is wrong", async () => {
  await using page = await mount(app, { url: "/sign-in?error=credentials" });
  assertEquals(page.getByRole("alert").text(), "The address or the password is wrong.");
  await page.getByRole("link", { name: "No account yet? Sign up" }).click();
  assertEquals(page.getByRole("heading", { name: "Sign up" }).text(), "Sign up");
});
