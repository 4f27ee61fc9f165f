// What several views show.
import { html, nothing } from './lit.js';
import { openSignIn } from './signin.js';

/** A refusal as a person can use it, from its problem (RFC 9457). */
export function problem({ status, body }) {
  return html`
    <div class="problem" role="alert">
      <strong>${body.title}</strong>${status ? html` <span class="muted">${status}</span>` : nothing}
      ${body.detail ? html`<p>${body.detail}</p>` : nothing}
      ${body.errors ? html`<ul>${body.errors.map(error => html`<li><code>${error.parameter ?? error.pointer}</code> ${error.detail}</li>`)}</ul>` : nothing}
      ${body.type ? html`<p><a href=${'.' + body.type}>What this means</a></p>` : nothing}
      ${status === 401 ? html`<p><button type="button" @click=${openSignIn}>Sign in</button></p>` : nothing}
    </div>`;
}

/** The requests behind the view, the newest first. */
export const requests = sent => html`
  <section class="requests" aria-label="The requests of this view, with curl">
    ${sent.filter(request => request.timing).reverse().map(request => html`
      <div class="request">
        <pre tabindex="0" aria-label="Command"><code>${request.line}</code></pre>
        <button type="button" @click=${copy}>Copy</button>
        <p class="muted"><b class=${request.status < 400 && request.status ? 'good' : 'bad'}>${request.status || 'no answer'}</b> · ${request.timing}</p>
      </div>`)}
  </section>`;

/** Without TLS, a browser has no clipboard for pages. Then the command is selected. */
async function copy({ target }) {
  const code = target.parentElement.querySelector('code');
  try {
    await navigator.clipboard.writeText(code.textContent);
    target.textContent = 'Copied';
    setTimeout(() => { target.textContent = 'Copy'; }, 2000);
  } catch {
    getSelection().selectAllChildren(code);
  }
}
