// Creating and editing a row. An edit sends only what was changed, and only replaces the version that was read.
import { html, nothing } from './lit.js';
import { send } from './api.js';
import { href } from './address.js';
import { kinds, when } from './kinds.js';
import { problem } from './parts.js';
import { finish } from './visit.js';

/** @param more an input that only new rows of this list have */
export function creation(of, list, draw, more = []) {
  const kind = kinds[of];
  const key = [...crypto.getRandomValues(new Uint32Array(3))].map(it => it.toString(36)).join('-');
  return form({ title: 'New ' + kind.one, inputs: [...more, ...kind.inputs], row: {}, back: list, button: 'Create' }, draw, async values => {
    // With a key, a second click or a repeated request cannot create a second row.
    const answer = await send('POST', list, { body: values, headers: { 'Idempotency-Key': key } });
    if (answer.ok) {
      finish(`The ${kind.one} is created.`, href(`/${of}/${answer.body.id}`));
    }
    return { answer };
  });
}

export async function edit(of, path, draw) {
  const kind = kinds[of];
  const read = await send('GET', path);
  if (!read.ok) {
    return { title: 'Edit', view: () => html`<h1 tabindex="-1">Edit</h1>${problem(read)}` };
  }
  let row = read.body;
  const title = 'Edit ' + kind.name(row);
  return form({ title, inputs: kind.inputs, row, back: path, button: 'Save' }, draw, async values => {
    const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== row[name]));
    if (!Object.keys(changed).length) {
      finish('Nothing was changed.', href(path));
      return {};
    }
    const answer = await send('PATCH', path, { body: changed, headers: { 'If-Match': `"${row.version}"` } });
    if (answer.ok) {
      finish(`The ${kind.one} is saved.`, href(path));
    }
    if (answer.status !== 412) {
      return { answer };
    }
    const now = await send('GET', path);
    if (!now.ok) {
      return { answer: now };
    }
    const before = row;
    row = now.body;
    return { stale: { before, now: row, yours: values } };
  });
}

/**
 * @param submit gets the values, and returns the refusal: `answer`, or `stale` with the row before, now, and the values
 *     that the person wants
 */
function form({ title, inputs, row, back, button }, draw, submit) {
  let refusal = {};
  let busy = false;
  const save = async event => {
    event.preventDefault();
    const element = event.target;
    busy = true;
    draw();
    refusal = await submit(values(element, inputs));
    busy = false;
    if (refusal.stale) {
      merge(element, inputs, refusal.stale);
    }
    draw();
    element.querySelector('[aria-invalid=true], .choice input')?.focus();
  };
  const view = () => html`
    <header><h1 tabindex="-1">${title}</h1></header>
    <form class="row" novalidate @submit=${save}>
      ${refusal.answer && !refusal.answer.ok ? problem(refusal.answer) : nothing}
      ${refusal.stale ? staleNote(refusal.stale) : nothing}
      ${inputs.map(input => field(input, row, refusal))}
      <p class="buttons">
        <button class="primary" ?disabled=${busy}>${refusal.stale ? `Save over version ${refusal.stale.now.version}` : button}</button>
        <a class="button" href=${href(back)}>Cancel</a>
      </p>
    </form>`;
  return { title, view };
}

/** The values as the API takes them. What is not a number is sent as it is: the service says what is wrong with it. */
function values(element, inputs) {
  return Object.fromEntries(inputs.map(({ name, number }) => {
    const text = element.elements[name].value;
    if (!number) {
      return [name, text];
    }
    return [name, text.trim() === '' ? null : Number.isFinite(Number(text)) ? Number(text) : text];
  }));
}

const text = value => value === null || value === undefined ? '' : String(value);

function field({ name, label, hint, long }, row, { answer, stale }) {
  const errors = (answer?.body?.errors ?? []).filter(error => error.pointer === '#/' + name);
  const invalid = errors.length ? 'true' : nothing;
  const describedBy = errors.length ? name + '-error' : nothing;
  return html`
    <div class="field">
      <label for=${name}>${hint ? `${label} (${hint})` : label}</label>
      ${long
        ? html`<textarea id=${name} name=${name} rows="10" .value=${text(row[name])} aria-invalid=${invalid} aria-describedby=${describedBy}></textarea>`
        : html`<input id=${name} name=${name} autocomplete="off" .value=${text(row[name])} aria-invalid=${invalid} aria-describedby=${describedBy}>`}
      ${errors.length ? html`<p class="error" id=${name + '-error'}>${label} ${errors.map(error => error.detail).join(', ')}</p>` : nothing}
      ${stale ? choice(name, label, stale) : nothing}
    </div>`;
}

const staleNote = ({ before, now }) => html`
  <div class="problem" role="alert">
    <strong>Somebody else saved this first</strong>
    <p>You read version ${before.version}. Version ${now.version} is stored since ${when(now.updatedAt)}, and nothing of yours. Choose for each value
    below, change it further if you like, then save.</p>
  </div>`;

/** Both versions of a value, if they differ. */
function choice(name, label, { before, now, yours }) {
  if (text(now[name]) === text(yours[name])) {
    return nothing;
  }
  const take = value => ({ target }) => { target.form.elements[name].value = text(value); };
  const option = (title, value, isChosen) => html`
    <label><input type="radio" name=${'choice-' + name} ?checked=${isChosen} @change=${take(value)}>
      <span><b>${title}</b> <span class="value">${text(value) || 'empty'}</span></span></label>`;
  const isMine = text(yours[name]) !== text(before[name]);
  return html`
    <fieldset class="choice"><legend>${label}: which one?</legend>
      ${option('Yours', yours[name], isMine)}
      ${option('Stored now', now[name], !isMine)}
    </fieldset>`;
}

/** Takes over what only the other person has changed. */
function merge(element, inputs, { before, now, yours }) {
  for (const { name } of inputs) {
    if (text(yours[name]) === text(before[name])) {
      element.elements[name].value = text(now[name]);
    }
  }
}
