/**
 * The database: one file of SQLite, or memory, brought up to date when it is opened.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";

/** What makes each version of the schema from the one before. Only ever add to it: databases out there have run it. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE todos (
     id INTEGER PRIMARY KEY,
     title TEXT NOT NULL,
     done INTEGER NOT NULL DEFAULT 0
   ) STRICT`,
  `ALTER TABLE todos ADD COLUMN due TEXT;
   ALTER TABLE todos ADD COLUMN note TEXT NOT NULL DEFAULT '';
   ALTER TABLE todos ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX todos_open ON todos (done, id)`,
];

/**
 * Opens a database, and makes it if it is new.
 *
 * @param path A file, or ":memory:".
 * @throws {Error} When it was made by a newer version of the application.
 */
export function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    // Readers do not wait for a writer, and a second process waits for its turn.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON");
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Runs the migrations that a database has not seen; each is done whole, or not at all. */
export function migrate(db: DatabaseSync, migrations: readonly string[] = MIGRATIONS): void {
  const { user_version } = db.prepare("PRAGMA user_version").get() as { user_version: number };
  if (user_version > migrations.length) {
    throw new Error(
      `Cannot open the database: it has version ${user_version}, and this application knows ${migrations.length}`,
    );
  }
  migrations.slice(user_version).forEach((sql, i) => {
    db.exec("BEGIN IMMEDIATE");
    try {
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${user_version + i + 1}`);
      db.exec("COMMIT");
    } catch (error) {
      db.exec("ROLLBACK");
      throw error;
    }
  });
}
