import { defineConfig } from 'orval'

export default defineConfig({
    byline: {
        input: process.env.BYLINE_OPENAPI!,
        output: {
            target: 'generated/orval.ts',
            client: 'fetch',
            override: { mutator: { path: 'orval-send.ts', name: 'send' } },
        },
    },
})
