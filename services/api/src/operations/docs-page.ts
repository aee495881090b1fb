import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { page } from './page.ts';

export type ApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

type OperationObject = NonNullable<NonNullable<ApiDocument['paths']>[string]['get']>;
interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationObject;
}

/** The OpenAPI document as a page to read: the calls by their tag, then the messages. */
export function docsPage(document: ApiDocument): string {
  const byTag = Map.groupBy(callsOf(document), ({ operation }) => operation.tags?.[0] ?? 'Other');
  return page(
    document.info.title,
    html`<h1>${document.info.title}</h1>
<p>${document.info.description ?? ''}</p>
<p><a href="/openapi.json">OpenAPI 3.1</a> · <a href="/problems">Problems</a></p>
${[...byTag].map(([tag, calls]) => html`<h2>${tag}</h2>${calls.map(section)}`)}
<h2>Messages</h2>
${Object.entries(document.components?.schemas ?? {}).map(
  ([name, schema]) => html`<h3 id="${name}">${name}</h3><pre>${JSON.stringify(schema, null, 2)}</pre>`,
)}`,
  );
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const callsOf = (document: ApiDocument): Call[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation ? [{ method, path, operation }] : [];
    }),
  );

function section({ method, path, operation }: Call) {
  const scope: unknown = operation['x-scope'];
  const body = operation.requestBody;
  return html`<h3><span class="method">${method}</span> <code>${path}</code></h3>
<p>${operation.summary}. ${operation.description ?? ''} <span class="quiet">${scope ? `Scope: ${scope}.` : 'No token needed.'}</span></p>
<table>
${operation.parameters?.map((parameter) =>
  'name' in parameter
    ? html`<tr><td>${parameter.in}</td><td><code>${parameter.name}</code>${parameter.required ? '' : ' ?'}</td><td>${parameter.description ?? ''}</td></tr>`
    : '',
)}
${body && 'content' in body ? html`<tr><td>body</td><td colspan="2">${messages(body.content)}</td></tr>` : ''}
${Object.entries(operation.responses ?? {}).map(
  ([status, response]) =>
    html`<tr><td>${status}</td><td colspan="2">${response.description} ${messages(response.content)}</td></tr>`,
)}
</table>`;
}

function messages(content: object | undefined) {
  return Object.entries(content ?? {}).map(([type, { schema }]) => {
    const name = String(schema?.$ref ?? '')
      .split('/')
      .at(-1);
    return html`<code>${type}</code>${name ? html` <a href="#${name}">${name}</a>` : ''} `;
  });
}
