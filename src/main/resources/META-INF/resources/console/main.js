// The frame of the page, and which view an address has.
import { html, keyed, nothing, render } from './lit.js';
import { current } from './address.js';
import { countsPanel, refreshCounts, watchCounts } from './counts.js';
import { offer, poolPicture, watchPool } from './development.js';
import { creation, edit } from './form.js';
import { listing, post, unknown, user } from './pages.js';
import { requests } from './parts.js';
import { signInDialog, who } from './signin.js';
import { begin } from './visit.js';

const USER_ID = { name: 'userId', label: 'User', hint: 'their id', number: true };

/** Each reads what it shows, and gives its title and a function that makes its content. */
const VIEWS = [
  [/^\/users$/, address => listing('users', 'Users', address)],
  [/^\/users\/new$/, () => creation('users', '/users', draw)],
  [/^\/users\/\d+$/, address => user(address, draw)],
  [/^\/users\/\d+\/edit$/, ({ path }) => edit('users', path.replace(/\/edit$/, ''), draw)],
  [/^\/users\/\d+\/posts\/new$/, ({ path }) => creation('posts', path.replace(/\/new$/, ''), draw)],
  [/^\/posts$/, address => listing('posts', 'Posts', address)],
  [/^\/posts\/new$/, () => creation('posts', '/posts', draw, [USER_ID])],
  [/^\/posts\/\d+$/, address => post(address, draw)],
  [/^\/posts\/\d+\/edit$/, ({ path }) => edit('posts', path.replace(/\/edit$/, ''), draw)],
];

const shown = { path: null, view: () => nothing, busy: false, requests: [], outcome: '' };
let visits = 0;
let scopes = null;

/** Shows the view of the address. If the person goes on meanwhile, what is late is not shown. */
async function open() {
  const visit = ++visits;
  const address = current();
  const began = begin();
  shown.busy = true;
  draw();
  const [, read] = VIEWS.find(([pattern]) => pattern.test(address.path)) ?? [null, unknown];
  const { title, view } = await read(address);
  if (visit !== visits) {
    return;
  }
  const isNew = shown.path !== null && shown.path !== address.path;
  Object.assign(shown, { path: address.path, view, busy: false, ...began });
  document.title = title + ' · Byline';
  draw();
  if (isNew) {
    scrollTo(0, 0);
    document.querySelector('h1')?.focus();
  }
  if (shown.requests.some(request => request.isWrite)) {
    refreshCounts().then(draw);
  }
}

/** A form keeps what a person has typed, whoever they are now. */
function personChanged() {
  if (/\/(new|edit)$/.test(shown.path)) {
    draw();
  } else {
    open();
  }
}

function draw() {
  const at = path => shown.path?.startsWith(path) ? 'page' : nothing;
  render(html`
    <header class="top">
      <a class="brand" href="#/users"><img src="console/icon.svg" alt="" width="28" height="28">Byline</a>
      <nav aria-label="Data"><a href="#/users" aria-current=${at('/users')}>Users</a><a href="#/posts" aria-current=${at('/posts')}>Posts</a></nav>
      ${who(personChanged)}
    </header>
    <div class="columns">
      <main aria-busy=${shown.busy}>
        <p class="outcome" role="status">${shown.outcome}</p>
        ${keyed(shown.path, shown.view())}
        ${requests(shown.requests)}
      </main>
      <aside>
        ${countsPanel()}
        ${scopes ? poolPicture() : nothing}
        <nav aria-label="The API"><h2>The API</h2>
          <ul><li><a href="q/swagger-ui/">Swagger UI</a></li><li><a href="q/openapi?format=json">OpenAPI</a></li><li><a href="problems">Problems</a></li></ul>
        </nav>
      </aside>
    </div>
    ${signInDialog(scopes, personChanged)}`, document.body);
}

addEventListener('hashchange', open);
open();
watchCounts(draw);
offer().then(offered => {
  scopes = offered.scopes ?? null;
  if (scopes) {
    watchPool(draw);
  }
  draw();
});
