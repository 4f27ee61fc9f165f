import assert from 'node:assert/strict'
import { Configuration, PostsApi, ProblemTypeEnum, ResponseError, UsersApi, type Post, type Problem } from './generated/typescript-fetch'
import { next } from './pages'

const configuration = new Configuration({
    basePath: process.env.BYLINE_URL!,
    accessToken: process.env.BYLINE_TOKEN!,
})
const users = new UsersApi(configuration)
const posts = new PostsApi(configuration)

const user = await users.createUser({ userInput: { name: 'Ada', age: 36 } })
const imported = await posts.importUserPosts({
    id: user.id,
    userPostInput: ['Note 1', 'Note 2', 'Note 3', 'Other'].map(title => ({ title, content: 'Text' })),
})
assert.equal(imported.created, 4)

const notes: Post[] = []
let cursor: string | undefined
do {
    const page = await posts.listPostsRaw({
        userId: [user.id],
        titleStartsWith: 'Note',
        sort: '-title',
        limit: 2,
        cursor,
    })
    notes.push(...(await page.value()))
    cursor = next(page.raw.headers.get('Link'))
} while (cursor)
assert.deepEqual(notes.map(note => note.title), ['Note 3', 'Note 2', 'Note 1'])

const [note] = notes
const change = { id: note.id, ifMatch: `"${note.version}"`, postPatch: { title: 'Changed' } }
const changed = await posts.updatePost(change)
assert.equal(changed.title, 'Changed')
assert.equal(changed.version, note.version + 1)
const refusal: unknown = await posts.updatePost(change).catch(error => error)
assert(refusal instanceof ResponseError)
const problem: Problem = await refusal.response.json()
assert.equal(problem.type, ProblemTypeEnum.STALE)

for (const { id } of await posts.listUserPosts({ id: user.id })) {
    await posts.deletePost({ id })
}
await users.deleteUser({ id: user.id })
