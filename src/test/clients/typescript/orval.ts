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
} from './generated/orval'
import { next } from './pages'

const user = await createUser({ name: 'Ada', age: 36 })
assert(user.status === 201)
const { id } = user.data
const imported = await importUserPosts(
    id,
    ['Note 1', 'Note 2', 'Note 3', 'Other'].map(title => ({ title, content: 'Text' })),
)
assert(imported.status === 200)
assert.equal(imported.data.created, 4)

const notes: Post[] = []
let cursor: string | undefined
do {
    const page = await listPosts({ userId: [id], 'title:startsWith': 'Note', sort: '-title', limit: 2, cursor })
    assert(page.status === 200)
    notes.push(...page.data)
    cursor = next(page.headers.get('Link'))
} while (cursor)
assert.deepEqual(notes.map(note => note.title), ['Note 3', 'Note 2', 'Note 1'])

const [note] = notes
const change = () => updatePost(note.id, { title: 'Changed' }, { headers: { 'If-Match': `"${note.version}"` } })
const changed = await change()
assert(changed.status === 200)
assert.equal(changed.data.title, 'Changed')
assert.equal(changed.data.version, note.version + 1)
const refused = await change()
assert(refused.status === 412)
assert.equal(refused.data.type, '/problems/stale')

const posts = await listUserPosts(id)
assert(posts.status === 200)
for (const post of posts.data) {
    await deletePost(post.id)
}
const deleted = await deleteUser(id)
assert.equal(deleted.status, 204)
