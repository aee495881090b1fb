import type { StudyRecord } from '@watchledger/contract';
import type { Milliseconds } from '@watchledger/rules';
import type { Page } from '../../layout/page.ts';

/** The head line, the sums and the counts, line by line as in the guide. */
export function Summary({ page, record }: { page: Page; record: StudyRecord }) {
  const { format, texts, policy } = page;
  const { record: words, categories } = texts.me;
  const { head, total, online, selfStudy, offline, counts } = record;
  const time = (seconds: number) => format.duration(seconds);
  const done = time(head.creditedSeconds);
  const caps = (
    [
      [categories.online, policy.categories.online.cap],
      [categories.selfStudy, policy.categories['self-study'].cap],
      [categories.offline, policy.categories.offline.cap],
    ] as [string, Milliseconds | null][]
  ).flatMap(([name, cap]): [string, string][] => (cap === null ? [] : [[name, texts.studyHours(cap)]]));
  return (
    <div class="summary">
      <p class="lead">
        {head.missingSeconds === 0
          ? words.reached(head.year, done)
          : words.head(head.year, done, format.left(head.missingSeconds), time(head.goalSeconds))}
      </p>
      <p>
        {words.total(record.from, record.to, time(total.seconds), time(total.creditedSeconds))}
        <br />
        {words.parts(
          time(online.seconds),
          time(online.creditedSeconds),
          time(offline.seconds),
          time(selfStudy.seconds),
          time(selfStudy.creditedSeconds),
        )}
        {caps.length > 0 && (
          <>
            <br />
            <span class="muted">{words.caps(caps)}</span>
          </>
        )}
      </p>
      <ul>
        <li>
          {words.trainings(
            counts.trainings,
            counts.trainingsByCategory.map(({ category, count }) => [category, count]),
          )}
        </li>
        <li>{words.external(counts.externalTrainings)}</li>
        <li>{words.selfStudy(counts.selfStudy, time(selfStudy.seconds))}</li>
        <li>{words.courseware(counts.courseware, time(online.watchedSeconds))}</li>
        <li>{words.network(counts.externalNetwork, time(online.declaredSeconds))}</li>
        <li>{words.exams(counts.exams, `${(counts.examPassRate * 100).toFixed(1)}%`)}</li>
      </ul>
    </div>
  );
}
