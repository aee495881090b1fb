import type { StudyRecord } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { described, Field } from '../../parts/field.tsx';
import { MePage } from '../me-page.tsx';
import { RecordLists } from './record-lists.tsx';
import { Summary } from './summary.tsx';

interface RecordPageProps {
  page: Page;
  /** Months `YYYY-MM`, or what was typed instead. */
  from: string;
  to: string;
  faults: { readonly from?: string | undefined; readonly to?: string | undefined };
  /** Null where the months cannot be read. */
  record: StudyRecord | null;
  name: string;
  institute: string | null;
  today: string;
}

/** A learner's record for a range of months, as the guide shows it, on a screen and on paper. */
export function RecordPage(props: RecordPageProps) {
  const { page, record, name, institute, from, to, today } = props;
  const { format, texts } = page;
  const { record: words } = texts.me;
  const isEmpty =
    record !== null &&
    record.total.seconds === 0 &&
    record.exams.length + record.trainings.length + record.activities.length + record.courseware.length === 0;
  return (
    <MePage
      page={page}
      title={words.title}
      scripts={['print.js']}
      aside={
        <button type="button" class="second screen-only" data-print hidden>
          {words.print}
        </button>
      }
    >
      <Months {...props} />
      {record !== null && (
        <div class="record">
          <dl class="on-paper">
            <div>
              <dt>{words.person}</dt>
              <dd>{name}</dd>
            </div>
            {institute !== null && (
              <div>
                <dt>{words.institute}</dt>
                <dd>{institute}</dd>
              </div>
            )}
            <div>
              <dt>{words.range}</dt>
              <dd>
                {from}~{to}
              </dd>
            </div>
            <div>
              <dt>{words.printedOn}</dt>
              <dd>{format.day(today)}</dd>
            </div>
          </dl>
          <Summary page={page} record={record} />
          {isEmpty ? (
            <Blank title={words.empty} text={words.emptyText} />
          ) : (
            <RecordLists page={page} record={record} />
          )}
        </div>
      )}
    </MePage>
  );
}

function Months({ page, from, to, faults }: RecordPageProps) {
  const { record: words } = page.texts.me;
  const lang = page.query.get('lang');
  return (
    <form method="get" action={page.path} class="filters">
      {lang !== null && <input type="hidden" name="lang" value={lang} />}
      <Field name="from" label={words.from} fault={faults.from}>
        <input
          {...described('from', { fault: faults.from })}
          type="month"
          value={from}
          placeholder="2026-01"
        />
      </Field>
      <Field name="to" label={words.to} fault={faults.to}>
        <input {...described('to', { fault: faults.to })} type="month" value={to} placeholder="2026-12" />
      </Field>
      <button type="submit">{words.query}</button>
    </form>
  );
}
