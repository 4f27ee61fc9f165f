// Sends requests to the API and notes each, so that the page can show it as a curl line.
import { write } from './address.js';
import { token } from './session.js';
import { note } from './visit.js';

/**
 * @param {object} options query: pairs; headers; body: what becomes JSON; quiet: not part of the view
 * @returns {Promise<{status: number, ok: boolean, headers: Headers, body: any}>} where the body is a problem (RFC 9457)
 *     if the request was refused or failed
 */
export async function send(method, path, { query = [], headers = {}, body, quiet = false } = {}) {
  const target = write(path, query);
  const bearer = token();
  const json = body === undefined ? undefined : JSON.stringify(body);
  const start = performance.now();
  const request = { line: curl(method, target, headers, json, bearer), isWrite: !['GET', 'HEAD'].includes(method) };
  if (!quiet) {
    note(request);
  }
  const answer = await exchange(target, {
    method,
    cache: 'no-store', // the browser's own 304 would hide what the service does
    headers: {
      ...headers,
      ...(bearer && { Authorization: 'Bearer ' + bearer }),
      ...(json && { 'Content-Type': 'application/json' }),
    },
    body: json,
  });
  request.status = answer.status;
  request.timing = timing(answer.headers.get('Server-Timing'), performance.now() - start);
  return answer;
}

async function exchange(target, options) {
  try {
    const response = await fetch('.' + target, options);
    const text = await response.text();
    return { status: response.status, ok: response.ok, headers: response.headers, body: parse(text, response) };
  } catch {
    const detail = 'The service does not answer. Is it running? Try again in a moment.';
    return { status: 0, ok: false, headers: new Headers(), body: { title: 'No answer', detail } };
  }
}

function parse(text, response) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return { title: 'The answer is not JSON', detail: `A proxy may have answered, with status ${response.status}.` };
  }
}

function curl(method, target, headers, json, bearer) {
  const words = ['curl'];
  if (bearer) {
    words.push('--oauth2-bearer', '$token');
  }
  if (method === 'HEAD') {
    words.push('-I');
  } else if (method !== 'GET' && !(method === 'POST' && json)) {
    words.push('-X', method);
  }
  if (json) {
    words.push('--json', quote(json));
  }
  for (const [name, value] of Object.entries(headers)) {
    words.push('-H', quote(`${name}: ${value}`));
  }
  words.push(quote(new URL('.' + target, document.baseURI).href));
  return words.join(' ');
}

const quote = text => `'${text.replaceAll("'", `'\\''`)}'`;

/** Server-Timing: db;dur=1.2;desc="2 statements", pool;dur=0.1 */
function timing(header, millis) {
  const parts = [];
  const database = header?.match(/db;dur=([\d.]+);desc="([^"]+)"/);
  if (database) {
    parts.push(`${database[2]}, ${database[1]} ms in the database`);
  }
  const pool = header?.match(/pool;dur=([\d.]+)/);
  if (pool) {
    parts.push(`${pool[1]} ms wait for a connection`);
  }
  return [...parts, `${millis.toFixed(0)} ms in all`].join(' · ');
}
