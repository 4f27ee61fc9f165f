import assert from 'node:assert/strict';
import { env } from 'node:process';
import type { CrudFilter, HttpError } from '@refinedev/core';
import { bylineDataProvider } from './bylineDataProvider.js';

const mark = crypto.randomUUID();
const byline = bylineDataProvider(env.BYLINE_URL!, () => env.BYLINE_TOKEN!);

const refusal = (promise: Promise<unknown>): Promise<HttpError> =>
    promise.then(() => assert.fail('this should have been refused'), error => error);
const titles = (rows: any[]) => rows.map(row => row.title);

// create, getOne
const { data: ada } = await byline.create({ resource: 'users', variables: { name: `Ada ${mark}`, age: 36 } });
const { data: bob } = await byline.create({ resource: 'users', variables: { name: `Bob ${mark}` } });
assert.deepEqual((await byline.getOne({ resource: 'users', id: ada.id! })).data, ada);
assert.equal((await refusal(byline.getOne({ resource: 'users', id: 0 }))).statusCode, 404);
const signedOut = bylineDataProvider(env.BYLINE_URL!);
assert.equal((await refusal(signedOut.create({ resource: 'users', variables: {} }))).statusCode, 401);

// getList: sort, filter, pages, total
for (const title of ['c', 'a', 'e', 'b', 'd']) {
    await byline.create({ resource: 'posts', variables: { title, content: `${mark} ${title}`, userId: ada.id } });
}
const ofAda = { field: 'userId', operator: 'eq', value: ada.id } as const;
const page = (currentPage: number) => byline.getList({
    resource: 'posts',
    filters: [ofAda, { field: 'title', operator: 'in', value: ['a', 'b', 'c', 'd'] }],
    sorters: [{ field: 'user.name', order: 'asc' }, { field: 'title', order: 'desc' }],
    pagination: { currentPage, pageSize: 3 },
});
const [first, second] = [await page(1), await page(2)];
assert.deepEqual([titles(first.data), first.total], [['d', 'c', 'b'], 4]);
assert.deepEqual([titles(second.data), second.total], [['a'], 4]);
assert.deepEqual(await page(3), { data: [], total: 4 });
const everything = await byline.getList({
    resource: 'posts',
    filters: [
        { field: 'user.name', operator: 'startswith', value: `ada ${mark}` },
        { field: 'title', operator: 'nin', value: ['a', 'b'] },
        { field: 'title', operator: 'gte', value: 'b' },
    ],
    sorters: [{ field: 'title', order: 'asc' }],
    pagination: { mode: 'off' },
});
assert.deepEqual(titles(everything.data), ['c', 'd', 'e']);
const users = (...filters: CrudFilter[]) => byline.getList({ resource: 'users', filters });
const marked = { field: 'name', operator: 'contains', value: mark } as const;
assert.deepEqual((await users({ field: 'age', operator: 'null', value: true }, marked)).data, [bob]);
const unknown = await refusal(users({ field: 'name', operator: 'endswith', value: 'x' }));
assert.equal(unknown.message, 'Byline has no filter endswith.');

// getMany; the posts of a user are a list with a filter
assert.deepEqual((await byline.getMany!({ resource: 'users', ids: [ada.id!, bob.id!] })).data, [ada, bob]);
const early = { field: 'title', operator: 'lt', value: 'c' } as const;
const { data: posts, total } = await byline.getList({ resource: 'posts', filters: [ofAda, early] });
assert.deepEqual([titles(posts).sort(), total], [['a', 'b'], 2]);

// update: of the row as it was seen
const update = (variables: object, meta?: object) => byline.update({ resource: 'users', id: ada.id!, variables, meta });
const { data: older } = await update({ ...ada, age: 37 });
assert.deepEqual([older.age, older.version], [37, 1]);
for (const stale of [await refusal(update({ ...ada, age: 38 })), await refusal(update({ age: 38 }, { version: 0 }))]) {
    assert.equal(stale.statusCode, 412);
    assert.equal(stale.message, 'The row is at version 1 now: read it again, then decide.');
}
const kept = await refusal(byline.deleteOne({ resource: 'users', id: ada.id!, meta: { version: 0 } }));
assert.equal(kept.statusCode, 412);
assert.equal((await update({ age: 38 })).data.version, 2, 'without a version, it overwrites any');

// what a form shows beside its fields
const invalid = await refusal(byline.create({ resource: 'posts', variables: { title: '', content: '', userId: 0 } }));
assert.equal(invalid.statusCode, 422);
assert.equal(invalid.errors!.title, 'must have 1 to 200 characters');

// updateMany, deleteMany, deleteOne
const ids = posts.map(post => post.id!);
const updated = await byline.updateMany!({ resource: 'posts', ids, variables: { content: mark } });
assert.deepEqual(updated.data.map(post => post.id), ids);
assert.deepEqual((await byline.getMany!({ resource: 'posts', ids })).data.map(post => post.content), [mark, mark]);
assert.deepEqual((await byline.deleteMany!({ resource: 'posts', ids })).data.map(post => post.id), ids);
assert.deepEqual((await byline.getMany!({ resource: 'posts', ids })).data, []);
const referred = await refusal(byline.deleteOne({ resource: 'users', id: ada.id! }));
assert.deepEqual([referred.statusCode, referred.message.includes('There are still posts')], [409, true]);
await byline.deleteOne({ resource: 'users', id: bob.id!, variables: { version: bob.version } });
assert.equal((await refusal(byline.getOne({ resource: 'users', id: bob.id! }))).statusCode, 404);

// long rows: a page is whole, though the service answers with parts of it
for (let i = 0; i < 12; i++) {
    const variables = { title: 'long', content: 'x'.repeat(100_000), userId: ada.id };
    await byline.create({ resource: 'posts', variables });
}
const long = { field: 'title', operator: 'eq', value: 'long' } as const;
const whole = await byline.getList({ resource: 'posts', filters: [ofAda, long], pagination: { pageSize: 12 } });
assert.deepEqual([whole.data.length, new Set(whole.data.map(post => post.id)).size, whole.total], [12, 12, 12]);
