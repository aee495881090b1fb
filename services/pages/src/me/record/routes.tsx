import type { Me, StudyRecord } from '@watchledger/contract';
import { answered } from '../../site/faults.ts';
import type { LearnerSite } from '../learner-site.tsx';
import { RecordPage } from './record-page.tsx';

const isMonth = (text: string) => /^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/.test(text);

export function recordPages(site: LearnerSite): void {
  site.show('/me/record', async ({ page, who, ask, today }) => {
    const year = today.slice(0, 4);
    const from = page.query.get('from')?.trim() || `${year}-01`;
    const to = page.query.get('to')?.trim() || `${year}-12`;
    const { record: texts } = page.texts.me;
    const faults = {
      from: isMonth(from) ? undefined : texts.monthFault,
      to: !isMonth(to) ? texts.monthFault : isMonth(from) && to < from ? texts.orderFault : undefined,
    };
    const me = await ask.json<Me>({ path: ['me'] });
    const isReadable = faults.from === undefined && faults.to === undefined;
    const outcome = isReadable
      ? await answered(ask.json<StudyRecord>({ path: ['learners', who.sub, 'record'], query: { from, to } }))
      : null;
    const record = outcome?.ok ? outcome.result : null;
    return (
      <RecordPage
        page={page}
        from={from}
        to={to}
        faults={faults}
        record={record}
        name={me.name ?? who.name ?? who.sub}
        institute={me.organisationName}
        today={today}
      />
    );
  });
}
