/**
 * Do wrong frames cost more than themselves? `deno task fuzz` runs it (tools/fuzz.ts), which says how long, how often and from
 * which seed; without it (`deno task bench`) each part has one second.
 *
 * One benchmark a part: the decoders of protocol/ for both directions, live sessions, a live client. What fails names the part, the
 * frame and how to see it again. Memory is measured after a collection, in the beginning and at the end of each part.
 *
 * @module
 */
import { readCorpora } from "./fuzz/corpus.ts";
import { feedDown, feedUp } from "./fuzz/decoders.ts";
import { LiveClient } from "./fuzz/client.ts";
import { FuzzPage } from "./fuzz/page.ts";
import type { Random } from "./fuzz/random.ts";
import { readBudget, runPart } from "./fuzz/run.ts";
import { LiveSessions } from "./fuzz/session.ts";

const corpora = await readCorpora();
const budget = readBudget((name) => Deno.env.get(name));

/** Runs a part once; Deno itself would call it as often as it likes. */
function part(name: string, share: number, open: () => Promise<Fuzzed>): void {
  let ran: Promise<void> | undefined;
  const run = async () => {
    await using fuzzed = await open();
    await runPart(name, share, { budget, feed: fuzzed.feed });
  };
  Deno.bench({
    name,
    n: 1,
    warmup: 0,
    // Only what is declared async is awaited.
    async fn() {
      await (ran ??= run());
    },
  });
}

interface Fuzzed extends AsyncDisposable {
  feed(random: Random): void | Promise<void>;
}

const decoder = (feed: (random: Random) => void) => () =>
  Promise.resolve({ feed, [Symbol.asyncDispose]: () => Promise.resolve() });

part("decodeUp()", 0.4, decoder((random) => feedUp(random, corpora.up)));
part("decodeDown()", 0.4, decoder((random) => feedDown(random, corpora.down)));
part("live sessions", 0.19, async () => {
  const live = await LiveSessions.open(FuzzPage, corpora.up);
  return { feed: (random) => live.feed(random), [Symbol.asyncDispose]: () => live[Symbol.asyncDispose]() };
});
part("live client", 0.01, async () => {
  const live = await LiveClient.open(corpora.down);
  return { feed: (random) => live.feed(random), [Symbol.asyncDispose]: () => live[Symbol.asyncDispose]() };
});
