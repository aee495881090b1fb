import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Headers } from '../http/headers.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h2 { margin-top: 2.5rem; } h3 { margin: 1.75rem 0 .25rem; font-size: 1rem; }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; border-radius: .375rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884; }
.method { display: inline-block; min-width: 4.5rem; text-transform: uppercase; font-weight: 700; }
.quiet { opacity: .75; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** A page that loads nothing and runs nothing. */
export const pageHeaders: Headers = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
};

/** A whole page around its content. */
export const page = (title: string, content: unknown): string =>
  String(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · WatchLedger</title><style>${raw(style)}</style></head>
<body>${content}</body>
</html>`);
