/** What keeps its identity from one version of a module to the next. */
import { assert, assertEquals } from "@std/assert";
import { Hot } from "../../cli/dev/hot.ts";
import { transformModule } from "../../cli/dev/transform.ts";
import { signal } from "../../core/mod.ts";

Deno.test("Hot: a signal of a module keeps its value by the kind of its first one, whatever it holds now", () => {
  const module = new Hot().module("/app/store.ts");
  const user = module.keep("signal", "user", signal<{ name: string } | null>(null));
  user.value = { name: "Ada" };
  const again = module.keep("signal", "user", signal<{ name: string } | null>(null));
  assert(again === user);
  assertEquals(again.value, { name: "Ada" });
  // What begins with another kind is another signal.
  const list = module.keep("signal", "user", signal<unknown>([]));
  assertEquals(list.value, []);
});

Deno.test("Hot: an update that is dropped leaves signals what they were", () => {
  const hot = new Hot();
  const module = hot.module("/app/store.ts");
  const count = module.keep("signal", "count", signal<unknown>(0));
  count.value = 3;
  hot.begin();
  module.keep("signal", "count", signal<unknown>(""));
  hot.drop();
  hot.begin();
  const again = module.keep("signal", "count", signal<unknown>(0));
  hot.commit();
  assert(again === count);
});

Deno.test("transformModule() keeps every name of one declaration", () => {
  const source = `import { signal } from "@vango/core";\nexport const a = signal(0), b = signal(1);`;
  assertEquals(transformModule(source, { hot: "H" }).match(/keep\("signal", "\w"/g), [
    'keep("signal", "a"',
    'keep("signal", "b"',
  ]);
});
