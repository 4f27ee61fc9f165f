// The token of the person at the keyboard. It is kept in this tab only, and sent to this service only.

const KEY = 'token';

export const token = () => sessionStorage.getItem(KEY);

export const signIn = text => sessionStorage.setItem(KEY, text);

export const signOut = () => sessionStorage.removeItem(KEY);

/** What the token says about its person. The service verifies it, this page does not. */
export function person() {
  const text = token();
  if (!text) {
    return null;
  }
  try {
    const payload = text.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), it => it.charCodeAt(0))));
    return { name: claims.sub ?? 'somebody', scopes: claims.scope ?? '', expires: new Date(claims.exp * 1000) };
  } catch {
    return { name: 'somebody', scopes: '', expires: null };
  }
}
