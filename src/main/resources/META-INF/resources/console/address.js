// A view's address is the request behind it: #/posts?sort=-createdAt shows GET /posts?sort=-createdAt.

/** The base path of the service: a proxy may add a prefix. */
const base = new URL('.', document.baseURI).pathname;

export const current = () => parse(location.hash.slice(1) || '/users');

/** @returns {{path: string, segments: string[], query: [string, string][]}} */
function parse(text) {
  const [path, query = ''] = text.split(/\?(.*)/s);
  const segments = path.split('/').filter(Boolean);
  return { path: '/' + segments.join('/'), segments, query: [...new URLSearchParams(query)] };
}

/** The target of a rel in the header Link, such as "next". It is null if there is none. */
export function link(header, rel) {
  const match = (header ?? '').match(new RegExp(`<([^>]+)>; *rel="?${rel}"?`));
  if (!match) {
    return null;
  }
  const url = new URL(match[1], document.baseURI);
  return parse(url.pathname.replace(base, '/') + url.search);
}

/** Colons and commas stay, so that a person can read the query. */
export function write(path, query) {
  const encode = text => encodeURIComponent(text).replace(/%3A/g, ':').replace(/%2C/g, ',');
  const pairs = query.map(([name, value]) => encode(name) + '=' + encode(value));
  return path + (pairs.length ? '?' + pairs.join('&') : '');
}

export const href = (path, query = []) => '#' + write(path, query);

export const get = (query, name) => query.find(([known]) => known === name)?.[1] ?? '';

/** The query with this value instead of what it had, from the first page on. Without a value, the parameter goes. */
export function set(query, name, value) {
  const rest = query.filter(([known]) => known !== name && known !== 'cursor');
  return value ? [...rest, [name, value]] : rest;
}
