import type { AuditEntry, AuditPage } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Blank } from '../../parts/blank.tsx';
import { described, Field } from '../../parts/field.tsx';
import { Pager } from '../../parts/pager.tsx';
import { wordOf } from '../../texts/word-of.ts';
import { pathOfCourseware } from '../courseware/paths.ts';
import { Hidden } from '../hidden.tsx';
import { pathOfLearner } from '../learners/paths.ts';
import { fieldName, valueWords } from './values.ts';

interface AuditTrailProps {
  page: Page;
  /** Null: what was asked cannot be. */
  found: AuditPage | null;
}

/** Who changed what, when, why, from what, to what; the newest first. */
export function AuditTrailPage({ page, found }: AuditTrailProps) {
  const { audit: texts } = page.texts.admin;
  return (
    <Layout page={page} title={texts.title} styles={['/assets/admin.css']}>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Search page={page} />
      {found !== null && found.items.length === 0 && <Blank title={texts.empty} text={texts.emptyText} />}
      {found !== null && found.items.length > 0 && <Entries page={page} entries={found.items} />}
      <Pager page={page} nextCursor={found?.nextCursor} />
    </Layout>
  );
}

function Entries({ page, entries }: { page: Page; entries: readonly AuditEntry[] }) {
  const { admin } = page.texts;
  const { audit: texts } = admin;
  return (
    <table class="rows stacked audit">
      <caption>{texts.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{admin.when}</th>
          <th scope="col">{admin.who}</th>
          <th scope="col">{texts.kind}</th>
          <th scope="col">{admin.what}</th>
          <th scope="col">{admin.why}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr>
            <td data-label={admin.when}>
              <time datetime={entry.at}>{page.format.moment(entry.at)}</time>
            </td>
            <td data-label={admin.who}>{entry.actor}</td>
            <td data-label={texts.kind}>
              <div>
                {texts.kinds[entry.subject.kind]} <Subject page={page} entry={entry} />
              </div>
            </td>
            <td data-label={admin.what}>
              <div>
                <b>{wordOf(texts.actions, entry.action) ?? entry.action}</b>
                <Changes page={page} entry={entry} />
              </div>
            </td>
            <td data-label={admin.why}>
              {entry.reason === null ? '—' : (wordOf(texts.reasons, entry.reason) ?? entry.reason)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Subject({ page, entry: { subject, learnerId } }: { page: Page; entry: AuditEntry }) {
  const { kind, id } = subject;
  const ofLearner = learnerId !== null && kind !== 'learner' && (
    <a class="small" href={page.link(pathOfLearner(learnerId))}>
      {learnerId}
    </a>
  );
  if (kind === 'courseware') return <a href={page.link(pathOfCourseware(id))}>{id}</a>;
  if (kind === 'learner') return <a href={page.link(pathOfLearner(id))}>{id}</a>;
  if (kind === 'session' && learnerId !== null)
    return <a href={page.link(`${pathOfLearner(learnerId)}/sessions/${id}`)}>{learnerId}</a>;
  const isMade = /^[0-9a-f-]{36}$/.test(id);
  return (
    <>
      {!isMade && id} {ofLearner}
    </>
  );
}

function Changes({ page, entry }: { page: Page; entry: AuditEntry }) {
  const { audit: texts } = page.texts.admin;
  const shown = entry.changes.filter(
    ({ field, from, to }) => field !== 'learnerId' && (from !== null || to !== null),
  );
  if (shown.length === 0) return null;
  return (
    <ul class="changes">
      {shown.map(({ field, from, to }) => (
        <li>
          {fieldName(page, field)}{' '}
          {from === null ? (
            texts.setTo(valueWords(page, field, to))
          ) : (
            <>
              <del>{valueWords(page, field, from)}</del> → <ins>{valueWords(page, field, to)}</ins>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Search({ page }: { page: Page }) {
  const { admin } = page.texts;
  const { audit: texts } = admin;
  const asked = (name: string) => page.query.get(name) ?? '';
  const fault = asked('id') !== '' && asked('kind') === '' ? texts.idNeedsKind : undefined;
  return (
    <search>
      <form class="filters" method="get" action={page.path}>
        <Hidden fields={{ lang: page.query.get('lang') ?? undefined }} />
        <Field name="kind" label={texts.kind} fault={fault}>
          <select {...described('kind', { fault })}>
            <option value="">{admin.all}</option>
            {Object.entries(texts.kinds).map(([kind, name]) => (
              <option value={kind} selected={kind === asked('kind')}>
                {name}
              </option>
            ))}
          </select>
        </Field>
        <Field name="id" label={texts.id}>
          <input {...described('id', {})} value={asked('id')} maxlength={300} autocomplete="off" />
        </Field>
        <Field name="learnerId" label={texts.learner}>
          <input
            {...described('learnerId', {})}
            value={asked('learnerId')}
            maxlength={128}
            autocomplete="off"
          />
        </Field>
        <Field name="actor" label={texts.actor}>
          <input {...described('actor', {})} value={asked('actor')} maxlength={128} autocomplete="off" />
        </Field>
        <button type="submit" class="second">
          {admin.search}
        </button>
      </form>
    </search>
  );
}
