// What belongs to a view: its requests, and the outcome of the write that led to it.

/** How many requests are shown: a page that stays open must not grow. */
const MOST = 10;

let requests = [];
let outcome = '';

/** The request belongs to the view that sends it, even if another one is shown when its answer comes. */
export function note(request) {
  requests.push(request);
  requests.splice(0, requests.length - MOST);
}

/** A view begins. The request of a write stays for the view that follows it. */
export function begin() {
  const began = { requests: outcome ? requests : [], outcome };
  requests = began.requests;
  outcome = '';
  return began;
}

/** A write is done. Its form leaves the history, so that Back does not return to it. */
export function finish(text, address) {
  outcome = text;
  location.replace(address);
}
