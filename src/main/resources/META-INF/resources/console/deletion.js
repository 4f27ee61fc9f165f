// Deleting a row, after a question.
import { html, nothing } from './lit.js';
import { send } from './api.js';
import { href } from './address.js';
import { problem } from './parts.js';
import { finish } from './visit.js';

/** The button, and the question that it asks. Only the version that was shown is deleted. */
export function deletion(kind, row, path, back, draw) {
  let refusal = null;
  const dialog = () => document.querySelector('#delete');
  const close = () => dialog().close();
  const remove = async () => {
    const answer = await send('DELETE', path, { headers: { 'If-Match': `"${row.version}"` } });
    if (answer.ok) {
      close();
      finish(`The ${kind.one} is deleted.`, href(back));
    } else {
      refusal = answer;
      draw();
    }
  };
  return {
    button: () => html`<button type="button" class="danger" @click=${() => dialog().showModal()}>Delete</button>`,
    dialog: () => html`
      <dialog id="delete" aria-labelledby="delete-title" @close=${() => { refusal = null; draw(); }}>
        <h2 id="delete-title">Delete this ${kind.one}?</h2>
        <p>${kind.name(row)}</p>
        ${refusal ? problem(refusal) : nothing}
        <p class="buttons"><button type="button" @click=${close}>Cancel</button>
          <button type="button" class="danger" @click=${remove}>Delete</button></p>
      </dialog>`,
  };
}
