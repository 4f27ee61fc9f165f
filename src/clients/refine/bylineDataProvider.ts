import type { BaseKey, CrudFilter, DataProvider, GetListParams, HttpError } from '@refinedev/core';

/** What follows the name of the field in a filter's parameter. */
const OPERATORS: Partial<Record<CrudFilter['operator'], string>> = {
    eq: '', in: '', ne: ':ne', nin: ':ne', lt: ':lt', lte: ':lte', gt: ':gt', gte: ':gte',
    contains: ':contains', startswith: ':startsWith', null: ':null',
};

/**
 * Byline for refine. With the `version` of the row as the person saw it among the values (or in `meta`), an update or
 * a deletion is refused if somebody else has changed the row: the HttpError then has the statusCode 412.
 *
 * @param url of the service, without a slash at the end
 * @param token of the person who is signed in
 */
export const bylineDataProvider = (url: string, token: () => string | null = () => null): DataProvider => {
    const send = async (method: string, path: string, headers: Record<string, string> = {}, body?: object) => {
        if (token()) headers.Authorization = `Bearer ${token()}`;
        if (body) headers['Content-Type'] = 'application/json';
        const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
        if (!answer.ok) throw await refusal(answer);
        const data = answer.status === 204 ? undefined : await answer.json();
        return { data, total: Number(answer.headers.get('X-Total-Count')) };
    };
    const seen = (version?: number): Record<string, string> =>
        version === undefined ? {} : { 'If-Match': `"${version}"` };
    const row = (resource: string, id: BaseKey) => `/${resource}/${encodeURIComponent(id)}`;
    const rows = (resource: string, query: string[][]) => `/${resource}?${new URLSearchParams(query)}`;
    const byIds = (ids: BaseKey[]): CrudFilter => ({ field: 'id', operator: 'in', value: ids });

    const getList = async ({ resource, pagination, sorters = [], filters = [] }: GetListParams) => {
        const { currentPage = 1, pageSize = 10, mode = 'server' } = pagination ?? {};
        const [start, size] = mode === 'server' ? [(currentPage - 1) * pageSize, pageSize] : [0, Infinity];
        const query = filters.flatMap(parameters);
        const order = sorters.map(({ field, order }) => (order === 'desc' ? '-' : '') + field);
        if (order.length) query.push(['sort', order.join()]);
        const data: any[] = [];
        while (true) {
            const place = [['offset', `${start + data.length}`], ['limit', `${Math.min(size - data.length, 1000)}`]];
            const page = await send('GET', rows(resource, [...query, ...place]), { Prefer: 'count=exact' });
            data.push(...page.data);
            // An answer has fewer rows than its limit if their texts are very long.
            const isWhole = data.length === size || start + data.length >= page.total;
            if (isWhole || page.data.length === 0) return { data, total: page.total };
        }
    };

    return {
        getApiUrl: () => url,
        getList,
        getMany: ({ resource, ids }) => getList({ resource, filters: [byIds(ids)], pagination: { mode: 'off' } }),
        getOne: ({ resource, id }) => send('GET', row(resource, id)),
        create: ({ resource, variables }) => send('POST', `/${resource}`, {}, variables as object),
        update: ({ resource, id, variables, meta }) => {
            const { version = meta?.version, ...values } = variables as { version?: number };
            return send('PATCH', row(resource, id), seen(version), values);
        },
        updateMany: async ({ resource, ids, variables }) => {
            await send('PATCH', rows(resource, parameters(byIds(ids))), {}, variables as object);
            return { data: ids.map(id => ({ id }) as any) };
        },
        deleteOne: async ({ resource, id, variables, meta }) => {
            const { version = meta?.version } = (variables ?? {}) as { version?: number };
            await send('DELETE', row(resource, id), seen(version));
            return { data: { id } as any };
        },
        deleteMany: async ({ resource, ids }) => {
            await send('DELETE', rows(resource, parameters(byIds(ids))));
            return { data: ids.map(id => ({ id }) as any) };
        },
    };
};

const parameters = (filter: CrudFilter): string[][] => {
    const operator = OPERATORS[filter.operator];
    if (operator === undefined || !('field' in filter)) throw new Error(`Byline has no filter ${filter.operator}.`);
    return [filter.value].flat().map(value => [filter.field + operator, `${value}`]);
};

/** A problem's sentence as the message, and what is wrong with members of the body beside the fields of the form. */
const refusal = async (answer: Response): Promise<HttpError> => {
    const { title, detail, errors = [] } = await answer.json().catch(() => ({ title: answer.statusText }));
    const fields = errors.filter((each: any) => each.pointer).map((each: any) => [each.pointer.slice(2), each.detail]);
    return Object.assign(new Error(detail ?? title), { statusCode: answer.status, errors: Object.fromEntries(fields) });
};
