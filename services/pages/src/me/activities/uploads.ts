import type { EvidenceFile } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import type { Ask } from '../../site/ask.ts';
import { answered, refusedBecause } from '../../site/faults.ts';
import type { KeptFile } from './declaration.ts';

/** Hands over the files of a form, one after the other; each that is refused is told by its name. */
export async function uploadAll(
  ask: Ask,
  page: Page,
  files: readonly File[],
): Promise<{ readonly kept: readonly KeptFile[]; readonly faults: readonly string[] }> {
  const { faults: words } = page.texts.me.activities;
  const kept: KeptFile[] = [];
  const faults: string[] = [];
  for (const file of files) {
    const name = nameOf(file);
    const outcome = await answered(
      ask.json<EvidenceFile>({
        method: 'POST',
        path: ['evidence'],
        query: { name },
        body: new Uint8Array(await file.arrayBuffer()),
        headers: { 'content-type': file.type || 'application/octet-stream' },
      }),
    );
    if (outcome.ok) kept.push({ fileId: outcome.result.fileId, name });
    else if (outcome.refusal.code === 'payload-too-large') faults.push(words.fileTooLarge(name));
    else if (outcome.refusal.code === 'unsupported-media-type') faults.push(words.fileType(name));
    else faults.push(words.fileRefused(name, refusedBecause(outcome.refusal, page.language)));
  }
  return { kept, faults };
}

/** Without what a name may not have, and not too long. */
const nameOf = ({ name }: File): string =>
  name
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(-200) || 'file';
