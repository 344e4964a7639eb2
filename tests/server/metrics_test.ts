/** @module */
import { assert, assertEquals } from "@std/assert";
import { createMetrics, Histogram } from "../../server/metrics.ts";

Deno.test("Histogram.record() takes any number without harm", () => {
  const histogram = new Histogram();
  for (const value of [NaN, Infinity, -Infinity, -1, 0, -0, 1e-300, 5e-324]) histogram.record(value);
  assertEquals(histogram.snapshot().count, 5);
  assert(histogram.quantile(0) <= 0.0011);
  histogram.record(1e300);
  assert(histogram.quantile(1) > 4e6);
});

Deno.test("Histogram.quantile() of nothing is 0", () => {
  assertEquals(new Histogram().snapshot(), { count: 0, sum: 0, max: 0, p50: 0, p95: 0, p99: 0 });
});

Deno.test("Histogram.quantile() is within 3.2 % of the truth, over nine decades", () => {
  const histogram = new Histogram();
  const values: number[] = [];
  for (let i = 0; i < 20_000; i++) {
    const value = 0.001 * 1.001 ** i;
    values.push(value);
    histogram.record(value);
  }
  const inRange = values.filter((value) => value < 2 ** 22);
  for (
    const q of [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map((share) => share * inRange.length / values.length)
  ) {
    const truth = values[Math.ceil(q * values.length) - 1];
    assert(
      Math.abs(histogram.quantile(q) - truth) / truth <= 0.032,
      `q ${q}: ${histogram.quantile(q)}, ${truth}`,
    );
  }
});

Deno.test("Histogram.quantile() of one value is at most that value", () => {
  const histogram = new Histogram();
  histogram.record(8.01);
  assertEquals(histogram.snapshot(), { count: 1, sum: 8.01, max: 8.01, p50: 8.01, p95: 8.01, p99: 8.01 });
});

Deno.test("Histogram.quantile() finds the tail", () => {
  const histogram = new Histogram();
  for (let i = 0; i < 98; i++) histogram.record(1);
  histogram.record(100);
  histogram.record(1000);
  const { p50, p95, p99, max } = histogram.snapshot();
  assert(p50 < 1.04 && p95 < 1.04 && Math.abs(p99 - 100) < 3.2 && max === 1000);
});

Deno.test("Histogram.reset() forgets everything", () => {
  const histogram = new Histogram();
  histogram.record(1);
  histogram.reset();
  assertEquals(histogram.snapshot().count, 0);
  assertEquals(histogram.quantile(1), 0);
});

Deno.test("createMetrics() counts, keeps the peak, and gives plain data", () => {
  const metrics = createMetrics();
  metrics.sessionOpened();
  metrics.sessionOpened();
  metrics.sessionClosed();
  metrics.sessionOpened();
  metrics.eventsReceived += 3;
  metrics.errors.rate_limit++;
  metrics.eventLatency.record(2);
  const snapshot = metrics.snapshot();
  assertEquals(
    [snapshot.sessionsActive, snapshot.sessionsPeak, snapshot.sessionsCreated, snapshot.sessionsClosed],
    [2, 2, 3, 1],
  );
  assertEquals([snapshot.eventsReceived, snapshot.errors.rate_limit, snapshot.errors.internal], [3, 1, 0]);
  assertEquals(snapshot.eventLatency.count, 1);
  assertEquals(JSON.parse(JSON.stringify(snapshot)), snapshot);
});

Deno.test("metrics.snapshot() does not change afterwards", () => {
  const metrics = createMetrics();
  const before = metrics.snapshot();
  metrics.posts++;
  metrics.errors.timeout++;
  assertEquals([before.posts, before.errors.timeout], [0, 0]);
  assertEquals(createMetrics().snapshot().posts, 0);
});
