import { createHttp, createRequests } from '@watchledger/client';
import { type ProblemCode, problemKinds } from '@watchledger/contract';
import { defaultPolicy, instant } from '@watchledger/rules';
import { createNotices } from '../layout/notice.ts';
import type { SignIn } from '../sign-in/signed-cookie.ts';
import { createSite, type Site } from './site.tsx';

/** What an API of a test answers, by `PUT /v1/trainings/t-1`; bodies of 200 may be given as they are. */
export type Answers = Readonly<Record<string, (request: Request) => Response | object>>;

/** No one of a list. */
export const nobody = () => ({ items: [], nextCursor: null });

export const tagged = (body: object, etag: string): Response => Response.json(body, { headers: { etag } });

/** As the API refuses. */
export function refusal(code: ProblemCode, errors: readonly object[] = []): Response {
  const { status, title } = problemKinds[code];
  const headers = { 'content-type': 'application/problem+json' };
  return Response.json(
    { type: 'about:blank', title, status, code, detail: title, errors },
    { status, headers },
  );
}

/** Sends forms to some pages as somebody who reads Chinese, over an API that answers so. */
export function sender(
  who: { readonly sub: string; readonly scope: string },
  pages: (site: Site) => void,
  answers: Answers,
) {
  const signer = { sign: (text: string) => text, verify: (text: string) => text };
  const signIn: SignIn = { ...who, until: instant(Number.MAX_SAFE_INTEGER) };
  const asked: Request[] = [];
  const http = createHttp({
    endpoint: 'http://api.invalid',
    token: 'any',
    async fetch(url, init) {
      const request = new Request(url, init);
      asked.push(request);
      const answer = answers[`${request.method} ${new URL(url).pathname}`]?.(request);
      if (answer === undefined) throw new Error(`The test answers no ${request.method} ${url}.`);
      return answer instanceof Response ? answer : Response.json(answer);
    },
  });
  const site = createSite({
    house: { policy: defaultPolicy, demo: false, signInPath: null },
    cookie: { give: () => {}, read: () => signIn, clear: () => {} },
    notices: createNotices({ signer, clock: () => instant(0), secure: false }),
    askAs: () => createRequests(http),
    log: (error) => {
      throw error;
    },
  });
  pages(site);
  return {
    asked,
    /** What comes of a form: where it leads and what it says there, or its page. */
    async send(path: string, fields: Readonly<Record<string, string>>) {
      const response = await site.app.request(`http://pages.invalid${path}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { 'sec-fetch-site': 'same-origin', 'accept-language': 'zh-CN' },
      });
      const said = /watchledger-notice=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1] ?? '';
      return {
        goesTo: response.headers.get('location'),
        says: said && JSON.parse(Buffer.from(said, 'base64url').toString()).notice.text,
        page: await response.text(),
      };
    },
  };
}
