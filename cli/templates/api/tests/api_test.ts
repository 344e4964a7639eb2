// if db
import "./_memory_database.ts";
// end
import { assertEquals } from "@std/assert";
import { app } from "../main.ts";

function call(method: string, path: string, body?: unknown): Promise<Response> {
  return app.fetch(
    new Request(`http://localhost${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { origin: "http://localhost", "content-type": "application/json" },
    }),
  );
}

Deno.test("a note without a title is refused, with a message for the field", async () => {
  const answer = await call("POST", "/api/notes", { title: "  " });
  assertEquals(answer.status, 422);
  assertEquals((await answer.json()).fields, { title: ["Say what it is about"] });
});

Deno.test("a path whose id is no number, and a note that is not there, are 404", async () => {
  for (const path of ["/api/notes/first", "/api/notes/404"]) {
    const answer = await call("GET", path);
    assertEquals(answer.status, 404, path);
    await answer.body?.cancel();
  }
});

Deno.test("a note is added, listed, found and removed", async () => {
  const made = await call("POST", "/api/notes", { title: "Write", body: "a test" });
  assertEquals(made.status, 201);
  const note = await made.json();
  assertEquals([note.title, note.body], ["Write", "a test"]);
  assertEquals(await (await call("GET", `/api/notes/${note.id}`)).json(), note);
  assertEquals(await (await call("GET", "/api/notes")).json(), [note]);
  assertEquals((await call("DELETE", `/api/notes/${note.id}`)).status, 204);
  assertEquals(await (await call("GET", "/api/notes")).json(), []);
});

Deno.test("a method that is not there is 405", async () => {
  const answer = await call("PUT", "/api/notes", {});
  assertEquals([answer.status, answer.headers.get("allow")], [405, "GET, HEAD, POST, OPTIONS"]);
  await answer.body?.cancel();
});
