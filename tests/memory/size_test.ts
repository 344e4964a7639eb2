/**
 * The bytes that sessions count, beside the heap that they take: in a server of its own process, over many sessions.
 *
 * @module
 */
import { assert, assertThrows } from "@std/assert";
import { NAVIGATE_EVENT, PREFETCH_EVENT } from "../../vdom/event_table.ts";
import { isNight, scale } from "../support/night.ts";
import { connect, getPage, type RawClient } from "../support/raw_client.ts";

/** What a server tells at rest. */
interface Rest {
  heap: number;
  bytes: number;
  sessions: number;
}

/** Starts a server of one of its pages. */
async function start(page: string) {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--allow-all",
      "--v8-flags=--expose-gc",
      fileOf("_size_server.ts"),
      page,
    ],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await reader.read();
  const port = /port (\d+)/.exec(value ?? "")?.[1];
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    rest: async (): Promise<Rest> => await (await fetch(`${origin}/rest`)).json(),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      while (!(await reader.read()).done);
      await child.status;
    },
  };
}

function fileOf(name: string): string {
  return new URL(name, import.meta.url).pathname;
}

/** The counted bytes of one more session, as a share of the heap that it takes: the slope from `few` to `many`. */
async function countedShare(
  page: string,
  open: (origin: string) => Promise<void>,
  few: number,
  many: number,
) {
  await using server = await start(page);
  const openTo = async (from: number, to: number) => {
    for (let i = from; i < to; i += 25) {
      await Promise.all(Array.from({ length: Math.min(25, to - i) }, () => open(server.origin)));
    }
  };
  await openTo(0, few);
  const before = await server.rest();
  await openTo(few, many);
  const after = await server.rest();
  assert(after.sessions === many, `${after.sessions} sessions`);
  const heap = (after.heap - before.heap) / (many - few);
  const bytes = (after.bytes - before.bytes) / (many - few);
  return { share: bytes / heap, heap, bytes };
}

function assertNear({ share, heap, bytes }: { share: number; heap: number; bytes: number }): void {
  const figures = `a session counts ${bytes.toFixed()} bytes and takes ${heap.toFixed()}`;
  if (Deno.env.get("SHOWSIZES")) console.log(figures);
  assert(share > 0.75 && share < 1.25, figures);
}

for (
  const { page, few, many } of [
    { page: "counter", few: scale(500, 1000), many: scale(2000, 6000) },
    { page: "rows", few: scale(40, 200), many: scale(240, 1200) },
    { page: "form", few: scale(300, 1000), many: scale(1300, 6000) },
    { page: "cards", few: scale(200, 1000), many: scale(700, 6000) },
    { page: "table", few: scale(4, 20), many: scale(24, 120) },
    { page: "state", few: scale(20, 200), many: scale(120, 1200) },
  ]
) {
  Deno.test(`parked sessions of the page "${page}" count what they take, to a quarter`, async () => {
    assertNear(await countedShare(page, async (origin) => void await getPage(origin), few, many));
  });

  // By day these two: what a connection takes does not hang on its page.
  if (!isNight() && page !== "counter" && page !== "form") continue;
  Deno.test(`connected sessions of the page "${page}" count what they take, to a quarter`, async () => {
    const clients: RawClient[] = [];
    try {
      assertNear(
        await countedShare(
          page,
          async (origin) => {
            const { client } = await connect(origin, await getPage(origin));
            clients.push(client);
          },
          few,
          many,
        ),
      );
    } finally {
      await Promise.all(clients.map((client) => client.ended().catch(() => client.socket.close())));
    }
  });
}

/** How sessions of an application with routes come to be what is counted. */
const ROUTED: Record<string, (client: RawClient, i: number) => Promise<void>> = {
  "are at a page": async () => {},
  "went to another page": async (client, i) => {
    for (const path of [`/items/${i}`, `/items/${i}?page=2`]) {
      client.event(NAVIGATE_EVENT, 0, { path, replace: false });
      client.ack((await client.patches()).seq);
    }
    await client.settled();
  },
  // One for each: more than a thousand are not kept.
  "loaded a page ahead": async (client, i) => {
    client.event(PREFETCH_EVENT, 0, { path: `/items/${i}` });
    client.ack((await client.patches()).seq);
    await client.settled();
  },
};

Deno.test("parked sessions of an application with routes count what they take, to a quarter", async () => {
  let id = 0;
  const open = async (origin: string) => void await getPage(origin, "", `/items/${++id}`);
  assertNear(await countedShare("routes", open, scale(400, 1000), scale(1200, 6000)));
});

for (const [what, act] of Object.entries(ROUTED)) {
  Deno.test(`connected sessions that ${what} count what they take, to a quarter`, async () => {
    const clients: RawClient[] = [];
    const open = async (origin: string) => {
      const { client } = await connect(origin, await getPage(origin));
      await act(client, clients.push(client));
    };
    try {
      // Code that is compiled on the way counts as theirs.
      assertNear(await countedShare("routes", open, scale(400, 1000), scale(1200, 6000)));
    } finally {
      await Promise.all(clients.map((client) => client.ended().catch(() => client.socket.close())));
    }
  });
}

Deno.test("what a component keeps where no walk finds it is found out: these figures can be wrong", async () => {
  const figures = await countedShare("hidden", async (origin) => void await getPage(origin), 100, 300);
  assertThrows(() => assertNear(figures), Error, "a session counts ");
});
