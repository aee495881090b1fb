import type { Imported } from '@watchledger/contract';
import { answered, refusedBecause } from '../../../site/faults.ts';
import type { Site } from '../../../site/site.tsx';
import { textOf } from '../../../site/text-file.ts';
import { ImportPage } from './import-page.tsx';
import { template } from './template.ts';

/** Registers many trainings from a table, after a look at what it would do. */
export function importRoutes(site: Site): void {
  site.show('/review/trainings/import', 'review', ({ page }) => <ImportPage page={page} />);

  site.show(
    '/review/trainings/import/template.csv',
    'review',
    () =>
      new Response(template, {
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': 'attachment; filename="trainings.csv"',
        },
      }),
  );

  site.take('/review/trainings/import', 'review', async ({ page, ask, form, goTo }) => {
    const { import: texts } = page.texts.review;
    const [file] = form.files('file');
    const text = file === undefined ? (form.text('text') ?? '') : await textOf(file);
    if (text.trim() === '') return <ImportPage page={page} trouble={texts.empty} />;
    const dryRun = !form.has('import') || file !== undefined;
    const outcome = await answered(ask.importCsv(['trainings', 'import'], text, { dryRun }));
    if (!outcome.ok) {
      const { faults } = outcome.refusal;
      const trouble = faults.length > 0 ? undefined : refusedBecause(outcome.refusal, page.language);
      return <ImportPage {...{ page, text, faults, trouble }} />;
    }
    const checked: Imported = outcome.result;
    if (dryRun) return <ImportPage {...{ page, text, checked }} />;
    return goTo('/review/trainings', { kind: 'good', text: texts.done(checked.created, checked.updated) });
  });
}
