import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Answers with a whole page; `status` is an HTTP one that allows a body. */
export function showPage(c: Context, page: Child, status = 200): Response | Promise<Response> {
  return c.html(html`<!doctype html>${page}`, status as ContentfulStatusCode);
}
