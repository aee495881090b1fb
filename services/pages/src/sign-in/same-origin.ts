/**
 * Whether a POST was made by a page of this service. Browsers say so in headers that no script can forge; a
 * request without either of them is not taken for one. Only the host is compared, as TLS may end at a proxy.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('Sec-Fetch-Site');
  const origin = request.headers.get('Origin');
  if (site !== null && site !== 'same-origin') return false;
  if (origin === null) return site === 'same-origin';
  const host = request.headers.get('Host') ?? new URL(request.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}
