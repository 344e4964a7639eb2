/**
 * The todos: what may be done with them, and who is told.
 *
 * Every page that reads `changes` sees what another page, tab or user did, at once: it is a signal of the process.
 *
 * @module
 */
import { type ReadonlySignal, signal } from "@vango/core";
import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "./database.ts";

/** A todo. */
export interface Todo {
  /** From 1. */
  readonly id: number;
  /** What is to be done. */
  readonly title: string;
  /** Whether it is done. */
  readonly done: boolean;
  /** The day until which, as 2026-01-31; null for none. */
  readonly due: string | null;
  /** More about it. */
  readonly note: string;
  /** How often its text was changed: who edits it tells by this whether somebody else did. */
  readonly edits: number;
}

/** What an edit may change. */
export type TodoText = Pick<Todo, "title" | "due" | "note">;

/** Which todos. */
export type Show = "all" | "open" | "done";

/** How many there are. */
export interface Counts {
  /** Still to do. */
  readonly open: number;
  /** Done. */
  readonly done: number;
}

/** The todos of a database. */
export class Todos implements Disposable {
  readonly #db: DatabaseSync;
  readonly #changes = signal(0);
  readonly #sql;

  /** Prepares the statements. */
  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = {
      all: db.prepare("SELECT * FROM todos ORDER BY done, id DESC"),
      some: db.prepare("SELECT * FROM todos WHERE done = ? ORDER BY id DESC"),
      find: db.prepare("SELECT * FROM todos WHERE id = ?"),
      twin: db.prepare("SELECT id FROM todos WHERE done = 0 AND lower(title) = lower(?) AND id <> ?"),
      counts: db.prepare("SELECT count(*) - sum(done) AS open, sum(done) AS done FROM todos"),
      add: db.prepare("INSERT INTO todos (title, due, note) VALUES (?, ?, ?)"),
      edit: db.prepare(
        "UPDATE todos SET title = ?, due = ?, note = ?, edits = edits + 1 WHERE id = ? AND edits = ?",
      ),
      done: db.prepare("UPDATE todos SET done = ? WHERE id = ? AND done <> ?"),
      remove: db.prepare("DELETE FROM todos WHERE id = ?"),
      clear: db.prepare("DELETE FROM todos WHERE done = 1"),
    };
  }

  /** Goes up whenever something has changed. */
  get changes(): ReadonlySignal<number> {
    return this.#changes;
  }

  /** Lists todos: what is open first, the newest first. */
  list(show: Show): Todo[] {
    const rows = show === "all" ? this.#sql.all.all() : this.#sql.some.all(show === "done" ? 1 : 0);
    return rows.map(toTodo);
  }

  /** A todo, or null. */
  find(id: number): Todo | null {
    const row = this.#sql.find.get(id);
    return row === undefined ? null : toTodo(row);
  }

  /** How many there are. */
  counts(): Counts {
    const { open, done } = this.#sql.counts.get() as Record<keyof Counts, number | null>;
    return { open: open ?? 0, done: done ?? 0 };
  }

  /** Whether an open todo other than `id` has this title already, whatever the case. */
  isTaken(title: string, id = 0): boolean {
    return this.#sql.twin.get(title, id) !== undefined;
  }

  /** Adds a todo; gives its id. */
  add({ title, due = null, note = "" }: Partial<TodoText> & Pick<Todo, "title">): number {
    const { lastInsertRowid } = this.#sql.add.run(title, due, note);
    this.#changes.inc();
    return Number(lastInsertRowid);
  }

  /** Changes the text of a todo, unless somebody else did since it had `edits`. Gives whether it did. */
  edit(id: number, edits: number, { title, due, note }: TodoText): boolean {
    return this.#told(this.#sql.edit.run(title, due, note, id, edits).changes);
  }

  /** Says whether a todo is done. */
  setDone(id: number, done: boolean): void {
    this.#told(this.#sql.done.run(Number(done), id, Number(done)).changes);
  }

  /** Deletes a todo. */
  remove(id: number): void {
    this.#told(this.#sql.remove.run(id).changes);
  }

  /** Deletes all that are done. */
  clearDone(): void {
    this.#told(this.#sql.clear.run().changes);
  }

  /** Closes the database. */
  [Symbol.dispose](): void {
    this.#db.close();
  }

  #told(changed: number | bigint): boolean {
    if (changed > 0) this.#changes.inc();
    return changed > 0;
  }
}

function toTodo(row: Record<string, unknown>): Todo {
  return { ...row, done: row.done === 1 } as Todo;
}

let current: Todos | null = null;

/** The todos of this process: those of the file that TODO_DB names, else todo.db here; ":memory:" keeps none. */
export function todos(): Todos {
  return current ??= openTodos(Deno.env.get("TODO_DB") || `${import.meta.dirname}/../todo.db`);
}

/** Opens todos of a file, or of ":memory:". */
export function openTodos(path: string): Todos {
  return new Todos(openDatabase(path));
}

/** Has the pages use other todos until they are disposed of: for tests. */
export function useTodos(path: string): Todos {
  const own = current = openTodos(path);
  const dispose = own[Symbol.dispose].bind(own);
  return Object.assign(own, {
    [Symbol.dispose]() {
      if (current === own) current = null;
      dispose();
    },
  });
}
