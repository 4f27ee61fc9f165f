// Signing in: a person pastes a token. In dev mode the service makes one for whoever they choose to be.
import { html, nothing } from './lit.js';
import { signIn, signOut, person } from './session.js';
import { choosePerson } from './development.js';

const dialog = () => document.querySelector('#sign-in');

export const openSignIn = () => dialog().showModal();

/** Who is signed in. */
export function who(changed) {
  const known = person();
  const leave = () => { signOut(); changed(); };
  return html`
    <div class="who">${known
      ? html`<span title=${known.scopes}>${known.name} <span class="muted">${known.scopes}</span></span>
          <button type="button" @click=${leave}>Sign out</button>`
      : html`<button type="button" @click=${openSignIn}>Sign in</button>`}
    </div>`;
}

/** @param offered the scopes that dev mode has tokens for, null in production */
export function signInDialog(offered, changed) {
  const scopes = offered?.length ? offered : null;
  const accept = token => {
    signIn(token);
    dialog().close();
    changed();
  };
  return html`
    <dialog id="sign-in" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">Sign in</h2>
      ${scopes ? choosePerson(scopes, accept) : nothing}
      <form @submit=${event => submit(event, accept)}>
        <label for="token">${scopes ? 'Or paste a token' : 'Paste an access token of the issuer'}</label>
        <textarea id="token" name="token" rows="4" required spellcheck="false" autocomplete="off"></textarea>
        <p class="muted">It stays in this tab, until you close it, and is sent to this service only.</p>
        <p class="buttons">
          <button class=${scopes ? '' : 'primary'}>Sign in</button>
          <button type="button" @click=${() => dialog().close()}>Cancel</button>
        </p>
      </form>
    </dialog>`;
}

function submit(event, accept) {
  event.preventDefault();
  accept(event.target.token.value.trim().replace(/^Bearer +/i, ''));
  event.target.reset();
}
