/** How the functions that orval generates send their requests. */
export async function send<T>(path: string, request: RequestInit): Promise<T> {
    const headers = new Headers(request.headers)
    headers.set('Authorization', `Bearer ${process.env.BYLINE_TOKEN}`)
    const response = await fetch(process.env.BYLINE_URL + path, { ...request, headers })
    const body = await response.text()
    return { status: response.status, headers: response.headers, data: body ? JSON.parse(body) : undefined } as T
}
