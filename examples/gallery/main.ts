/**
 * The gallery: `deno task gallery` starts it and prints its address.
 *
 * @module
 */
import { createApp } from "@vango/core";
import { galleryOptions } from "./app.ts";
import { withAssets } from "./assets.ts";

const app = createApp(galleryOptions());
const server = Deno.serve({
  port: Number(Deno.env.get("PORT") ?? 8000),
  hostname: "127.0.0.1",
  onListen: ({ hostname, port }) => console.log(`Gallery on http://${hostname}:${port}/`),
}, withAssets(app));

/** Tells the browsers when to come back, and ends. */
const end = async () => {
  await app.shutdown();
  await server.shutdown();
};
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => end().then(() => Deno.exit(0)));
}
