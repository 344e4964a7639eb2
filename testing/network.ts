/**
 * The network between a page and its server, and what can be wrong with it.
 *
 *     page ── up ───► delay · drop · duplicate · reorder · hold ───► server
 *          ◄── down ─
 *
 * Frames arrive in order unless a test says otherwise. Hellos, acks and pings are delayed and held as the others are, but
 * never lost, doubled or swapped: what a test counts are events (up) and changes (down).
 *
 * @module
 */
import type { Clock, Stop } from "../server/clock.ts";
import type { Watch } from "./watch.ts";

/** Which way a frame goes: from the page to the server, or back. */
export type Direction = "up" | "down";

/** A number for each direction. */
export interface Directions {
  /** From the page to the server. */
  up: number;
  /** From the server to the page. */
  down: number;
}

const BOTH = ["up", "down"] as const;

/** What is wrong in one direction. */
interface Rules {
  delay: number;
  drops: number;
  copies: number;
  /** How many frames are to be gathered and turned round; 0: none. */
  swaps: number;
  held: boolean;
  lost: number;
}

const newRules = (): Rules => ({ delay: 0, drops: 0, copies: 0, swaps: 0, held: false, lost: 0 });

interface Travelling {
  readonly frame: Uint8Array<ArrayBuffer>;
  due: number;
  readonly deliver: (frame: Uint8Array<ArrayBuffer>) => void;
}

/** The network of one page. */
export class Network {
  /** Whether the page can connect. Not for tests: `page.disconnect()` and `page.reconnect()` change it. */
  online = true;
  readonly #clock: Clock;
  readonly #rest: () => Promise<void>;
  readonly #rules: Record<Direction, Rules> = { up: newRules(), down: newRules() };
  #link: Link | null = null;

  /** Pages make theirs. */
  constructor(clock: Clock, rest: () => Promise<void>) {
    this.#clock = clock;
    this.#rest = rest;
  }

  /**
   * Has each frame from now on wait, in milliseconds of `page.clock`. Frames never overtake each other.
   *
   * ```ts
   * import { component, signal } from "@vango/core";
   * import { button } from "@vango/core/elements";
   * import { mount } from "@vango/core/testing";
   *
   * const Counter = component(() => {
   *   const count = signal(0);
   *   return () => button({ onClick: () => count.inc() }, count);
   * });
   *
   * await using page = await mount(Counter);
   * page.network.delay({ up: 100, down: 50 });
   * await page.get("button").click();
   * console.assert(page.text() === "0");
   * await page.clock.advance(150);
   * console.assert(page.text() === "1");
   * ```
   *
   * @throws {RangeError} When a time is not 0 or more.
   */
  delay(ms: number | Partial<Directions>): void {
    const each = typeof ms === "object" && ms !== null ? ms : { up: ms, down: ms };
    for (const key of Object.keys(each)) mustBeDirection(key);
    for (const [direction, value] of Object.entries(each) as [Direction, number][]) {
      if (!(value >= 0 && value < Infinity)) {
        throw new RangeError(`Cannot delay frames by ${value} ms: pass 0 or more`);
      }
      this.#rules[direction].delay = value;
    }
  }

  /** Loses the next frames of a direction. @throws {RangeError} When `count` is not a whole number from 1. */
  drop(direction: Direction, count: number = 1): void {
    this.#rulesOf(direction, "drop", count, 1).drops = count;
  }

  /** Has each of the next frames of a direction arrive twice. @throws {RangeError} When `count` is not a whole number from 1. */
  duplicate(direction: Direction, count: number = 1): void {
    this.#rulesOf(direction, "duplicate", count, 1).copies = count;
  }

  /** Gathers the next frames of a direction and has them arrive the last one first. @throws {RangeError} When `count` is not a whole number from 2. */
  reorder(direction: Direction, count: number = 2): void {
    this.#rulesOf(direction, "reorder", count, 2).swaps = count;
  }

  /** Has frames wait, in one direction or in both, until {@linkcode release}. */
  hold(direction?: Direction): void {
    for (const each of this.#which(direction)) this.#rules[each].held = true;
  }

  /** Lets go of what was held or gathered, and waits for what comes of it. */
  async release(direction?: Direction): Promise<void> {
    for (const each of this.#which(direction)) {
      this.#rules[each].held = false;
      this.#rules[each].swaps = 0;
      this.#link?.release(each);
    }
    await this.#rest();
  }

  /** Breaks the connection: what is under way is lost. The page connects again by itself, within half a second of `page.clock`. */
  async cut(): Promise<void> {
    this.#link?.cut();
    await this.#rest();
  }

  /** Mends everything: no delay, no fault that is still due, and what is under way arrives at once. */
  async reset(): Promise<void> {
    for (const direction of BOTH) {
      Object.assign(this.#rules[direction], { ...newRules(), lost: this.#rules[direction].lost });
      this.#link?.release(direction, true);
    }
    await this.#rest();
  }

  /** How many frames are under way: delayed, held, or gathered. */
  get waiting(): Readonly<Directions> {
    const count = (direction: Direction) => this.#link?.waiting(direction) ?? 0;
    return { up: count("up"), down: count("down") };
  }

  /** How many frames {@linkcode drop} has lost. */
  get lost(): Readonly<Directions> {
    return { up: this.#rules.up.lost, down: this.#rules.down.lost };
  }

  /** Whether what was sent on this connection has arrived or will at once. Not for tests. */
  get sound(): boolean {
    return this.#link?.sound ?? true;
  }

  /** Whether there is a connection, or one is being made. Not for tests. */
  get linked(): boolean {
    return this.#link?.open ?? false;
  }

  /**
   * Begins a connection; the one before is over.
   *
   * @ignore
   */
  open(watch: Watch, onCut: () => void): Link {
    this.#link?.close();
    return this.#link = new Link(this.#rules, this.#clock, watch, onCut);
  }

  #rulesOf(direction: Direction, verb: string, count: number, least: number): Rules {
    mustBeDirection(direction);
    if (!Number.isInteger(count) || count < least) {
      throw new RangeError(`Cannot ${verb} ${count} frames: pass a whole number from ${least}`);
    }
    return this.#rules[direction];
  }

  #which(direction: Direction | undefined): readonly Direction[] {
    if (direction === undefined) return BOTH;
    mustBeDirection(direction);
    return [direction];
  }
}

function mustBeDirection(direction: string): void {
  if (direction !== "up" && direction !== "down") {
    throw new TypeError(`There is no direction ${JSON.stringify(direction)}: pass "up" or "down"`);
  }
}

/** One connection over a network: each direction a line, first in, first out. */
export class Link {
  readonly #rules: Record<Direction, Rules>;
  readonly #clock: Clock;
  readonly #watch: Watch;
  readonly #onCut: () => void;
  readonly #lines: Record<Direction, Travelling[]> = { up: [], down: [] };
  readonly #gathered: Record<Direction, Travelling[]> = { up: [], down: [] };
  readonly #timers: Record<Direction, Stop | null> = { up: null, down: null };
  #lost = 0;
  #closed = false;

  /** Use {@linkcode Network.open}. */
  constructor(rules: Record<Direction, Rules>, clock: Clock, watch: Watch, onCut: () => void) {
    this.#rules = rules;
    this.#clock = clock;
    this.#watch = watch;
    this.#onCut = onCut;
  }

  /** Whether it goes on. */
  get open(): boolean {
    return !this.#closed;
  }

  /** Whether nothing was lost and nothing waits. */
  get sound(): boolean {
    return this.#lost === 0 && BOTH.every((direction) => this.waiting(direction) === 0);
  }

  /** How many frames are under way. */
  waiting(direction: Direction): number {
    return this.#lines[direction].length + this.#gathered[direction].length;
  }

  /** Takes a frame at one end; `deliver` has it arrive at the other. */
  carry(
    direction: Direction,
    frame: Uint8Array<ArrayBuffer>,
    deliver: (frame: Uint8Array<ArrayBuffer>) => void,
  ): void {
    if (this.#closed) return;
    const rules = this.#rules[direction];
    const counts = this.#watch.counts(direction, frame);
    if (direction === "up") this.#watch.sentUp(frame);
    if (counts && rules.drops > 0) {
      rules.drops--;
      rules.lost++;
      this.#lost++;
      return;
    }
    const item = { frame, deliver, due: this.#clock.monotonic() + rules.delay };
    if (counts && rules.swaps > 0) {
      const gathered = this.#gathered[direction];
      gathered.push(item);
      if (gathered.length < rules.swaps) return;
      rules.swaps = 0;
      this.#regain(direction);
    } else {
      this.#lines[direction].push(item);
      if (counts && rules.copies > 0) {
        rules.copies--;
        this.#lines[direction].push(item);
      }
    }
    this.#pump(direction);
  }

  /** Has what was held or gathered go on; with `now`, what is delayed too. */
  release(direction: Direction, now = false): void {
    this.#regain(direction);
    if (now) { for (const item of this.#lines[direction]) item.due = 0; }
    this.#pump(direction);
  }

  #regain(direction: Direction): void {
    this.#lines[direction].push(...this.#gathered[direction].splice(0).reverse());
  }

  #pump(direction: Direction): void {
    const line = this.#lines[direction];
    while (!this.#closed && !this.#rules[direction].held && line.length > 0) {
      const wait = line[0].due - this.#clock.monotonic();
      if (wait > 0) {
        this.#timers[direction] ??= this.#clock.after(wait, () => {
          this.#timers[direction] = null;
          this.#pump(direction);
        });
        return;
      }
      const { frame, deliver } = line.shift()!;
      if (direction === "down") this.#watch.arrivedDown(frame);
      deliver(frame);
    }
  }

  /** Breaks it, and tells its ends. */
  cut(): void {
    if (this.#closed) return;
    this.close();
    this.#onCut();
  }

  /** Ends it: what is under way is lost. */
  close(): void {
    this.#closed = true;
    for (const direction of BOTH) {
      this.#timers[direction]?.();
      this.#lines[direction].length = this.#gathered[direction].length = 0;
    }
  }
}
