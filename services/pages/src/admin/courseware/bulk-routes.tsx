import type { Notice } from '../../layout/notice.ts';
import type { Page } from '../../layout/page.ts';
import type { Site } from '../../site/site.tsx';
import { faultIn } from '../../texts/faults.ts';
import {
  type BulkChange,
  bulkChangeIn,
  chosenFor,
  fieldsOf,
  mostAtOnce,
  type Patched,
  patchAll,
  patchesOf,
  previewOfBulk,
  undoOf,
} from './bulk.ts';
import { BulkPage } from './bulk-page.tsx';
import { backToList, pathOfList } from './paths.ts';
import { withNames } from './with-names.ts';

/** Several courseware are changed at once: chosen in the list, looked at, confirmed. */
export function bulkRoutes(site: Site): void {
  site.take(pathOfList, 'courseware:write', async (sent) => {
    const { page, ask, form, goTo } = sent;
    const { courseware: texts } = page.texts.admin;
    const { bulk } = texts;
    const back = backToList(form.text('from'));
    const say = (text: string, kind: 'good' | 'bad' = 'bad') => goTo(back, { kind, text });
    const change = bulkChangeIn(form);
    if (change === null) return say(texts.notSaved(faultIn(page.language, 'must be hours such as 1.5')));
    const rows = form.all('row').slice(0, mostAtOnce).map(rowIn);
    const ids = form.has('confirmed') ? rows.map(({ id }) => id) : form.all('id').slice(0, mostAtOnce);
    if (ids.length === 0) return say(bulk.noneChosen);
    const chosen = await chosenFor(ask, ids, change);
    if (chosen.length === 0) return say(bulk.nothingToDo, 'good');
    if (!form.has('confirmed')) {
      const found = await previewOfBulk(ask, chosen, change);
      const preview = found && (await withNames(sent, found));
      return <BulkPage page={page} change={change} chosen={chosen} preview={preview} back={back} />;
    }
    const result = await patchAll(ask, patchesFor(rows, change));
    const undo = undoOf(chosen, result.done, change);
    return goTo(back, {
      ...told(page, result, bulk.done),
      undo:
        undo === null
          ? undefined
          : { action: page.link(`${pathOfList}/~undo`), label: texts.undo, fields: { undo } },
    });
  });

  site.take(`${pathOfList}/~undo`, 'courseware:write', async ({ page, ask, form, goTo }) => {
    const result = await patchAll(ask, patchesOf(form.text('undo') ?? ''));
    return goTo(pathOfList, told(page, result, page.texts.admin.courseware.bulk.restored));
  });
}

/** What has become of them; `all` says that it was all of them. */
function told(page: Page, { done, left, failed }: Patched, all: (count: number) => string): Notice {
  const { bulk } = page.texts.admin.courseware;
  const texts = [
    ...(left.length > 0 ? [bulk.partly(done.length, left.length)] : [all(done.length)]),
    ...(failed.length > 0 ? [bulk.failed(failed.length)] : []),
  ];
  return { kind: left.length + failed.length === 0 ? 'good' : 'bad', text: texts.join(' ') };
}

/** A chosen row and the version that its admin has seen. */
function rowIn(text: string): { readonly id: string; readonly etag: string } {
  const [id = '', etag = ''] = text.split(' ');
  return { id, etag };
}

const patchesFor = (rows: readonly { readonly id: string; readonly etag: string }[], change: BulkChange) =>
  rows.map(({ id, etag }) => ({ id, etag, fields: fieldsOf(change) }));
