/**
 * The gallery: `deno task gallery` starts it and prints its address.
 *
 * @module
 */
import { createApp } from "../../mod.ts";
import { galleryOptions } from "./app.ts";
import { withAssets } from "./assets.ts";

const app = createApp(galleryOptions());
const server = Deno.serve({
  port: Number(Deno.env.get("PORT") ?? 8000),
  hostname: "127.0.0.1",
  onListen: ({ hostname, port }) => console.log(`Gallery on http://${hostname}:${port}/`),
}, withAssets(app));

Deno.addSignalListener("SIGINT", async () => {
  await app.shutdown();
  await server.shutdown();
  Deno.exit(0);
});
