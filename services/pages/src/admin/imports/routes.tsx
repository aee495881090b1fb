import type { Scope } from '@watchledger/contract';
import { answered, refusedBecause } from '../../site/faults.ts';
import { sentTable } from '../../site/sent-table.ts';
import type { Site } from '../../site/site.tsx';
import { type Checked, type ImportKind, ImportPage } from './import-page.tsx';

const templates: Readonly<Record<ImportKind, string>> = {
  courseware: 'id,title,kind,limitHours\ncw-1,实验室安全,video,1.5\ncw-2,学术规范,document,1h30m\n',
  learners: 'learnerId,name,organisationId,active\nu-17,王芳,imr,true\nu-18,李明,,true\n',
};

/** Tables that are imported: of courseware, and the roster. */
export function importRoutes(site: Site): void {
  importOf(site, 'courseware', 'courseware:write');
  importOf(site, 'learners', 'admin');
}

function importOf(site: Site, kind: ImportKind, scope: Scope): void {
  const path = `/admin/${kind}/import`;
  site.show(path, scope, ({ page }) => <ImportPage page={page} kind={kind} checked={{ state: 'none' }} />);

  // The mark in front tells spreadsheets that it is UTF-8.
  site.show(`${path}/template`, scope, ({ c }) =>
    c.body(`\uFEFF${templates[kind]}`, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${kind}.csv"`,
    }),
  );

  site.take(path, scope, async ({ page, ask, form, goTo }) => {
    const { imports: texts } = page.texts.admin;
    const show = (checked: Checked) => <ImportPage page={page} kind={kind} checked={checked} />;
    const csv = await sentTable(form, 'csv');
    if (csv === 'no-text') return show({ state: 'none', problem: texts.notText });
    if (csv === null) return show({ state: 'none', problem: texts.nothing });
    const dryRun = !form.has('confirmed');
    const outcome = await answered(ask.importCsv([kind, 'import'], csv, { dryRun }));
    if (!outcome.ok) {
      const { faults } = outcome.refusal;
      if (faults.length > 0) return show({ state: 'faulty', csv, faults });
      return show({ state: 'none', csv, problem: refusedBecause(outcome.refusal, page.language) });
    }
    if (dryRun) return show({ state: 'sound', csv, would: outcome.result });
    const { created, updated } = outcome.result;
    return goTo(`/admin/${kind}`, { kind: 'good', text: texts[kind].done(created, updated) });
  });
}
