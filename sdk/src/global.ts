import { resume } from './coverage/resume.ts';
import { withCoverage } from './coverage/with-coverage.ts';
import { documentViewer } from './document/document-viewer.ts';
import { embed } from './script-tag/embed.ts';
import * as status from './status/status-element.ts';
import * as watching from './watch.ts';

/** A page may have this script twice, for two players: they are one client then, and share what is shown. */
const first = (globalThis as { WatchLedger?: typeof watching & typeof status }).WatchLedger;
export const { watch } = first ?? watching;
export const { defineStatus, showEverywhere, StatusElement } = first ?? status;
export { documentViewer, resume, withCoverage };

defineStatus();
const script = document.currentScript;
if (script instanceof HTMLScriptElement) embed(script, { watch, showEverywhere });
