/**
 * D7: input is never clobbered. D8: optimistic changes are overlays.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Patch } from "../../vdom/patch.ts";
import { type PageOptions, type TestPage, withPage } from "./_page.ts";

const value = (num: number, value: string): Patch => ({ op: 0x08, num, value });
const text = (num: number, text: string): Patch => ({ op: 0x01, num, text });

async function withInput(
  run: (page: TestPage, input: HTMLInputElement) => void,
  spec = "input:10v",
): Promise<void> {
  await withPage(
    `<input data-hid='1 ${spec}'>`,
    { rare: true },
    (page) => run(page, page.$<HTMLInputElement>("input")),
  );
}

Deno.test("a value waits while newer input is on its way, and gives way to that when it is received", async () => {
  await withInput((page, input) => {
    page.type("input", "a");
    page.type("input", "ab");
    page.patch([value(1, "A")], 1);
    assertEquals(input.value, "ab");
    // The server notes what the event carries: had it wanted "A" again, it would have said so.
    page.patch([], 2);
    assertEquals(input.value, "ab");
  });
});

Deno.test("a value waits and is applied when the event told nothing of the control", async () => {
  await withInput((page, input) => {
    page.type("input", "a");
    page.type("input", "ab");
    page.patch([value(1, "A")], 1);
    assertEquals(input.value, "ab");
    page.patch([], 2);
    assertEquals(input.value, "A");
  }, "input:10");
});

Deno.test("the input of a control below the element that takes it names the control, and its values give way alike", async () => {
  const html = "<form data-hid='1 input:10v'><p><input></p></form>";
  await withPage(html, { rare: true }, (page) => {
    const input = page.$<HTMLInputElement>("input");
    page.type("input", "a");
    page.type("input", "ab");
    const targets = page.socket.sent.flatMap((frame) => frame.kind === "event" ? [frame.event.target] : []);
    assertEquals(targets, [3, 3]);
    page.patch([value(3, "A")], 1);
    assertEquals(input.value, "ab");
    page.patch([], 2);
    assertEquals(input.value, "ab");
  });
});

Deno.test("input of an element that the server does not own names no control", async () => {
  await withPage("<form data-hid='1 input:10v'></form>", { rare: true }, (page) => {
    page.$("form").append(page.doc.createElement("input"));
    page.type("input", "a");
    const [frame] = page.socket.sent.filter((frame) => frame.kind === "event");
    assertEquals(frame.kind === "event" && [frame.event.num, frame.event.target], [1, 0]);
  });
});

Deno.test("a value waits and is applied when the server refused the event", async () => {
  await withInput((page, input) => {
    page.type("input", "a");
    page.patch([value(1, "A")]);
    page.error({ code: 6, seq: 1 });
    page.patch([], 1);
    assertEquals(input.value, "A");
  });
});

Deno.test("a waiting value is superseded by a newer one", async () => {
  await withInput((page, input) => {
    const shown: string[] = [];
    page.type("input", "a");
    page.type("input", "ab");
    page.patch([value(1, "A")], 1);
    input.addEventListener("x", () => shown.push(input.value));
    page.patch([value(1, "AB")], 2);
    assertEquals(input.value, "AB");
    page.patch([], 2);
    assertEquals(input.value, "AB");
  });
});

Deno.test("a waiting value goes on to wait when there is input that is newer still", async () => {
  await withInput((page, input) => {
    page.type("input", "a");
    page.patch([value(1, "X")]);
    page.type("input", "ab");
    page.patch([], 1);
    assertEquals(input.value, "ab");
    page.patch([], 2);
    assertEquals(input.value, "ab");
  });
});

Deno.test("a value with nothing typed applies at once", async () => {
  await withInput((page, input) => {
    page.patch([value(1, "X")]);
    assertEquals(input.value, "X");
    page.type("input", "a");
    page.patch([value(1, "")], 1);
    assertEquals(input.value, "");
  });
});

Deno.test("debounced input that was not sent yet counts as newer", async () => {
  await withInput((page, input) => {
    page.type("input", "a");
    page.patch([value(1, "X")]);
    assertEquals(input.value, "a");
    page.clock.tick(100);
    page.patch([value(1, "Y")], 1);
    assertEquals(input.value, "Y");
  }, "input:10v,d100");
});

Deno.test("text that is not committed counts as newer for a change handler, until the control is left", async () => {
  await withInput((page, input) => {
    page.type("input", "a");
    page.patch([value(1, "X")]);
    assertEquals(input.value, "a");
    page.fire(input, "focusout", { kind: "FocusEvent" });
    assertEquals(input.value, "X");
    assertEquals(page.events(), []);
  }, "change:11v");
});

Deno.test("a checkbox's own change after its input leaves nothing waiting", async () => {
  await withPage("<input type=checkbox data-hid='1 input:10v'>", { rare: true }, (page) => {
    const box = page.$<HTMLInputElement>("input");
    box.checked = true;
    page.fire(box, "input");
    page.fire(box, "change");
    page.patch([{ op: 0x09, num: 1, on: false }], 1);
    assertEquals(box.checked, false);
  });
});

Deno.test("the radio buttons of a group wait together", async () => {
  const radio = (n: number) => `<input type=radio name=r data-hid='${n} change:11v'>`;
  await withPage(radio(1) + radio(2), { rare: true }, (page) => {
    const [a, b] = page.doc.querySelectorAll("input");
    b.checked = true;
    page.fire(b, "change");
    page.patch([{ op: 0x09, num: 1, on: true }]);
    assertEquals([a.checked, b.checked], [false, true]);
    page.patch([], 1);
    assertEquals([a.checked, b.checked], [false, true]);
    page.patch([{ op: 0x09, num: 1, on: true }]);
    assertEquals([a.checked, b.checked], [true, false]);
  });
});

Deno.test("SetSelected waits for its select, SetValue sets one or many", async () => {
  const options = "<option>a</option><option>b</option><option>c</option>";
  await withPage(
    `<select data-hid='1 change:11v'>${options}</select><select id=m multiple>${options}</select>`,
    { rare: true },
    (page) => {
      const one = page.$<HTMLSelectElement>("select");
      one.value = "b";
      page.fire(one, "change");
      page.patch([{ op: 0x0a, num: 4, on: true }, value(1, "a"), value(5, "a\0c\0")]);
      assertEquals(one.value, "b");
      assertEquals([...page.$<HTMLSelectElement>("#m").options].map((o) => o.selected), [true, false, true]);
      page.patch([value(1, "c")], 1);
      assertEquals(one.value, "c");
      page.patch([value(5, "")]);
      assertEquals([...page.$<HTMLSelectElement>("#m").options].map((o) => o.selected), [
        false,
        false,
        false,
      ]);
    },
  );
});

Deno.test("a composition holds values until it ends", async () => {
  await withInput((page, input) => {
    page.fire(input, "compositionstart", { kind: "CompositionEvent" });
    page.patch([value(1, "X")]);
    assertEquals(input.value, "");
    page.fire(input, "compositionend", { kind: "CompositionEvent" });
    assertEquals(input.value, "X");
  });
});

Deno.test("the caret stays in its text when the server changes the value", async () => {
  const cases: [old: string, at: number, next: string, want: number][] = [
    ["hello", 5, "HELLO", 5],
    ["hello", 2, "HELLO", 2],
    ["123", 3, "123-", 4],
    ["1234", 2, "12-34", 3],
    ["12345", 1, "1234", 1],
    ["abc", 3, "", 0],
    ["a b", 3, "ab", 2],
    ["x", 0, "yx", 1],
  ];
  await withInput((page, input) => {
    for (const [old, at, next, want] of cases) {
      page.patch([value(1, old)]);
      input.focus();
      input.setSelectionRange(at, at);
      page.patch([value(1, next)]);
      assertEquals(
        [input.value, input.selectionStart, input.selectionEnd],
        [next, want, want],
        `${old} -> ${next}`,
      );
    }
  });
});

Deno.test("input of an event that was given up does not hold values for ever", async () => {
  await withPage("<input data-hid='1 input:10v'>", { rare: true, hello: { maxMessage: 20 } }, (page) => {
    page.type("input", "x".repeat(30));
    page.patch([value(1, "X")]);
    assertEquals(page.$<HTMLInputElement>("input").value, "X");
    assertEquals(page.errors, [{ code: 0x10, seq: 1, message: "input" }]);
  });
});

const o = (change: object) => `click:1,o${encodeURIComponent(JSON.stringify(change))}`;

async function withButton(
  change: object,
  run: (page: TestPage, button: HTMLElement) => void,
  options: PageOptions = {},
): Promise<void> {
  const html = `<button class="a" title="t" data-hid='1 ${o(change)}'>Save</button><p id="other">p</p>`;
  await withPage(html, { rare: true, ...options }, (page) => run(page, page.$("button")));
}

Deno.test("an optimistic change shows at once, and goes when its event has settled", async () => {
  const change = {
    class: { add: "busy b2", remove: "a", toggle: "on" },
    text: "Saving",
    attr: { title: null, "aria-busy": "true" },
  };
  await withButton(change, (page, button) => {
    const hid = button.getAttribute("data-hid");
    const before = button.outerHTML;
    page.click(button);
    assertEquals(
      button.outerHTML,
      `<button class="busy b2 on" data-hid="${hid}" aria-busy="true">Saving</button>`,
    );
    page.patch([], 1);
    assertEquals(button.textContent, "Save");
    assertEquals([...button.classList], ["a"]);
    assertEquals([button.title, button.hasAttribute("aria-busy"), before.includes("Save")], [
      "t",
      false,
      true,
    ]);
  });
});

Deno.test("an optimistic change stays while its handler goes on, and patches meet what is below", async () => {
  await withButton({ class: { add: "busy" }, text: "…" }, (page, button) => {
    page.click(button);
    page.patch([text(2, "Saved"), { op: 0x10, num: 1, name: "c" }], 1, { below: 1, list: [] });
    assertEquals([button.textContent, button.className], ["…", "a c busy"]);
    page.patch([], 1);
    assertEquals([button.textContent, button.className], ["Saved", "a c"]);
  });
});

Deno.test("an overlay's classes leave no empty class attribute, but one that was there", async () => {
  for (const attr of ["", ' class=""']) {
    const html = `<b${attr} data-hid='1 ${o({ class: { add: "busy" } })}'>x</b>`;
    await withPage(html, { rare: true }, (page) => {
      page.click(page.$("b"));
      assertEquals(page.$("b").className, "busy");
      page.patch([], 1);
      assertEquals(page.$("b").getAttribute("class"), attr === "" ? null : "");
    });
  }
});

Deno.test("a class that a script of the page adds meanwhile stays when the overlay goes", async () => {
  await withPage(`<b data-hid='1 ${o({ class: { add: "busy" } })}'>x</b>`, { rare: true }, (page) => {
    page.click(page.$("b"));
    page.$("b").classList.add("own");
    page.patch([], 1);
    assertEquals(page.$("b").getAttribute("class"), "own");
  });
});

Deno.test("a class that the server sets meanwhile stays when the overlay goes", async () => {
  await withButton({ class: { add: "done" } }, (page, button) => {
    page.click(button);
    page.patch([{ op: 0x10, num: 1, name: "done" }], 1, { below: 1, list: [] });
    page.patch([], 1);
    assertEquals(button.className, "a done");
  });
});

Deno.test("of two overlays only the settled one goes, whatever the order", async () => {
  await withButton({ class: { toggle: "on" } }, (page, button) => {
    page.click(button);
    assertEquals(button.className, "a on");
    page.click(button);
    assertEquals(button.className, "a");
    page.patch([], 2, { below: 1, list: [2] });
    assertEquals(button.className, "a on");
    page.patch([{ op: 0x10, num: 1, name: "on" }], 2);
    assertEquals(button.className, "a on");
  });
});

Deno.test("an error takes back the change of its event alone", async () => {
  await withButton({ class: { add: "busy" } }, (page, button) => {
    page.click(button);
    page.click(button);
    page.error({ code: 4, seq: 1, message: "no" });
    assertEquals(button.className, "a busy");
    page.error({ code: 4, seq: 2 });
    assertEquals(button.className, "a");
    assertEquals(page.errors, [{ code: 4, seq: 1, message: "no" }, { code: 4, seq: 2, message: "" }]);
  });
});

Deno.test("a frame that tells nothing of events settles nothing", async () => {
  await withButton({ text: "…" }, (page, button) => {
    page.click(button);
    page.patch([text(4, "q")]);
    assertEquals(button.textContent, "…");
  });
});

Deno.test("an optimistic change may be of another element, and never sets a handler", async () => {
  await withButton({ target: "other", text: "T", attr: { onclick: "alert(1)" } }, (page, button) => {
    page.click(button);
    assertEquals([page.$("#other").outerHTML, button.textContent], ['<p id="other">T</p>', "Save"]);
    page.patch([text(4, "q")], 1);
    assertEquals(page.$("#other").textContent, "q");
  });
});

Deno.test("an optimistic value goes back unless the user has typed since", async () => {
  const html = `<input id="i" value="old"><button data-hid='2 ${o({ target: "i", value: "" })}'>x</button>`;
  await withPage(html, { rare: true }, (page) => {
    const input = page.$<HTMLInputElement>("#i");
    input.addEventListener = () => {
      throw new Error("A listener for each click would stay");
    };
    page.click(page.$("button"));
    assertEquals(input.value, "");
    page.patch([], 1);
    assertEquals(input.value, "old");
    page.click(page.$("button"));
    input.value = "mine";
    page.patch([], 2, { below: 2, list: [] });
    assertEquals(input.value, "mine");
    page.click(page.$("button"));
    // A letter typed and taken back: what is left is the user's, though it is the overlay's as well.
    page.type("#i", "");
    page.patch([], 3);
    assertEquals(input.value, "");
  });
});

Deno.test("the overlay of an element that was removed does no harm", async () => {
  await withButton({ text: "…" }, (page, button) => {
    page.click(button);
    page.patch([{ op: 0x05, num: 1 }], 1, { below: 1, list: [] });
    page.patch([], 1);
    assertEquals(page.html, '<p id="other">p</p>');
  });
});

Deno.test("what no event carries of a control waits too, and is not dropped with its value", async () => {
  await withPage("<input type='checkbox' data-hid='1 change:11v'>", { rare: true }, (page) => {
    const box = page.$<HTMLInputElement>("input");
    box.checked = true;
    page.fire(box, "change");
    page.patch([{ op: 0x17, num: 1, name: "indeterminate", on: true }, { op: 0x09, num: 1, on: false }], 0);
    assertEquals([box.checked, box.indeterminate], [true, false]);
    page.patch([], 1);
    assertEquals([box.checked, box.indeterminate], [true, true]);
  });
});
