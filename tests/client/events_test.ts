/**
 * Events: who gets them, every modifier, every family, and what is prevented.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { settle, type TestPage, withPage } from "./_page.ts";

const key = (page: TestPage, selector: string, key: string, mods: Record<string, boolean> = {}) =>
  page.fire(page.$(selector), "keydown", { kind: "KeyboardEvent", key, ...mods });

Deno.test("an event goes to every ancestor that takes it, the innermost first", async () => {
  await withPage("<div data-hid='1 click:1'><p data-hid='2 click:1'><b>x</b></p></div>", {}, (page) => {
    page.click(page.$("b"));
    assertEquals(page.events(), [[1, 1, 2], [2, 1, 1]]);
  });
});

Deno.test("an event that does not bubble goes to its target alone, in the capture phase", async () => {
  await withPage("<div data-hid='1 focus:13'><input data-hid='2 focus:13'></div>", { rare: true }, (page) => {
    page.$("input").focus();
    assertEquals(page.events(), [[1, 0x13, 2]]);
  });
});

Deno.test("option s stops the walk and the event", async () => {
  await withPage("<div data-hid='1 click:1'><p data-hid='2 click:1,s'>x</p></div>", {}, (page) => {
    let seen = 0;
    page.win.addEventListener("click", () => seen++);
    page.click(page.$("p"));
    assertEquals([page.events(), seen], [[[1, 1, 2]], 0]);
  });
});

Deno.test("option p prevents the default", async () => {
  await withPage(
    "<p data-hid='1 click:1,p'>x</p><b data-hid='3 click:1'>z</b>",
    {},
    (page) => {
      const prevented = ["p", "b"].map((s) => page.click(page.$(s)).defaultPrevented);
      assertEquals(prevented, [true, false]);
    },
  );
});

Deno.test("a button that posts without a script never does with it, also where its handler does not take the click", async () => {
  const html = "<button form=vango-form data-hid='1 click:1,1'>x</button>";
  await withPage(html, { rare: true }, (page) => {
    const form = page.doc.createElement("form");
    form.id = "vango-form";
    page.doc.body.append(form);
    const prevented = [1, 2].map(() => page.click(page.$("button")).defaultPrevented);
    assertEquals([prevented, page.events().length], [[true, true], 1]);
  });
});

Deno.test("option f takes only events of the element itself", async () => {
  await withPage("<div data-hid='1 click:1,f'><p>x</p></div>", { rare: true }, (page) => {
    page.click(page.$("p"));
    page.click(page.$("div"));
    assertEquals(page.events(), [[1, 1, 1]]);
  });
});

Deno.test("option 1 takes the first event only, of each element", async () => {
  await withPage("<p data-hid='1 click:1,1'>x</p><i data-hid='3 click:1,1'>y</i>", { rare: true }, (page) => {
    for (const s of ["p", "p", "i", "i"]) page.click(page.$(s));
    assertEquals(page.events(), [[1, 1, 1], [2, 1, 3]]);
  });
});

Deno.test("option k takes keys by name and modifiers", async () => {
  const spec = "keydown:20,kEnter|Ctrl+s|?|Space|Ctrl+Shift+Plus|a";
  await withPage(`<input data-hid='1 ${spec}'>`, { rare: true }, (page) => {
    const passes = (name: string, mods = {}) => {
      key(page, "input", name, mods);
      return page.events().length === 1;
    };
    assertEquals(passes("Enter"), true);
    assertEquals(passes("Enter", { shiftKey: true }), false);
    assertEquals(passes("s"), false);
    assertEquals(passes("s", { ctrlKey: true }), true);
    assertEquals(passes("S", { ctrlKey: true }), true);
    assertEquals(passes("s", { ctrlKey: true, altKey: true }), false);
    assertEquals(passes("?", { shiftKey: true }), true);
    assertEquals(passes(" "), true);
    assertEquals(passes("+", { ctrlKey: true, shiftKey: true }), true);
    assertEquals(passes("+", { ctrlKey: true }), false);
    assertEquals(passes("A", { shiftKey: true }), true);
    assertEquals(passes("b"), false);
  });
});

Deno.test("option p with k prevents only the keys that pass", async () => {
  await withPage("<input data-hid='1 keydown:20,p,kEnter'>", { rare: true }, (page) => {
    assertEquals([key(page, "input", "a").defaultPrevented, key(page, "input", "Enter").defaultPrevented], [
      false,
      true,
    ]);
  });
});

Deno.test("option d sends the newest event after the wait", async () => {
  await withPage("<input data-hid='1 input:10v,d200'>", { rare: true }, (page) => {
    page.type("input", "a");
    page.clock.tick(199);
    page.type("input", "ab");
    page.clock.tick(199);
    assertEquals(page.payloads(), []);
    page.clock.tick(1);
    assertEquals(page.payloads(), [{ value: "ab", checked: false, values: [], valueAsNumber: NaN }]);
  });
});

Deno.test("what is debounced is sent before a click, a submit, and when the control is left", async () => {
  const html =
    "<form data-hid='1 submit:12'><input data-hid='2 input:10v,d200'><b data-hid='3 click:1'>x</b></form>";
  await withPage(html, { rare: true }, (page) => {
    const codes = () => page.events().map(([, code]) => code);
    page.type("input", "a");
    page.click(page.$("b"));
    assertEquals(codes(), [0x10, 0x01]);
    page.type("input", "ab");
    page.fire(page.$("form"), "submit", { kind: "SubmitEvent" });
    assertEquals(codes(), [0x10, 0x12]);
    page.type("input", "abc");
    page.fire(page.$("input"), "focusout", { kind: "FocusEvent" });
    assertEquals(codes(), [0x10]);
    page.clock.tick(1000);
    assertEquals(codes(), []);
  });
});

Deno.test("option t sends the first event, and the newest of each span after it", async () => {
  await withPage("<div data-hid='1 mousemove:5m,t100'>x</div>", { rare: true }, (page) => {
    const move = (clientX: number) => page.fire(page.$("div"), "mousemove", { kind: "MouseEvent", clientX });
    const xs = () => page.payloads().map((p) => (p as { clientX: number }).clientX);
    move(1);
    move(2);
    move(3);
    assertEquals(xs(), [1]);
    page.clock.tick(100);
    assertEquals(xs(), [3]);
    move(4);
    page.clock.tick(99);
    assertEquals(xs(), []);
    page.clock.tick(1);
    assertEquals(xs(), [4]);
    page.clock.tick(100);
    move(5);
    assertEquals(xs(), [5]);
  });
});

Deno.test("an event that needs the second script is sent when it has come", async () => {
  await withPage("<div data-hid='1 wheel:8w dblclick:2'>x</div>", { connect: false }, async (page) => {
    await page.loadRare();
    page.accept();
    page.fire(page.$("div"), "wheel", { kind: "WheelEvent", deltaY: 1.5 });
    assertEquals((page.payloads()[0] as { deltaY: number }).deltaY, 1.5);
  });
});

Deno.test("the patch that brings the first special handler does not lose its events", async () => {
  await withPage("<div>x</div>", {}, async (page) => {
    page.patch([{ op: 0x18, num: 1, spec: "click:1,d100" }]);
    page.click(page.$("div"));
    assertEquals(page.events(), []);
    await page.loadRare();
    page.clock.tick(100);
    assertEquals(page.events(), [[1, 1, 1]]);
  });
});

Deno.test("a submit that a handler takes is prevented; fields repeat, and the framework's own are left out", async () => {
  const html =
    "<form data-hid='1 submit:12f'><input name='_vango' value='t'><input name='a' value='1'><input name='a' value='2'>" +
    "<input type='checkbox' name='c'><button name='do' value='save'>s</button></form><form id='plain'></form>";
  await withPage(html, { rare: true }, (page) => {
    const event = page.fire(page.$("form"), "submit", { kind: "SubmitEvent", submitter: page.$("button") });
    assertEquals(event.defaultPrevented, true);
    assertEquals(page.payloads(), [{ fields: [["a", "1"], ["a", "2"], ["do", "save"]] }]);
    assertEquals(page.fire(page.$("#plain"), "submit", { kind: "SubmitEvent" }).defaultPrevented, false);
  });
});

Deno.test("a button of the hidden form is prevented from posting it", async () => {
  const html =
    "<button data-hid='1 click:1' form='vango-form'><b>x</b></button><button id=n data-hid='4 click:1'>y</button>";
  await withPage(html, { after: "<form id='vango-form' hidden></form>" }, (page) => {
    assertEquals(page.click(page.$("b")).defaultPrevented, true);
    assertEquals(page.click(page.$("#n")).defaultPrevented, false);
    assertEquals(page.events(), [[1, 1, 1], [2, 1, 4]]);
  });
});

Deno.test("a click on a link is prevented by p alone, and with a modifier it is the browser's", async () => {
  await withPage(
    "<a href='/x' data-hid='1 click:1,p'>x</a><a id=n href='/y' data-hid='3 click:1'>y</a>",
    {},
    (page) => {
      assertEquals(page.click(page.$("a"), { ctrlKey: true }).defaultPrevented, false);
      assertEquals(page.click(page.$("a"), { button: 1 }).defaultPrevented, false);
      assertEquals(page.events(), []);
      assertEquals(page.click(page.$("a")).defaultPrevented, true);
      assertEquals(page.click(page.$("#n")).defaultPrevented, false);
      assertEquals(page.events(), [[1, 1, 1], [2, 1, 3]]);
    },
  );
});

Deno.test("a click with a modifier on what is no link is sent", async () => {
  await withPage("<b data-hid='1 click:1m'>x</b>", {}, (page) => {
    page.click(page.$("b"), { ctrlKey: true, shiftKey: true, clientX: 3, button: 0 });
    const [p] = page.payloads() as Record<string, unknown>[];
    assertEquals([p.ctrlKey, p.shiftKey, p.altKey, p.clientX], [true, true, false, 3]);
  });
});

Deno.test("control payloads: text, number, checkbox, radio, selects, file, contenteditable", async () => {
  const spec = (n: number) => `data-hid='${n} change:11v'`;
  const html = `<input id=a ${spec(1)} value='t'><input id=b type=number ${spec(2)} value='1.5'>` +
    `<input id=c type=checkbox value='yes' checked ${spec(3)}><input id=d type=radio value='r' ${spec(4)}>` +
    `<select id=e ${spec(5)}><option value=1>1</option><option value=2 selected>2</option></select>` +
    `<select id=f multiple ${
      spec(8)
    }><option value=1 selected>1</option><option value=2 selected>2</option></select>`;
  await withPage(html, { rare: true }, (page) => {
    page.take();
    const got = ["a", "b", "c", "d", "e", "f"].map((id) => {
      page.fire(page.$(`#${id}`), "change");
      const [p] = page.payloads() as {
        value: string;
        checked: boolean;
        values: string[];
        valueAsNumber: number;
      }[];
      return [p.value, p.checked, p.values, p.valueAsNumber];
    });
    assertEquals(got, [
      ["t", false, [], NaN],
      ["1.5", false, [], 1.5],
      ["yes", true, [], NaN],
      ["r", false, [], NaN],
      ["2", false, [], NaN],
      ["1", false, ["1", "2"], NaN],
    ]);
  });
});

Deno.test("payloads of keys", async () => {
  await withPage("<input data-hid='1 keydown:20k'>", {}, (page) => {
    page.fire(page.$("input"), "keydown", {
      kind: "KeyboardEvent",
      key: "é",
      code: "Digit2",
      altKey: true,
      repeat: true,
    });
    assertEquals(page.payloads(), [{
      key: "é",
      code: "Digit2",
      ctrlKey: false,
      shiftKey: false,
      altKey: true,
      metaKey: false,
      repeat: true,
      location: 0,
    }]);
  });
});

Deno.test("payloads of rare families", async () => {
  const spec =
    "scroll:30s pointerdown:48p compositionend:1ei animationend:54a transitionend:58n toggle:a3u play:80x " +
    "beforeinput:1ab copy:a7c drop:52d touchstart:40t my-event:ffo";
  await withPage(`<div data-hid='1 ${spec}'>x</div>`, { rare: true }, (page) => {
    const div = page.$("div");
    const send = (type: string, props: Record<string, unknown>, bubbles = true) => {
      const event = new page.win.Event(type, { bubbles });
      for (const [k, v] of Object.entries(props)) Object.defineProperty(event, k, { value: v });
      div.dispatchEvent(event);
      return page.payloads()[0];
    };
    const mods = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };
    div.scrollTop = 7;
    assertEquals(send("scroll", {}, false), { scrollTop: 7, scrollLeft: 0 });
    const at = { clientX: 1, clientY: 2, pageX: 3, pageY: 4 };
    const mouse = { ...at, offsetX: 5.4, offsetY: 6, button: -1, buttons: 1, ...mods };
    const pointer = { pointerId: 9, pointerType: "pen", isPrimary: true, pressure: 0.5, width: 1, height: 2 };
    assertEquals(send("pointerdown", { ...mouse, ...pointer }), { ...mouse, offsetX: 5, ...pointer });
    assertEquals(send("compositionend", { data: "é" }), { data: "é" });
    const animation = { animationName: "spin", elapsedTime: 0.25, pseudoElement: "" };
    assertEquals(send("animationend", animation), animation);
    const transition = { propertyName: "top", elapsedTime: 2, pseudoElement: "::before" };
    assertEquals(send("transitionend", transition), transition);
    assertEquals(send("toggle", { oldState: "open", newState: "closed" }, false), {
      oldState: "open",
      newState: "closed",
    });
    const media = {
      currentTime: 1.5,
      duration: NaN,
      paused: true,
      ended: false,
      muted: true,
      volume: 0.5,
      playbackRate: 1,
    };
    Object.assign(div, media);
    assertEquals(send("play", {}, false), media);
    assertEquals(send("beforeinput", { inputType: "deleteContent", data: null }), {
      inputType: "deleteContent",
      data: "",
    });
    const files = [{ name: "a.txt" }];
    const clip = { clipboardData: { getData: () => "no", files: [] } };
    assertEquals(send("copy", clip), { text: "", files: [] });
    assertEquals(
      send("drop", { ...at, ...mods, dataTransfer: { getData: () => "t", files } }),
      { ...at, ...mods, text: "t", files: ["a.txt"] },
    );
    const finger = { id: 3, ...at };
    assertEquals(
      send("touchstart", {
        ...mods,
        touches: [{ identifier: 3, ...at }],
        targetTouches: [],
        changedTouches: [{ identifier: 3, ...at }],
      }),
      { ...mods, touches: [finger], targetTouches: [], changedTouches: [finger] },
    );
    assertEquals(send("my-event", { detail: { a: 1 } }), { name: "my-event", detail: '{"a":1}' });
    assertEquals(send("my-event", { detail: () => {} }, false), { name: "my-event", detail: "null" });
  });
});

Deno.test("what was typed before the client ran is sent first, then what was held, in order", async () => {
  const html = "<input data-hid='1 input:10v' value=''><button data-hid='2 click:1'>x</button>" +
    "<form data-hid='4 submit:12'></form>";
  await withPage(html, {
    connect: false,
    before: (win) => {
      const doc = win.document;
      doc.querySelector("input")!.value = "early";
      const held: Event[] & { f?: () => void } = [];
      held.f = () => {};
      (win as unknown as { vango: unknown }).vango = held;
      for (const [s, type] of [["button", "click"], ["form", "submit"]]) {
        const event = new win.Event(type, { bubbles: true, cancelable: true });
        doc.querySelector(s)!.dispatchEvent(event);
        held.push(event);
      }
    },
  }, async (page) => {
    await page.loadRare();
    page.accept();
    assertEquals(page.events(), [[1, 0x10, 1], [2, 1, 2], [3, 0x12, 4]]);
    await settle();
  });
});

Deno.test("controls that are as the server wrote them send nothing at start", async () => {
  const html =
    "<form data-hid='1 input:10v change:11v'><input value=a><input type=checkbox><input type=checkbox checked>" +
    "<input type=radio name=r checked><input type=range><input type=color><textarea>t</textarea>" +
    "<select><option>1</option><option>2</option></select><select><option>1</option><option selected>2</option></select>" +
    "<select multiple><option>1</option></select></form>";
  await withPage(html, { rare: true }, (page) => assertEquals(page.events(), []));
});

Deno.test("controls that differ from their defaults count as input at start", async () => {
  const html =
    "<form data-hid='1 change:11'><input id=a type=checkbox><input id=b name=r type=radio checked><input id=c name=r type=radio>" +
    "<select id=d><option>1</option><option>2</option></select><textarea id=e>t</textarea></form>";
  await withPage(html, {
    rare: true,
    before: (win) => {
      const $ = (s: string) => win.document.querySelector<HTMLInputElement>(s)!;
      $("#a").checked = true;
      $("#c").checked = true;
      ($("#d") as unknown as HTMLSelectElement).selectedIndex = 1;
      $("#e").value = "u";
    },
  }, (page) => assertEquals(page.events().length, 4));
});

Deno.test("a listener that prevents takes the place of a passive one", async () => {
  await withPage("<p data-hid='1 wheel:8'>x</p>", { rare: true }, (page) => {
    page.patch([{ op: 0x18, num: 1, spec: "wheel:8,p" }]);
    assertEquals(page.fire(page.$("p"), "wheel", { kind: "WheelEvent" }).defaultPrevented, true);
    assertEquals(page.events().length, 1);
  });
});
