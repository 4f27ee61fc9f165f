/** The cursor of the next page, from the header `Link`; undefined on the last one. */
export function next(link: string | null): string | undefined {
    return link?.match(/[?&]cursor=([^&>]*)[^>]*>; rel="next"/)?.[1]
}
