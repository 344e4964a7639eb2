/**
 * The day until which something is to be done, for people.
 *
 * @module
 */
import { time } from "@vango/core/elements";
import type { VNode } from "@vango/core";

const DAY = 86_400_000;

/** What a day is called, seen from another one, both as 2026-01-31. */
export function nameOfDay(day: string, today: string): string {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / DAY);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  if (days === -1) return "yesterday";
  return new Date(day).toLocaleDateString("en", {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: "numeric" }),
  });
}

/** Shows a day; one that has passed stands out while the todo is open. */
export function dueDay(
  day: string,
  done: boolean,
  today: string = new Date().toISOString().slice(0, 10),
): VNode {
  const late = !done && day < today;
  return time(
    { datetime: day, class: ["due", late && "late"] },
    `${late ? "Overdue" : "Due"}: ${nameOfDay(day, today)}`,
  );
}
