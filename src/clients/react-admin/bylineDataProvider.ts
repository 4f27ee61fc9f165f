import { fetchUtils, HttpError, type DataProvider, type GetListParams, type RaRecord } from 'ra-core';

/**
 * Byline for react-admin. Filters are the parameters of Byline's lists: `{ 'title:contains': 'hello' }`. A row that
 * somebody else has changed is neither overwritten nor deleted: the HttpError then has the status 412.
 *
 * @param url of the service, without a slash at the end
 * @param httpClient adds the token
 */
export const bylineDataProvider = (url: string, httpClient = fetchUtils.fetchJson): DataProvider => {
    const send = (path: string, options?: fetchUtils.Options) => httpClient(url + path, options).catch(explain);
    const row = (resource: string, id: RaRecord['id']) => `/${resource}/${encodeURIComponent(id)}`;
    const rows = (resource: string, query: object) => `/${resource}?${fetchUtils.queryParameters(query)}`;

    /** @param seen the row as the person saw it */
    const write = (method: string, path: string, data?: object, seen?: RaRecord) => {
        const headers = new Headers(seen?.version === undefined ? {} : { 'If-Match': `"${seen.version}"` });
        return send(path, { method, headers, body: data && JSON.stringify(data) });
    };

    const getList = async (resource: string, { pagination, sort, filter, signal }: GetListParams) => {
        const { page, perPage } = pagination ?? { page: 1, perPage: 20 };
        const order = sort && (sort.order === 'DESC' ? '-' : '') + sort.field;
        const query = { ...fetchUtils.flattenObject(filter), sort: order };
        const start = (page - 1) * perPage;
        const data: any[] = [];
        while (true) {
            const path = rows(resource, { ...query, offset: start + data.length, limit: perPage - data.length });
            const answer = await send(path, { headers: new Headers({ Prefer: 'count=exact' }), signal });
            const total = Number(answer.headers.get('X-Total-Count'));
            data.push(...answer.json);
            // An answer has fewer rows than its limit if their texts are very long.
            const isWhole = data.length === perPage || start + data.length >= total;
            if (isWhole || answer.json.length === 0) return { data, total };
        }
    };

    return {
        supportAbortSignal: true,
        getList,
        getManyReference: (resource, { target, id, filter, ...params }) =>
            getList(resource, { ...params, filter: { ...filter, [target]: id } }),
        getMany: (resource, { ids, signal }) =>
            getList(resource, { filter: { id: ids }, pagination: { page: 1, perPage: ids.length }, signal }),
        getOne: async (resource, { id, signal }) => ({ data: (await send(row(resource, id), { signal })).json }),
        create: async (resource, { data }) => ({ data: (await write('POST', `/${resource}`, data)).json }),
        update: async (resource, { id, data, previousData }) =>
            ({ data: (await write('PATCH', row(resource, id), data, previousData)).json }),
        updateMany: async (resource, { ids, data }) => {
            await write('PATCH', rows(resource, { id: ids }), data);
            return { data: ids };
        },
        delete: async (resource, { id, previousData }) => {
            await write('DELETE', row(resource, id), undefined, previousData);
            return { data: previousData ?? ({ id } as any) };
        },
        deleteMany: async (resource, { ids }) => {
            await write('DELETE', rows(resource, { id: ids }));
            return { data: ids };
        },
    };
};

/** A problem's sentence as the message, and what is wrong with members of the body beside the fields of the form. */
const explain = (error: Error): never => {
    if (!(error instanceof HttpError) || !error.body) throw error;
    const { title, detail, errors = [] } = error.body;
    const fields = errors.filter((each: any) => each.pointer).map((each: any) => [each.pointer.slice(2), each.detail]);
    const ofForm = fields.length ? Object.fromEntries(fields) : undefined;
    throw new HttpError(detail ?? title, error.status, { ...error.body, errors: ofForm });
};
