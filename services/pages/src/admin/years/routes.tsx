import { WatchLedgerError } from '@watchledger/client';
import type { AccountingYear, YearComparison, YearsPage } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { answered, type Refusal, refusedBecause } from '../../site/faults.ts';
import type { Site } from '../../site/site.tsx';
import { faultIn } from '../../texts/faults.ts';
import { wordOf } from '../../texts/word-of.ts';
import { AskFirst } from '../ask-first.tsx';
import { ReasonField } from '../reason-field.tsx';
import { Closings } from './closings.ts';
import { ComparisonPage, comparisonCsv } from './comparison-page.tsx';
import { AllYearsPage } from './years-page.tsx';

const path = '/admin/years';
/** Nobody looks at a page that loads for longer; with few learners it is over by then. */
const patienceMs = 1_500;

/** Years are closed, reopened, and compared with what today would say. */
export function yearsRoutes(site: Site): void {
  const closings = new Closings();

  site.show(path, 'admin', async ({ page, ask }) => {
    const { items } = await ask.json<YearsPage>({ path: ['years'] });
    const failures = items.flatMap(({ year, state }) => {
      const why = state === 'closed' ? undefined : closings.failureOf(year);
      return why === undefined ? [] : [page.texts.admin.years.failed(year, wordsOf(page, why))];
    });
    return <AllYearsPage page={page} years={items} failures={failures} now={Date.now()} />;
  });

  site.show(`${path}/:year/close`, 'admin', ({ page, part }) => (
    <ClosePage page={page} year={Number(part('year'))} />
  ));
  site.take(`${path}/:year/close`, 'admin', async ({ page, ask, form, part, goTo }) => {
    const year = Number(part('year'));
    const { years: texts } = page.texts.admin;
    const reason = form.text('reason');
    const body = { reason, leavePending: form.has('leavePending') };
    const asked = ask.json<AccountingYear>({ method: 'POST', path: ['years', String(year), 'close'], body });
    const outcome = await closings.begin(year, asked, patienceMs);
    if (outcome === null) return goTo(path, { kind: 'good', text: texts.started(year) });
    if (outcome.ok) return goTo(path, { kind: 'good', text: texts.closed(year) });
    const pending = pendingIn(outcome.why);
    if (pending !== null) return <ClosePage page={page} year={year} pending={pending} reason={reason} />;
    if (outcome.why instanceof WatchLedgerError && outcome.why.status < 500)
      return goTo(path, { kind: 'bad', text: wordsOf(page, outcome.why) });
    throw outcome.why;
  });

  site.show(`${path}/:year/reopen`, 'admin', ({ page, part }) => (
    <ReopenPage page={page} year={Number(part('year'))} />
  ));
  site.take(`${path}/:year/reopen`, 'admin', async ({ page, ask, form, part, goTo }) => {
    const year = Number(part('year'));
    const reason = form.text('reason');
    if (reason === undefined) return <ReopenPage page={page} year={year} fault />;
    const asked = ask.json({ method: 'POST', path: ['years', String(year), 'reopen'], body: { reason } });
    const outcome = await answered(asked);
    const { years: texts } = page.texts.admin;
    return goTo(
      path,
      outcome.ok
        ? { kind: 'good', text: texts.reopened(year) }
        : { kind: 'bad', text: refusedWords(page, outcome.refusal) },
    );
  });

  site.show(`${path}/:year/comparison`, 'admin', async ({ page, ask, part }) => (
    <ComparisonPage page={page} comparison={await ask.json<YearComparison>(comparisonOf(part('year')))} />
  ));
  site.show(`${path}/:year/comparison.csv`, 'admin', async ({ c, ask, part }) => {
    const comparison = await ask.json<YearComparison>(comparisonOf(part('year')));
    return c.body(comparisonCsv(comparison), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="comparison-${comparison.year}.csv"`,
    });
  });
}

const comparisonOf = (year: string) => ({ path: ['years', year, 'comparison'] });

interface Pending {
  readonly activities: number;
  readonly enrolments: number;
}

/** What keeps a year open, where that is why it was not closed. */
function pendingIn(why: unknown): Pending | null {
  if (!(why instanceof WatchLedgerError)) return null;
  const pending = (why.problem as { readonly pending?: Pending } | null)?.pending;
  return pending ?? null;
}

const wordsOf = (page: Page, why: unknown): string => {
  if (!(why instanceof WatchLedgerError)) return page.texts.problems.text;
  return refusedWords(page, { code: why.code, detail: why.message, faults: [] });
};

const refusedWords = (page: Page, refusal: Refusal): string =>
  wordOf(page.texts.admin.years.refused, refusal.code) ?? refusedBecause(refusal, page.language);

interface ClosePageProps {
  page: Page;
  year: number;
  pending?: Pending;
  /** As it was typed. */
  reason?: string | undefined;
}

function ClosePage({ page, year, pending, reason }: ClosePageProps) {
  const { years: texts } = page.texts.admin;
  return (
    <AskFirst
      page={page}
      title={texts.closeTitle(year)}
      texts={texts.closeTexts}
      action={`${path}/${year}/close`}
      go={texts.closeGo}
      back={path}
    >
      {pending !== undefined && (
        <div class="note warn" role="alert">
          <p>{texts.pending(pending.activities, pending.enrolments)}</p>
          <p>
            <a href={page.link('/review')}>{texts.goReview}</a>
          </p>
          <label class="check">
            <input type="checkbox" name="leavePending" value="yes" /> {texts.leavePending}
          </label>
        </div>
      )}
      <ReasonField page={page} value={reason} />
    </AskFirst>
  );
}

function ReopenPage({ page, year, fault = false }: { page: Page; year: number; fault?: boolean }) {
  const { years: texts } = page.texts.admin;
  return (
    <AskFirst
      page={page}
      title={texts.reopenTitle(year)}
      texts={texts.reopenTexts}
      action={`${path}/${year}/reopen`}
      go={texts.reopenGo}
      back={path}
    >
      <ReasonField
        page={page}
        label={texts.reopenWhy}
        required
        fault={fault ? faultIn(page.language, 'is required') : undefined}
      />
    </AskFirst>
  );
}
