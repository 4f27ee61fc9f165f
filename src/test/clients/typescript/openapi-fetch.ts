import assert from 'node:assert/strict'
import createClient from 'openapi-fetch'
import type { components, paths } from './generated/openapi-typescript'
import { next } from './pages'

const client = createClient<paths>({
    baseUrl: process.env.BYLINE_URL!,
    headers: { Authorization: `Bearer ${process.env.BYLINE_TOKEN}` },
})

const { data: user } = await client.POST('/users', { body: { name: 'Ada', age: 36 } })
assert(user)
const { data: imported } = await client.POST('/users/{id}/posts/import', {
    params: { path: { id: user.id } },
    body: ['Note 1', 'Note 2', 'Note 3', 'Other'].map(title => ({ title, content: 'Text' })),
})
assert.equal(imported?.created, 4)

const notes: components['schemas']['Post'][] = []
let cursor: string | undefined
do {
    const page = await client.GET('/posts', {
        params: { query: { userId: [user.id], 'title:startsWith': 'Note', sort: '-title', limit: 2, cursor } },
    })
    notes.push(...page.data!)
    cursor = next(page.response.headers.get('Link'))
} while (cursor)
assert.deepEqual(notes.map(note => note.title), ['Note 3', 'Note 2', 'Note 1'])

const [note] = notes
const change = {
    params: { path: { id: note.id }, header: { 'If-Match': `"${note.version}"` } },
    body: { title: 'Changed' },
}
const { data: changed } = await client.PATCH('/posts/{id}', change)
assert.equal(changed?.title, 'Changed')
assert.equal(changed.version, note.version + 1)
const { error: problem } = await client.PATCH('/posts/{id}', change)
assert.equal(problem?.type, '/problems/stale' satisfies components['schemas']['Problem']['type'])

const { data: posts } = await client.GET('/users/{id}/posts', { params: { path: { id: user.id } } })
for (const { id } of posts!) {
    await client.DELETE('/posts/{id}', { params: { path: { id } } })
}
const { response } = await client.DELETE('/users/{id}', { params: { path: { id: user.id } } })
assert.equal(response.status, 204)
