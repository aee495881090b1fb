import type { StudyRecord } from '@watchledger/contract';
import type { Child } from 'hono/jsx';
import type { Page } from '../../layout/page.ts';

/** The lists behind the sums; those without anything are left out. */
export function RecordLists({ page, record }: { page: Page; record: StudyRecord }) {
  const { format, texts } = page;
  const { lists, columns, passed, failed } = texts.me.record;
  const time = (seconds: number) => format.duration(seconds);
  const whole = (day: string) => <span class="whole-day">{day}</span>;
  const of = (category: string) => record.activities.filter((each) => each.category === category);
  const declared = (activities: StudyRecord['activities'], where: boolean) =>
    activities.map((each) => [
      each.title,
      each.provider ?? '',
      ...(where ? [[each.country, each.place].filter(Boolean).join(' ')] : []),
      whole(format.day(each.from)),
      whole(format.day(each.to)),
      time(each.grantedSeconds ?? 0),
      time(each.creditedSeconds),
    ]);
  const declaredColumns = [
    columns.name,
    columns.provider,
    columns.from,
    columns.to,
    columns.granted,
    columns.credited,
  ];
  return (
    <>
      <List
        caption={lists.trainings}
        columns={[
          columns.training,
          columns.place,
          columns.form,
          columns.category,
          columns.method,
          columns.classification,
          columns.organiser,
          columns.starts,
          columns.ends,
          columns.total,
          columns.online,
          columns.offline,
        ]}
        rows={record.trainings.map((each) => [
          each.title,
          each.place,
          each.form,
          each.category,
          each.method ?? '',
          each.classification ?? '',
          each.organiser,
          whole(format.dayOf(each.startsAt)),
          whole(format.dayOf(each.endsAt)),
          time(each.totalSeconds),
          time(each.onlineSeconds),
          time(each.offlineSeconds),
        ])}
      />
      <List
        caption={lists.external}
        columns={declaredColumns.toSpliced(2, 0, columns.place)}
        rows={declared(of('offline'), true)}
      />
      <List caption={lists.selfStudy} columns={declaredColumns} rows={declared(of('self-study'), false)} />
      <List
        caption={lists.courseware}
        columns={[columns.name, columns.granted, columns.credited, columns.last]}
        rows={record.courseware.map((each) => [
          each.title,
          time(each.watchedSeconds),
          time(each.creditedSeconds),
          whole(format.dayOf(each.lastWatchedAt)),
        ])}
      />
      <List caption={lists.network} columns={declaredColumns} rows={declared(of('online'), false)} />
      <List
        caption={lists.exams}
        columns={[columns.exam, columns.takenOn, columns.result, columns.score]}
        rows={record.exams.map((each) => [
          each.title,
          whole(format.day(each.takenOn)),
          each.passed ? passed : failed,
          each.score === null || each.score === undefined ? '' : format.number(each.score),
        ])}
      />
    </>
  );
}

function List(props: { caption: string; columns: readonly string[]; rows: readonly (readonly Child[])[] }) {
  const { caption, columns, rows } = props;
  if (rows.length === 0) return null;
  return (
    <section class="sheet">
      <h2>{caption}</h2>
      <div class="wide">
        <table class="rows stacked">
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col">{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([title, ...cells]) => (
              <tr>
                <th scope="row" class="titled">
                  {title}
                </th>
                {cells.map((cell, nth) => (
                  <td data-label={columns[nth + 1]} class={cell === '' ? 'nothing' : undefined}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
