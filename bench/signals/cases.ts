/**
 * What the signals benches do, for any library.
 *
 * @module
 */
import type { Prepared } from "../contender.ts";

/** A value that can be read and written. */
export interface Cell {
  get(): number;
  set(value: number): void;
}

/** A library of signals. */
export interface Library {
  signal(value: number): Cell;
  computed(fn: () => number): () => number;
  effect(fn: () => void): void;
  /** Runs `fn`; gives what disposes of all that was made in it. */
  scope(fn: () => void): () => void;
}

/** Prepares an operation of a library. */
export function prepareLibrary(library: Library): (operation: string) => Prepared {
  return (operation) => {
    let runs = 0;
    switch (operation) {
      case "write with one effect": {
        const cell = library.signal(0);
        library.scope(() => library.effect(() => void (runs += cell.get() & 1)));
        let n = 0;
        return {
          run() {
            cell.set(++n);
            return runs;
          },
        };
      }
      case "write through 50 computeds in a chain": {
        const cell = library.signal(0);
        library.scope(() => {
          let last = cell.get;
          for (let i = 0; i < 50; i++) {
            const before = last;
            last = library.computed(() => before() + 1);
          }
          const end = last;
          library.effect(() => void (runs += end() & 1));
        });
        let n = 0;
        return {
          run() {
            cell.set(++n);
            return runs;
          },
        };
      }
      case "write with 100 effects": {
        const cell = library.signal(0);
        library.scope(() => {
          for (let i = 0; i < 100; i++) library.effect(() => void (runs += cell.get() & 1));
        });
        let n = 0;
        return {
          run() {
            cell.set(++n);
            return runs;
          },
        };
      }
      case "a component's life":
        return { run: () => life(library) };
    }
    throw new TypeError(`Cannot prepare ${operation}`);
  };
}

/** Ten signals, five computeds and an effect are made, three times written to, and disposed of. */
function life(library: Library): number {
  let runs = 0;
  const cells: Cell[] = [];
  const dispose = library.scope(() => {
    for (let i = 0; i < 10; i++) cells.push(library.signal(i));
    const sums = Array.from(
      { length: 5 },
      (_, i) => library.computed(() => cells[i * 2].get() + cells[i * 2 + 1].get()),
    );
    library.effect(() => {
      for (const sum of sums) runs += sum();
    });
  });
  for (let i = 0; i < 3; i++) cells[i * 3].set(100 + i);
  dispose();
  return runs;
}
