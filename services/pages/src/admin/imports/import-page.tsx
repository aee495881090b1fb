import type { Fault, Imported } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { described, Field } from '../../parts/field.tsx';
import { faultIn } from '../../texts/faults.ts';
import { Hidden } from '../hidden.tsx';

export type ImportKind = 'courseware' | 'learners';

/** What a check of the table has come to. */
export type Checked =
  | { readonly state: 'none'; readonly csv?: string; readonly problem?: string }
  | { readonly state: 'faulty'; readonly csv: string; readonly faults: readonly Fault[] }
  | { readonly state: 'sound'; readonly csv: string; readonly would: Imported };

interface ImportPageProps {
  page: Page;
  kind: ImportKind;
  checked: Checked;
}

/** A table is checked first: what it would do, or what is wrong in which line. Then it is imported. */
export function ImportPage({ page, kind, checked }: ImportPageProps) {
  const { admin } = page.texts;
  const texts = admin.imports;
  const { title, lead, columns } = texts[kind];
  const path = `/admin/${kind}/import`;
  return (
    <Layout page={page} title={title} styles={['/assets/admin.css']}>
      <p class="eyebrow">
        <a href={page.link(`/admin/${kind}`)}>{admin[kind].title}</a>
      </p>
      <h1>{title}</h1>
      {checked.state === 'faulty' && <FaultTable page={page} faults={checked.faults} />}
      {checked.state === 'sound' && <Confirm page={page} path={path} kind={kind} {...checked} />}
      {checked.state !== 'sound' && (
        <>
          <p class="lead">{lead}</p>
          <form class="sheet" method="post" action={page.link(path)} enctype="multipart/form-data">
            <div class="fields">
              <Field name="file" label={texts.file}>
                <input {...described('file', {})} type="file" accept=".csv,text/csv,text/plain" />
              </Field>
              <div class="columns">
                <p>
                  {texts.columnsTitle} · <a href={page.link(`${path}/template`)}>{texts.template}</a>
                </p>
                <dl>
                  {columns.map(([name, meaning]) => (
                    <div>
                      <dt>
                        <code>{name}</code>
                      </dt>
                      <dd>{meaning}</dd>
                    </div>
                  ))}
                </dl>
              </div>
              <div class="whole">
                <Field
                  name="csv"
                  label={texts.paste}
                  help={texts.pasteHelp}
                  fault={checked.state === 'none' ? checked.problem : undefined}
                >
                  <textarea
                    {...described('csv', {
                      help: texts.pasteHelp,
                      fault: checked.state === 'none' ? checked.problem : undefined,
                    })}
                    rows={8}
                    spellcheck={false}
                  >
                    {checked.csv ?? ''}
                  </textarea>
                </Field>
              </div>
            </div>
            <p class="choices">
              <button type="submit">{texts.check}</button>
              <a class="button second" href={page.link(`/admin/${kind}`)}>
                {admin.cancel}
              </a>
            </p>
          </form>
        </>
      )}
    </Layout>
  );
}

function FaultTable({ page, faults }: { page: Page; faults: readonly Fault[] }) {
  const { imports: texts } = page.texts.admin;
  return (
    <section class="sheet faulty" role="alert" aria-labelledby="faults">
      <h2 id="faults">{texts.faulty(faults.length)}</h2>
      <p>{texts.faultyText}</p>
      <table class="rows stacked">
        <thead>
          <tr>
            <th scope="col" class="number">
              {texts.line}
            </th>
            <th scope="col">{texts.column}</th>
            <th scope="col">{texts.fault}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map(({ line, field, message }) => (
            <tr>
              <td class="number" data-label={texts.line}>
                {line ?? '—'}
              </td>
              <td data-label={texts.column}>{field === undefined ? '—' : <code>{field}</code>}</td>
              <td data-label={texts.fault}>{faultIn(page.language, message)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Confirm(props: { page: Page; path: string; kind: ImportKind; csv: string; would: Imported }) {
  const { page, path, kind, csv, would } = props;
  const { imports: texts } = page.texts.admin;
  const { created, updated, unchanged } = would;
  const { number } = page.format;
  const counts = [
    [texts.created, created],
    [texts.updated, updated],
    [texts.unchanged, unchanged],
  ] as const;
  return (
    <section class="sheet" aria-labelledby="checked">
      <h2 id="checked">{texts.checked}</h2>
      <dl class="counts">
        {counts.map(([name, count]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              <b>{number(count)}</b>
              {texts[kind].unit}
            </dd>
          </div>
        ))}
      </dl>
      <p class="muted">{created + updated === 0 ? texts.nothingNew : texts.noUndo}</p>
      <form method="post" action={page.link(path)} enctype="multipart/form-data">
        <Hidden fields={{ csv }} />
        <p class="choices">
          {created + updated > 0 && (
            <button type="submit" name="confirmed" value="yes">
              {texts.confirm}
            </button>
          )}
          <a class="button second" href={page.link(path)}>
            {texts.change}
          </a>
        </p>
      </form>
    </section>
  );
}
