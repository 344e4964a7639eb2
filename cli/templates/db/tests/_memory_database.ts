/** Imported first, it keeps the tests away from the database of the application. */
Deno.env.set("DATABASE_PATH", ":memory:");
