import { embed } from './script-tag/embed.ts';
import { defineStatus } from './status/status-element.ts';

export { resume } from './coverage/resume.ts';
export { withCoverage } from './coverage/with-coverage.ts';
export { documentViewer } from './document/document-viewer.ts';
export { defineStatus, StatusElement } from './status/status-element.ts';
export { watch } from './watch.ts';

defineStatus();
const script = document.currentScript;
if (script instanceof HTMLScriptElement) embed(script);
