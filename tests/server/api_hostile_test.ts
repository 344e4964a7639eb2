import { assert, assertEquals } from "@std/assert";
import { createApp, endpoint, type StandardSchema } from "../../mod.ts";
import { silentLogger } from "../../server/log.ts";
import { SECRET } from "../support/app.ts";

const quiet = { memory: false, secret: SECRET, logger: silentLogger } as const;

Deno.test("an endpoint whose status has no content sends none, whatever its handler gives", async () => {
  const app = createApp(quiet);
  app.api("/api/a", { GET: endpoint({ status: 204 }, () => ({ deleted: 1 })) })
    .api("/api/b", { GET: endpoint({ status: 205 }, () => null) });
  for (const [path, status] of [["/api/a", 204], ["/api/b", 205]] as const) {
    const answer = await app.fetch(new Request(`http://localhost${path}`));
    assertEquals([answer.status, answer.body], [status, null], path);
  }
  await app.shutdown();
});

Deno.test("an answer does not tell all that is wrong with a body that is all wrong", async () => {
  // As a library would of z.array(z.string()): one issue each; or all of them of one place.
  const schema = (path: (i: number) => PropertyKey[]): StandardSchema<unknown[]> => ({
    "~standard": {
      version: 1,
      vendor: "example",
      validate: (value) => ({
        issues: (value as unknown[]).map((_, i) => ({ message: "Must be a text", path: path(i) })),
      }),
    },
  });
  for (const path of [(i: number) => [i], () => ["same"]]) {
    const app = createApp(quiet);
    app.api("/api/x", { POST: endpoint({ body: schema(path) }, () => null) });
    const body = `[${"1,".repeat(400_000)}1]`;
    const started = performance.now();
    const answer = await app.fetch(
      new Request("http://localhost/api/x", {
        method: "POST",
        body,
        headers: { "content-type": "application/json" },
      }),
    );
    const text = await answer.text();
    assertEquals(answer.status, 422);
    assert(text.length < 100_000, `${text.length} characters`);
    assert(performance.now() - started < 5_000);
    await app.shutdown();
  }
});
