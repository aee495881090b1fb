import type { Fault, Imported } from '@watchledger/contract';
import { Layout } from '../../../layout/layout.tsx';
import type { Page } from '../../../layout/page.ts';
import { described, Field } from '../../../parts/field.tsx';
import { faultIn } from '../../../texts/faults.ts';

interface ImportProps {
  page: Page;
  text?: string;
  checked?: Imported;
  faults?: readonly Fault[];
  trouble?: string | undefined;
}

/** Checks a table of trainings, names every bad line, and imports it once it is good. */
export function ImportPage({ page, text = '', checked, faults = [], trouble }: ImportProps) {
  const { import: texts, back } = page.texts.review;
  return (
    <Layout page={page} title={texts.title} styles={['/assets/review.css']}>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p>
        <a href="/review/trainings/import/template.csv" download="trainings.csv">
          {texts.template}
        </a>
      </p>
      {checked !== undefined && (
        <p class="note good" role="status">
          {texts.checked(checked.created, checked.updated, checked.unchanged)}
        </p>
      )}
      {faults.length > 0 && <Faults page={page} faults={faults} />}
      <form
        class="sheet"
        method="post"
        enctype="multipart/form-data"
        action={page.link('/review/trainings/import')}
      >
        <Field name="text" label={texts.text} help={texts.textHelp} fault={trouble}>
          <textarea {...described('text', { help: texts.textHelp, fault: trouble })} class="table-text">
            {text}
          </textarea>
        </Field>
        <Field name="file" label={texts.file}>
          <input {...described('file', {})} type="file" accept=".csv,text/csv" />
        </Field>
        <p class="choices">
          <button type="submit" class={checked === undefined ? undefined : 'second'}>
            {texts.check}
          </button>
          {checked !== undefined && (
            <button type="submit" name="import" value="yes">
              {texts.import}
            </button>
          )}
          <a class="button second" href={page.link('/review/trainings')}>
            {back}
          </a>
        </p>
      </form>
    </Layout>
  );
}

function Faults({ page, faults }: { page: Page; faults: readonly Fault[] }) {
  const { import: texts } = page.texts.review;
  return (
    <div class="note bad" role="alert">
      <p>{texts.refused(faults.length)}</p>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{texts.line}</th>
            <th scope="col">{texts.column}</th>
            <th scope="col">{texts.fault}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ line, field, message }) => (
            <tr>
              <td>{line}</td>
              <td>{field}</td>
              <td>{faultIn(page.language, message)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
