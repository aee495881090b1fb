import { embed } from './script-tag/embed.ts';
import { defineStatus } from './status/status-element.ts';

export * from './index.ts';
export { defineStatus, StatusElement } from './status/status-element.ts';

defineStatus();
const script = document.currentScript;
if (script instanceof HTMLScriptElement) embed(script);
