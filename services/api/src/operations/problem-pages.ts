import { type ProblemCode, problemCodes, problemKinds } from '@watchledger/contract';
import { html } from 'hono/html';
import { page } from './page.ts';

/** What one problem means, in English and Chinese. */
export function problemPage(code: ProblemCode): string {
  const { status, title, explanation } = problemKinds[code];
  return page(
    title,
    html`<h1>${title}</h1>
<p><code>${code}</code> · HTTP ${status}</p>
<p>${explanation.en}</p>
<p lang="zh-CN">${explanation.zh}</p>
<p class="quiet"><a href="/problems">All problems · <span lang="zh-CN">全部问题</span></a></p>`,
  );
}

/** Every problem that the service answers with. */
export function problemsPage(): string {
  return page(
    'Problems',
    html`<h1>Problems · <span lang="zh-CN">问题</span></h1>
<table><tr><th>HTTP</th><th>code</th><th></th></tr>${problemCodes.map(
      (code) =>
        html`<tr><td>${problemKinds[code].status}</td><td><a href="/problems/${code}"><code>${code}</code></a></td><td>${problemKinds[code].title}</td></tr>`,
    )}</table>`,
  );
}
