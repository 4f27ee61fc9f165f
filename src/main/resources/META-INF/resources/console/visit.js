// What belongs to the view that is shown: its requests, and the outcome of the write that led to it.

/** The requests of the view. */
export const sent = [];

/** How many of them are shown: a page that stays open must not grow. */
const MOST = 10;

let outcome = '';
let follows = false;

export function note(request) {
  sent.push(request);
  sent.splice(0, sent.length - MOST);
}

export const lastOutcome = () => outcome;

/** A view begins. The request of a write stays for the view that follows it. */
export function begin() {
  if (!follows) {
    sent.length = 0;
    outcome = '';
  }
  follows = false;
}

/** A write is done: its form leaves the history, so that Back does not return to it. */
export function finish(text, address) {
  outcome = text;
  follows = true;
  location.replace(address);
}
