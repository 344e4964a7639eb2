/**
 * The frames that wrong ones are made of: the golden vectors, and what a real client and a real session said to each other.
 *
 * @module
 */
import { decodeDown, decodeUp } from "../../protocol/mod.ts";
import { fromHex, readVectors, type Sample } from "../../tests/protocol/support.ts";
import { openPage } from "../../tests/support/loopback.ts";
import { familyOf } from "../../vdom/attrs.ts";
import type { Corpus } from "./mutate.ts";
import { FuzzPage } from "./page.ts";

/** The frames of both directions. */
export interface Corpora {
  /** What browsers send. */
  readonly up: Corpus;
  /** What servers send. */
  readonly down: Corpus;
}

const UP = new Set<Sample["kind"]>(["event", "ack", "controlUp", "clientHello"]);

/** Reads the vectors, and records a page in use. */
export async function readCorpora(): Promise<Corpora> {
  const recorded = await record();
  const samples: Sample[] = [
    ...readVectors(),
    ...recorded.up.map(upSample),
    ...recorded.down.map(downSample),
  ];
  const up = samples.filter(({ kind }) => UP.has(kind));
  const down = samples.filter(({ kind }) => !UP.has(kind));
  const vectors = readVectors().map(({ kind, hex }) => ({ kind, bytes: fromHex(hex) }));
  const golden = (isUp: boolean) => vectors.filter((v) => UP.has(v.kind) === isUp).map((v) => v.bytes);
  return {
    up: { samples: up, frames: [...golden(true), ...recorded.up] },
    down: { samples: down, frames: [...golden(false), ...recorded.down] },
  };
}

/** What a browser's events and a session's answers are as bytes. */
async function record(): Promise<{ up: Uint8Array[]; down: Uint8Array[] }> {
  await using open = await openPage(FuzzPage());
  const { document } = open;
  const view = document.defaultView!;
  const turn = () => {
    open.deliverUp();
    open.endTurn();
    open.deliverDown();
  };
  const buttons = [...document.querySelectorAll("button")];
  for (let round = 0; round < 3; round++) {
    for (const button of buttons) {
      button.dispatchEvent(new view.MouseEvent("click", { bubbles: true, cancelable: true }));
      turn();
    }
    // Those that the client's second script writes come when it is there.
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const control of document.querySelectorAll<HTMLInputElement>("input[name=text], textarea")) {
      control.value = `typed ${round} \u{1F600}`;
      control.dispatchEvent(new view.Event("input", { bubbles: true }));
      turn();
    }
    document.querySelector("li")?.dispatchEvent(new view.MouseEvent("click", { bubbles: true }));
    turn();
  }
  open.session.resync();
  turn();
  return { up: open.up.slice(), down: open.down.slice() };
}

function upSample(bytes: Uint8Array): Sample {
  const frame = decodeUp(bytes, familyOf);
  switch (frame.kind) {
    case "event":
      return { kind: "event", value: frame.event };
    case "ack":
      return { kind: "ack", value: frame.seq };
    case "control":
      return { kind: "controlUp", value: frame.control };
    case "hello":
      return { kind: "clientHello", value: frame.hello };
  }
}

function downSample(bytes: Uint8Array): Sample {
  const frame = decodeDown(bytes);
  switch (frame.kind) {
    case "patches":
      return { kind: "patches", value: frame.frame };
    case "control":
      return { kind: "controlDown", value: frame.control };
    case "hello":
      return { kind: "serverHello", value: frame.hello };
    case "error":
      return { kind: "error", value: frame.error };
  }
}
