import assert from 'node:assert/strict';
import { env } from 'node:process';
import { fetchUtils, type HttpError } from 'ra-core';
import { bylineDataProvider } from './bylineDataProvider.js';

const mark = crypto.randomUUID();
const byline = bylineDataProvider(env.BYLINE_URL!, (url, options) =>
    fetchUtils.fetchJson(url, { ...options, user: { authenticated: true, token: `Bearer ${env.BYLINE_TOKEN}` } }));

const refusal = (promise: Promise<unknown>): Promise<HttpError> =>
    promise.then(() => assert.fail('this should have been refused'), error => error);
const byId = { field: 'id', order: 'ASC' } as const;
const page = (page: number, perPage: number) => ({ page, perPage });
const titles = (rows: any[]) => rows.map(row => row.title);

// create, getOne
const { data: ada } = await byline.create('users', { data: { name: `Ada ${mark}`, age: 36 } });
const { data: bob } = await byline.create('users', { data: { name: `Bob ${mark}` } });
assert.deepEqual((await byline.getOne('users', { id: ada.id })).data, ada);
assert.equal((await refusal(byline.getOne('users', { id: 0 }))).status, 404);

// getList: sort, filter, pages, total
for (const title of ['c', 'a', 'e', 'b', 'd']) {
    await byline.create('posts', { data: { title, content: `${mark} ${title}`, userId: ada.id } });
}
const filter = { userId: ada.id, title: ['a', 'b', 'c', 'd'] };
const ofAda = { filter, sort: { field: 'title', order: 'DESC' } } as const;
const first = await byline.getList('posts', { ...ofAda, pagination: page(1, 3) });
const second = await byline.getList('posts', { ...ofAda, pagination: page(2, 3) });
assert.deepEqual([titles(first.data), first.total], [['d', 'c', 'b'], 4]);
assert.deepEqual([titles(second.data), second.total], [['a'], 4]);
assert.deepEqual(await byline.getList('posts', { ...ofAda, pagination: page(3, 3) }), { data: [], total: 4 });
// react-hook-form makes an object of a name with a dot.
const nested = { user: { 'name:startsWith': `ada ${mark}` }, 'title:gt': 'd' };
const { data: last } = await byline.getList('posts', { filter: nested, sort: byId, pagination: page(1, 9) });
assert.deepEqual(titles(last), ['e']);

// getMany, getManyReference
const { data: both } = await byline.getMany('users', { ids: [ada.id, bob.id] });
assert.deepEqual(both, [ada, bob]);
const ofHers = { target: 'userId', id: ada.id, sort: byId, pagination: page(1, 9) };
const posts = await byline.getManyReference('posts', { ...ofHers, filter: { 'title:lt': 'c' } });
assert.deepEqual([titles(posts.data), posts.total], [['a', 'b'], 2]);

// update: of the row as it was seen
const { data: older } = await byline.update('users', { id: ada.id, data: { ...ada, age: 37 }, previousData: ada });
assert.deepEqual([older.age, older.version], [37, 1]);
for (const data of [{ ...ada, age: 38 }, { age: 38 }]) {
    const stale = await refusal(byline.update('users', { id: ada.id, data, previousData: ada }));
    assert.deepEqual([stale.status, stale.message], [412, 'The row is at version 1 now: read it again, then decide.']);
}
assert.equal((await refusal(byline.delete('users', { id: ada.id, previousData: ada }))).status, 412);

// what a form shows beside its fields
const invalid = await refusal(byline.create('posts', { data: { title: '', content: '', userId: 0 } }));
assert.equal(invalid.status, 422);
assert.equal(invalid.body.errors.title, 'must have 1 to 200 characters');

// updateMany, deleteMany, delete
const ids = posts.data.map(post => post.id);
assert.deepEqual(await byline.updateMany('posts', { ids, data: { content: mark } }), { data: ids });
assert.deepEqual((await byline.getMany('posts', { ids })).data.map(post => post.content), [mark, mark]);
assert.deepEqual(await byline.deleteMany('posts', { ids }), { data: ids });
assert.deepEqual((await byline.getMany('posts', { ids })).data, []);
const referred = await refusal(byline.delete('users', { id: ada.id, previousData: older }));
assert.deepEqual([referred.status, referred.message.includes('There are still posts')], [409, true]);
assert.deepEqual(await byline.delete('users', { id: bob.id, previousData: bob }), { data: bob });
assert.equal((await refusal(byline.getOne('users', { id: bob.id }))).status, 404);

// long rows: a page is whole, though the service answers with parts of it
const long = 'x'.repeat(100_000);
for (let i = 0; i < 12; i++) await byline.create('posts', { data: { title: 'long', content: long, userId: ada.id } });
const whole = await byline.getManyReference('posts', { ...ofHers, filter: { title: 'long' }, pagination: page(1, 12) });
assert.deepEqual([whole.data.length, new Set(whole.data.map(post => post.id)).size, whole.total], [12, 12, 12]);
