// Users and posts as the documentation of Fastify and of node-postgres has one write them, for src/bench/rivals: the paths, members and rows of
// Byline that the benchmark asks for. PORT says where it listens, and PGHOST, PGPORT and so on which database it uses.
import cluster from 'node:cluster';
import Fastify from 'fastify';
import pg from 'pg';

const WORKERS = 2;

if (cluster.isPrimary) {
    for (let worker = 0; worker < WORKERS; worker++) cluster.fork();
    cluster.on('exit', () => process.exit(1));
} else {
    await serve();
}

async function serve() {
    const app = Fastify();

    // --- The schemas of answers and requests

    const user = {
        type: 'object',
        properties: {
            id: { type: 'integer' },
            name: { type: 'string' },
            age: { type: ['integer', 'null'] },
            createdAt: { type: 'string', format: 'date-time' },
            updatedAt: { type: 'string', format: 'date-time' },
            version: { type: 'integer' },
        },
    };
    const post = {
        type: 'object',
        properties: {
            id: { type: 'integer' },
            title: { type: 'string' },
            content: { type: 'string' },
            userId: { type: 'integer' },
            createdAt: { type: 'string', format: 'date-time' },
            updatedAt: { type: 'string', format: 'date-time' },
            version: { type: 'integer' },
            user,
        },
    };
    const posts = { type: 'array', items: post };
    const newPost = {
        type: 'object',
        required: ['title', 'content', 'userId'],
        properties: {
            title: { type: 'string', minLength: 1, maxLength: 200 },
            content: { type: 'string', maxLength: 100_000 },
            userId: { type: 'integer' },
        },
    };
    const params = { type: 'object', properties: { id: { type: 'integer' } } };
    const querystring = {
        type: 'object',
        properties: {
            limit: { type: 'integer', minimum: 1, maximum: 1000, default: 20 },
            embed: { type: 'string', enum: ['user'] },
        },
    };

    // --- The statements

    pg.types.setTypeParser(pg.types.builtins.INT8, Number);
    // As many connections as Byline's pool has, divided by the processes.
    const pool = new pg.Pool({ max: 12 / WORKERS });

    const columns = `p.id, p.title, p.content, p.user_id as "userId",
        p.created_at as "createdAt", p.updated_at as "updatedAt", p.version`;
    const statements = {
        user: `select id, name, age, created_at as "createdAt", updated_at as "updatedAt", version from users where id = $1`,
        posts: `select ${columns} from posts p order by p.id limit $1`,
        postsWithUsers: `select ${columns}, u.name as "userName", u.age as "userAge",
                u.created_at as "userCreatedAt", u.updated_at as "userUpdatedAt", u.version as "userVersion"
            from posts p join users u on u.id = p.user_id order by p.id limit $1`,
        postsOf: `select ${columns} from posts p where p.user_id = $1 order by p.id limit $2`,
        create: `insert into posts as p (title, content, user_id) values ($1, $2, $3) returning ${columns}`,
    };
    // A statement with a name is prepared once on each connection.
    const rows = async (name, ...values) => (await pool.query({ name, text: statements[name], values })).rows;

    // The schema of the answer leaves out the row's other members.
    const withUser = (row) => ({
        ...row,
        user: {
            id: row.userId,
            name: row.userName,
            age: row.userAge,
            createdAt: row.userCreatedAt,
            updatedAt: row.userUpdatedAt,
            version: row.userVersion,
        },
    });

    // --- The routes

    app.get('/users/:id', { schema: { params, response: { 200: user } } }, async ({ params }, reply) => {
        const [found] = await rows('user', params.id);
        return found ?? reply.callNotFound();
    });

    app.get('/posts', { schema: { querystring, response: { 200: posts } } }, async ({ query }) =>
        query.embed ? (await rows('postsWithUsers', query.limit)).map(withUser) : rows('posts', query.limit),
    );

    app.get('/users/:id/posts', { schema: { params, querystring, response: { 200: posts } } }, async ({ params, query }) =>
        rows('postsOf', params.id, query.limit),
    );

    app.post('/posts', { schema: { body: newPost, response: { 201: post } } }, async ({ body }, reply) => {
        const [created] = await rows('create', body.title, body.content, body.userId);
        return reply.code(201).send(created);
    });

    await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
}
