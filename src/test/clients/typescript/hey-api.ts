import assert from 'node:assert/strict'
import {
    createUser,
    deletePost,
    deleteUser,
    importUserPosts,
    listPosts,
    listUserPosts,
    updatePost,
    type Post,
} from './generated/hey-api'
import { client } from './generated/hey-api/client.gen'
import { next } from './pages'

client.setConfig({ baseUrl: process.env.BYLINE_URL!, auth: process.env.BYLINE_TOKEN!, throwOnError: true })
const throwOnError = true

const { data: user } = await createUser({ body: { name: 'Ada', age: 36 }, throwOnError })
const { data: imported } = await importUserPosts({
    path: { id: user.id },
    body: ['Note 1', 'Note 2', 'Note 3', 'Other'].map(title => ({ title, content: 'Text' })),
    throwOnError,
})
assert.equal(imported.created, 4)

const notes: Post[] = []
let cursor: string | undefined
do {
    const page = await listPosts({
        query: { userId: [user.id], 'title:startsWith': 'Note', sort: '-title', limit: 2, cursor },
        throwOnError,
    })
    notes.push(...page.data)
    cursor = next(page.response.headers.get('Link'))
} while (cursor)
assert.deepEqual(notes.map(note => note.title), ['Note 3', 'Note 2', 'Note 1'])

const [note] = notes
const change = {
    path: { id: note.id },
    headers: { 'If-Match': `"${note.version}"` },
    body: { title: 'Changed' },
}
const { data: changed } = await updatePost({ ...change, throwOnError })
assert.equal(changed.title, 'Changed')
assert.equal(changed.version, note.version + 1)
const { error: problem } = await updatePost({ ...change, throwOnError: false })
assert.equal(problem?.type, '/problems/stale')

const { data: posts } = await listUserPosts({ path: { id: user.id }, throwOnError })
for (const { id } of posts) {
    await deletePost({ path: { id }, throwOnError })
}
await deleteUser({ path: { id: user.id }, throwOnError })
