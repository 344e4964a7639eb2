/**
 * What a user does in a page of the second client.
 *
 * @module
 */
import { SecondClient } from "./client.ts";
import { choose, type Dom } from "./dom.ts";

/** A page with someone before it. */
export class Tab extends SecondClient {
  /** Types a text into a control. */
  type(control: Dom, value: string): void {
    control.value = value;
    this.fire(control, "input");
  }

  /** Turns a box on or off, as a click does. */
  check(box: Dom, on: boolean): void {
    box.checked = on;
    this.tell(box);
  }

  /** Chooses in a select. */
  select(select: Dom, ...values: string[]): void {
    choose(select, values);
    this.tell(select);
  }

  /** Clicks the button of a text. */
  click(text: string): void {
    this.fire(this.byText("button", text), "click");
  }

  /** The first element below the root that passes. */
  find(test: (node: Dom) => boolean): Dom {
    const [found] = this.page.root.find(test);
    if (found === undefined) throw new Error("There is no such element");
    return found;
  }

  /** The first element of a tag. */
  byTag(tag: string): Dom {
    return this.find((node) => node.tag === tag);
  }

  /** The first element of a tag with a text. */
  byText(tag: string, text: string): Dom {
    return this.find((node) => node.tag === tag && node.textContent === text);
  }

  /** The control of a name. */
  byName(name: string): Dom {
    return this.find((node) => node.attrs.get("name") === name);
  }
}
