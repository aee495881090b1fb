import type { EnrolmentsReviewed, Training } from '@watchledger/contract';
import { answered, refusedBecause } from '../../../site/faults.ts';
import type { Site } from '../../../site/site.tsx';
import { textOf } from '../../../site/text-file.ts';
import { trainingPath } from '../paths.ts';
import { AttendancePage } from './attendance-page.tsx';
import { attendanceList } from './list.ts';

/** Registers who took part, from a list. */
export function attendanceRoutes(site: Site): void {
  site.show('/review/trainings/:id/attendance', 'review', async ({ page, ask, part }) => {
    const training = await ask.json<Training>({ path: ['trainings', part('id')] });
    return <AttendancePage page={page} training={training} />;
  });

  site.take('/review/trainings/:id/attendance', 'review', async ({ page, ask, part, form, goTo }) => {
    const { attendance, trainings } = page.texts.review;
    const path = ['trainings', part('id')];
    const training = await ask.json<Training>({ path });
    const [file] = form.files('file');
    const text = file === undefined ? (form.text('list') ?? '') : await textOf(file);
    const list = attendanceList(text);
    if (list === null) return <AttendancePage page={page} training={training} trouble={attendance.empty} />;
    const outcome = await answered(
      ask.json<EnrolmentsReviewed>({
        method: 'POST',
        path: [...path, 'attendance'],
        body: list.csv,
        headers: { 'content-type': 'text/csv' },
      }),
    );
    if (!outcome.ok) {
      const { refusal } = outcome;
      const { code, faults } = refusal;
      const because = trainings.problems[code] ?? refusedBecause(refusal, page.language);
      const trouble = faults.length > 0 ? undefined : because;
      return <AttendancePage {...{ page, training, text, list, faults, trouble }} />;
    }
    const { changed, unchanged } = outcome.result;
    return goTo(trainingPath(training.trainingId), {
      kind: 'good',
      text: attendance.done(changed + unchanged),
    });
  });
}
