// How many rows there are. The planner's estimate costs nothing, and a small table is counted exactly.
import { html, nothing } from './lit.js';
import { send } from './api.js';
import { token } from './session.js';

const EVERY = 15_000;
const SMALL = 10_000;

const counts = { users: null, posts: null };

/** The token with which counting was refused: the same question would get the same answer. */
let refused;

export function watchCounts(draw) {
  const read = () => document.visibilityState === 'visible' && refreshCounts().then(draw);
  setInterval(read, EVERY);
  read();
}

export async function refreshCounts() {
  if (refused === token()) {
    return;
  }
  await Promise.all(Object.keys(counts).map(async of => { counts[of] = await count(of); }));
}

async function count(of) {
  const known = counts[of];
  const first = await ask(of, known !== null && known.number < SMALL ? 'exact' : 'estimated');
  return first !== null && !first.isExact && first.number < SMALL ? ask(of, 'exact') : first;
}

async function ask(of, how) {
  const answer = await send('HEAD', '/' + of, {
    query: [['limit', '1'], ['fields', 'id']],
    headers: { Prefer: 'count=' + how },
    quiet: true,
  });
  refused = answer.ok ? undefined : token();
  const number = answer.headers.get('X-Total-Count');
  return number === null ? null : { number: Number(number), isExact: how === 'exact' };
}

export const countsPanel = () => html`
  <section aria-labelledby="counts">
    <h2 id="counts">Rows now</h2>
    <dl class="counts">${Object.entries(counts).map(([of, count]) => html`
      <div><dt>${of}</dt><dd>${count ? html`${count.isExact ? nothing : 'about '}${count.number.toLocaleString('en')}` : '–'}</dd></div>`)}
    </dl>
  </section>`;
