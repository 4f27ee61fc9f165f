// The views that read: the lists, a user with their posts, a post.
import { html, nothing } from './lit.js';
import { send } from './api.js';
import { href } from './address.js';
import { deletion } from './deletion.js';
import { kinds, when } from './kinds.js';
import { list } from './list.js';
import { problem } from './parts.js';

export async function listing(of, title, { path, query }) {
  const rows = await list(kinds[of], path, query);
  const view = () => html`
    <header><h1 tabindex="-1">${title}</h1><a class="button primary" href=${href(path + '/new')}>New ${kinds[of].one}</a></header>
    ${rows}`;
  return { title, view };
}

export async function user({ path, query }, draw) {
  const answer = await send('GET', path);
  if (!answer.ok) {
    return refused('User', answer);
  }
  const row = answer.body;
  const { button, dialog } = deletion(kinds.users, row, path, '/users', draw);
  const posts = { ...kinds.posts, columns: kinds.posts.columns.filter(column => column.field !== 'user.name') };
  const rows = await list(posts, path, query, path + '/posts');
  const view = () => html`
    <header><h1 tabindex="-1">${row.name}</h1>${edit(path)}${button()}</header>
    ${facts([['Age', row.age ?? 'not given'], ...common(row)])}
    <section aria-labelledby="posts">
      <header><h2 id="posts">Posts</h2><a class="button primary" href=${href(path + '/posts/new')}>New post</a></header>
      ${rows}
    </section>
    ${dialog()}`;
  return { title: row.name, view };
}

export async function post({ path }, draw) {
  const answer = await send('GET', path, { query: [['embed', 'user']] });
  if (!answer.ok) {
    return refused('Post', answer);
  }
  const row = answer.body;
  const { button, dialog } = deletion(kinds.posts, row, path, '/users/' + row.userId, draw);
  const view = () => html`
    <header><h1 tabindex="-1">${row.title}</h1>${edit(path)}${button()}</header>
    <p>by <a href=${href('/users/' + row.userId)}>${row.user.name}</a></p>
    ${row.content ? html`<div class="content" tabindex="0">${row.content}</div>` : nothing}
    ${facts(common(row))}
    ${dialog()}`;
  return { title: row.title, view };
}

export function unknown({ path }) {
  return refused('Not found', { body: { title: 'There is no such page', detail: `This console has no page ${path}.` } });
}

const refused = (title, answer) => ({ title, view: () => html`<h1 tabindex="-1">${title}</h1>${problem(answer)}` });

const edit = path => html`<a class="button" href=${href(path + '/edit')}>Edit</a>`;

const common = row => [['Id', row.id], ['Created', when(row.createdAt)], ['Changed', when(row.updatedAt)], ['Version', row.version]];

const facts = pairs => html`<dl>${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
