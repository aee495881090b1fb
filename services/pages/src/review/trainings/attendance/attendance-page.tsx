import type { Fault, Training } from '@watchledger/contract';
import { Layout } from '../../../layout/layout.tsx';
import type { Page } from '../../../layout/page.ts';
import { described, Field } from '../../../parts/field.tsx';
import { faultIn } from '../../../texts/faults.ts';
import { trainingPath } from '../paths.ts';
import type { AttendanceList } from './list.ts';

interface AttendanceProps {
  page: Page;
  training: Training;
  text?: string;
  /** What is wrong with the list as a whole. */
  trouble?: string | undefined;
  faults?: readonly Fault[];
  list?: AttendanceList;
}

/** Registers who took part from a list: all of them or none, every bad line named. */
export function AttendancePage({ page, training, text = '', trouble, faults = [], list }: AttendanceProps) {
  const { attendance, back } = page.texts.review;
  return (
    <Layout page={page} title={attendance.title} styles={['/assets/review.css']}>
      <h1>{attendance.title}</h1>
      <p class="lead">
        {training.title} · {attendance.lead}
      </p>
      {faults.length > 0 && (
        <div class="note bad" role="alert">
          <p>{attendance.refused}</p>
          <ul>
            {faults.map((fault) => (
              <li>
                {attendance.line(list?.lineOf(fault.line ?? 1) ?? 1)}
                {' · '}
                {list?.learnerAt(fault.line ?? 1) ?? fault.field} {faultIn(page.language, fault.message)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <form
        class="sheet"
        method="post"
        enctype="multipart/form-data"
        action={page.link(trainingPath(training.trainingId, '/attendance'))}
      >
        <Field name="list" label={attendance.list} help={attendance.listHelp} fault={trouble}>
          <textarea {...described('list', { help: attendance.listHelp, fault: trouble })}>{text}</textarea>
        </Field>
        <Field name="file" label={attendance.file}>
          <input {...described('file', {})} type="file" accept=".csv,.txt,text/csv,text/plain" />
        </Field>
        <p class="choices">
          <button type="submit">{attendance.submit}</button>
          <a class="button second" href={page.link(trainingPath(training.trainingId))}>
            {back}
          </a>
        </p>
      </form>
    </Layout>
  );
}
