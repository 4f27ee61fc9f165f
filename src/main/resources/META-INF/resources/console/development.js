// What only dev mode has: tokens for everybody, and a picture of the connection pool.
import { html, nothing, svg } from './lit.js';

const EVERY = 2000;
const WIDTH = 210;
const HEIGHT = 70;

/** @returns {Promise<{scopes?: string[]}>} the scopes that dev mode has tokens for, none with another issuer; nothing in production */
export const offer = async () => (await fetch('console/development.json')).json();

export function choosePerson(scopes, accept) {
  return html`
    <form @submit=${event => makeToken(event, accept)}>
      <label for="sub">Dev mode: be anybody</label>
      <input id="sub" name="sub" value="ada" required list="people" autocomplete="off">
      <datalist id="people"><option>ada</option><option>john</option><option>root</option></datalist>
      <fieldset><legend>Scopes</legend>
        ${scopes.map(scope => html`<label><input type="checkbox" name="scope" value=${scope} ?checked=${scope !== 'admin'}> ${scope}</label>`)}
      </fieldset>
      <p class="buttons"><button class="primary">Sign in as this person</button></p>
      <p class="muted">In a shell: <code>token=$(curl -s '${new URL('dev/token?sub=ada', document.baseURI).href}')</code></p>
    </form>`;
}

async function makeToken(event, accept) {
  event.preventDefault();
  const chosen = new FormData(event.target);
  const query = new URLSearchParams({ sub: chosen.get('sub'), scope: chosen.getAll('scope').join(' ') });
  accept(await (await fetch('dev/token?' + query)).text());
}

let pool = null;

export function watchPool(draw) {
  const read = async () => {
    if (document.visibilityState === 'visible') {
      try {
        pool = await (await fetch('dev/pool')).json();
      } catch {
        pool = null; // dev mode restarts
      }
      draw();
    }
  };
  setInterval(read, EVERY);
  read();
}

/** Two lines over the last minutes: connections in use, and requests that wait for one. */
export function poolPicture() {
  if (!pool?.samples.length) {
    return nothing;
  }
  const { size, seconds, samples } = pool;
  const top = Math.max(size, ...samples.map(sample => sample.waiting));
  const line = of => samples.map((sample, i) => {
    const x = WIDTH - (samples.length - 1 - i) * WIDTH / (seconds - 1);
    return `${x.toFixed(1)},${(HEIGHT - sample[of] / top * HEIGHT).toFixed(1)}`;
  }).join(' ');
  const now = samples.at(-1);
  const label = `${now.inUse} of ${size} connections in use, ${now.waiting} requests waiting for one`;
  return html`
    <section aria-labelledby="pool">
      <h2 id="pool">Connection pool</h2>
      <svg class="pool" viewBox="0 -2 ${WIDTH} ${HEIGHT + 4}" role="img" aria-label=${label}>
        ${svg`<path d="M0 ${HEIGHT - size / top * HEIGHT}h${WIDTH}M0 ${HEIGHT}h${WIDTH}"/>
          <polyline class="in-use" points=${line('inUse')}/>
          <polyline class="waiting" points=${line('waiting')}/>`}
      </svg>
      <p><span class="in-use">■</span> in use: ${now.inUse} of ${size}</p>
      <p><span class="waiting">■</span> waiting: ${now.waiting}</p>
      <p class="muted">The last ${Math.round(seconds / 60)} minutes. Dev mode only.</p>
    </section>`;
}
