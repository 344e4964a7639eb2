/**
 * What the SSR benches show: a card, a table, and buttons.
 *
 * @module
 */

/** A row of the table, and who the card is about. */
export interface User {
  id: number;
  name: string;
  mail: string;
  path: string;
  role: string;
}

/** One in ten has a name that must be escaped. */
export const USERS: readonly User[] = Array.from({ length: 1000 }, (_, i) => ({
  id: i,
  name: i % 10 === 0 ? `O'Brien & <Sons> ${i}` : `User number ${i}`,
  mail: `user${i}@example.org`,
  path: `/users/${i}`,
  role: i % 3 === 0 ? "admin" : "member",
}));

/** The numbers of the buttons. */
export const BUTTONS: readonly number[] = Array.from({ length: 100 }, (_, i) => i);

/** The views of a contender. */
export interface Views<N> {
  /** Six elements. */
  card(user: User): N;
  /** 1,000 rows of four cells. */
  table(users: readonly User[]): N;
  /** 100 buttons with a handler each. */
  buttons(numbers: readonly number[]): N;
}

/** What each button does. */
export const click = (): void => {};

/** Makes an operation of views: build and render, since a page is built for each request. */
export function prepareViews<N>(views: Views<N>, render: (node: N) => string) {
  return (operation: string) => {
    let turn = 0;
    switch (operation) {
      case "card":
        return { run: () => render(views.card(USERS[turn++ % 1000])) };
      case "table":
        return { run: () => render(views.table(USERS)) };
      case "buttons":
        return { run: () => render(views.buttons(BUTTONS)) };
    }
    throw new TypeError(`Cannot prepare ${operation}`);
  };
}
