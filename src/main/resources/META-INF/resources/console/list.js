// A list of rows: search, filters, order, pages.
import { html, nothing } from './lit.js';
import { send } from './api.js';
import { get, href, link, set } from './address.js';
import { operators } from './kinds.js';
import { problem } from './parts.js';

const NOT_FILTERS = ['sort', 'cursor', 'limit', 'fields', 'embed', 'offset'];
const SIZES = ['10', '20', '50', '100'];

/**
 * @param kind what the rows are
 * @param page the path of the page that the list is on
 * @param query what the list is asked for
 * @param path of the list in the API
 */
export async function list(kind, page, query, path = page) {
  const answer = await send('GET', path, { query: [...kind.query, ...query] });
  return html`
    ${tools(kind, page, query)}
    ${answer.ok ? html`${table(kind, page, query, answer.body)}${pages(page, query, answer.headers.get('Link'))}` : problem(answer)}`;
}

function tools(kind, page, query) {
  const { parameter, label } = kind.search;
  const filters = query.filter(([name]) => !NOT_FILTERS.includes(name));
  return html`
    <div class="tools">
      <form role="search" @submit=${event => follow(event, page, search => set(query, parameter, search.trim()))}>
        <input type="search" name="search" aria-label=${label} placeholder=${label} .value=${get(query, parameter)}>
        <button>Search</button>
      </form>
      <details>
        <summary>Filter</summary>
        <form class="filter" @submit=${event => addFilter(event, page, query)} @change=${offerOperators(kind)}>
          <select name="field" aria-label="Field">${Object.keys(kind.filters).map(field => html`<option>${field}</option>`)}</select>
          <select name="operator" aria-label="Comparison">${options(Object.values(kind.filters)[0])}</select>
          <input name="value" aria-label="Value">
          <button>Add</button>
        </form>
      </details>
    </div>
    ${filters.length ? html`
      <ul class="chips" aria-label="Filters">${filters.map(pair => html`
        <li>${words(pair)} <a href=${href(page, without(query, pair))} aria-label=${'Remove ' + words(pair)}>×</a></li>`)}
        <li><a href=${href(page, query.filter(([name]) => NOT_FILTERS.includes(name) && name !== 'cursor'))}>Remove all</a></li>
      </ul>` : nothing}`;
}

const options = allowed => allowed.map(operator => html`<option value=${operator}>${operators[operator]}</option>`);

function offerOperators(kind) {
  return ({ currentTarget: form, target }) => {
    if (target.name === 'field') {
      form.operator.replaceChildren(...kind.filters[target.value].map(it => new Option(operators[it], it)));
    }
  };
}

function words([name, value]) {
  const [field, operator = ''] = name.split(':');
  if (operator === 'null') {
    return `${field} ${value === 'true' ? 'has no value' : 'has a value'}`;
  }
  return field === 'q' ? `search ${value}` : `${field} ${operators[operator] ?? operator} ${value}`;
}

const without = (query, pair) => query.filter(it => it !== pair && it[0] !== 'cursor');

function addFilter(event, page, query) {
  event.preventDefault();
  const { field, operator, value } = event.target;
  const name = operator.value ? `${field.value}:${operator.value}` : field.value;
  const pair = [name, operator.value === 'null' ? 'true' : value.value.trim()];
  location.hash = href(page, [...query.filter(([known]) => known !== 'cursor'), pair]);
  value.value = '';
}

function follow(event, page, next) {
  event.preventDefault();
  location.hash = href(page, next(event.target.elements[0].value));
}

function table(kind, page, query, rows) {
  const sort = get(query, 'sort') || (get(query, 'q') ? '' : 'id');
  return html`
    <table>
      <thead><tr>${kind.columns.map(column => heading(column, page, query, sort))}</tr></thead>
      <tbody>${rows.map(row => html`
        <tr>${kind.columns.map(({ cell, wide }) => html`<td class=${wide ? 'wide' : ''}>${cell(row)}</td>`)}</tr>`)}
      </tbody>
    </table>
    ${rows.length ? nothing : html`<p class="empty">${query.length ? 'Nothing fits.' : `There is no ${kind.one} yet. Create the first one.`}</p>`}`;
}

function heading({ field, label, wide }, page, query, sort) {
  const direction = sort === field ? 'ascending' : sort === '-' + field ? 'descending' : 'none';
  const next = direction === 'ascending' ? '-' + field : field;
  return html`
    <th scope="col" class=${wide ? 'wide' : ''} aria-sort=${direction}>
      <a href=${href(page, set(query, 'sort', next))}>${label}</a>
    </th>`;
}

function pages(page, query, header) {
  const rel = (name, label) => {
    const target = link(header, name);
    return target
      ? html`<a rel=${name} href=${href(page, target.query.filter(([known]) => known !== 'fields'))}>${label}</a>`
      : html`<span class="muted">${label}</span>`;
  };
  const size = get(query, 'limit') || '20';
  return html`
    <nav class="pages" aria-label="Pages">
      ${rel('first', 'First')} ${rel('prev', '← Previous')} ${rel('next', 'Next →')}
      <label>Rows <select @change=${({ target }) => { location.hash = href(page, set(query, 'limit', target.value)); }}>
        ${[...new Set([...SIZES, size])].map(it => html`<option ?selected=${it === size}>${it}</option>`)}
      </select></label>
    </nav>`;
}
