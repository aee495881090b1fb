import type { Preview } from '@watchledger/contract';
import type { Child } from 'hono/jsx';
import { Layout } from '../../../layout/layout.tsx';
import type { Page } from '../../../layout/page.ts';
import { described, Field } from '../../../parts/field.tsx';
import type { Person } from '../../../people/people.ts';
import { PersonName } from '../../../people/person-name.tsx';
import { trainingPath } from '../paths.ts';
import type { TrainingDraft, TrainingFaults, TrainingField } from './draft.ts';

export interface TrainingFormProps {
  page: Page;
  trainingId: string;
  /** Of the training that is changed; null: it is new. */
  etag: string | null;
  draft: TrainingDraft;
  faults?: TrainingFaults | undefined;
  /** Why it was not saved, as a whole. */
  trouble?: string | undefined;
  preview?: { readonly sums: Preview; readonly personOf: (learnerId: string) => Person } | undefined;
}

/** All that an organiser decides about a training. */
export function TrainingFormPage(props: TrainingFormProps) {
  const { page, trainingId, etag, trouble, faults = {}, preview } = props;
  const { form } = page.texts.review;
  const isNew = etag === null;
  const title = isNew ? form.newTitle : form.editTitle;
  const isFaulty = Object.keys(faults).length > 0;
  const { groups, help } = form;
  const text = (name: TrainingField, more: Partial<TextProps> = {}) => (
    <Text {...props} name={name} {...more} />
  );
  return (
    <Layout page={page} title={title} styles={['/assets/review.css']}>
      <h1>{title}</h1>
      <p class="lead">{form.required}</p>
      {(trouble !== undefined || isFaulty) && (
        <p class="note bad" role="alert">
          {trouble ?? form.faulty}
        </p>
      )}
      {preview !== undefined && <Gains page={page} preview={preview} />}
      <form
        method="post"
        action={page.link(isNew ? '/review/trainings/new' : trainingPath(trainingId, '/edit'))}
        novalidate
      >
        <input type="hidden" name="trainingId" value={trainingId} />
        {etag !== null && <input type="hidden" name="etag" value={etag} />}
        <Group title={groups.what}>
          {text('title', { whole: true, maxlength: 500 })}
          <Kind {...props} />
          {text('form', { suggestions: form.suggestions.form })}
          {text('category', { suggestions: form.suggestions.category })}
          {text('type', { optional: true })}
          {text('method', { optional: true })}
          {text('classification', { optional: true })}
          {text('organiser', { maxlength: 200 })}
          {text('contact', { optional: true, maxlength: 200 })}
        </Group>
        <Group title={groups.when} note={form.time(page.policy.timeZone)}>
          {text('startsAt', { type: 'datetime-local' })}
          {text('endsAt', { type: 'datetime-local', help: help.endsAt })}
          {text('place', { maxlength: 200 })}
        </Group>
        <Group title={groups.hours}>
          {text('onlineSeconds', { help: help.hours })}
          {text('offlineSeconds', { help: help.hours })}
          {text('coursewareIds', { optional: true, help: help.coursewareIds, maxlength: 13_000 })}
        </Group>
        <Group title={groups.enrolment}>
          {text('enrolFrom', { type: 'datetime-local', optional: true, help: help.enrolFrom })}
          {text('enrolUntil', { type: 'datetime-local', optional: true, help: help.enrolUntil })}
          {text('capacity', { optional: true, help: help.capacity })}
        </Group>
        <Group title={groups.more}>
          {text('goal', { lines: true, optional: true, whole: true, maxlength: 4_000 })}
          {text('content', { lines: true, optional: true, whole: true, maxlength: 20_000 })}
          {!isNew && text('reason', { optional: true, whole: true, help: help.reason, maxlength: 500 })}
        </Group>
        <p class="choices">
          <button type="submit">{isNew ? form.create : form.save}</button>
          {!isNew && (
            <button type="submit" class="second" name="preview" value="yes">
              {form.preview}
            </button>
          )}
          <a class="button second" href={page.link(isNew ? '/review/trainings' : trainingPath(trainingId))}>
            {page.texts.review.back}
          </a>
        </p>
      </form>
    </Layout>
  );
}

function Group({ title, note, children }: { title: string; note?: string; children: Child }) {
  return (
    <fieldset class="sheet">
      <legend>{title}</legend>
      {note !== undefined && <p class="muted small">{note}</p>}
      <div class="fields">{children}</div>
    </fieldset>
  );
}

interface TextProps extends TrainingFormProps {
  name: TrainingField;
  type?: 'text' | 'datetime-local';
  help?: string;
  optional?: boolean;
  whole?: boolean;
  lines?: boolean;
  maxlength?: number;
  suggestions?: readonly string[];
}

/** Such a moment is one of a second: without a step of one, browsers would call it a mistake. */
const toTheSecond = /T\d\d:\d\d:\d\d$/;

function Text(props: TextProps) {
  const { page, draft, faults = {}, name, type = 'text', help, optional, whole, lines, suggestions } = props;
  const { maxlength = 100 } = props;
  const { form } = page.texts.review;
  const fault = faults[name];
  const common = { ...described(name, { help, fault }), maxlength: type === 'text' ? maxlength : undefined };
  return (
    <div class={whole ? 'whole' : undefined}>
      <Field
        name={name}
        label={form.fields[name]}
        help={help}
        fault={fault}
        optional={optional ? form.optional : undefined}
      >
        {lines ? (
          <textarea {...common}>{draft[name] ?? ''}</textarea>
        ) : (
          <input
            {...common}
            type={type}
            value={draft[name] ?? ''}
            step={type === 'datetime-local' && toTheSecond.test(draft[name] ?? '') ? 1 : undefined}
            list={suggestions && `${name}-suggestions`}
            aria-required={optional ? undefined : 'true'}
          />
        )}
      </Field>
      {suggestions && (
        <datalist id={`${name}-suggestions`}>
          {suggestions.map((suggestion) => (
            <option value={suggestion} />
          ))}
        </datalist>
      )}
    </div>
  );
}

function Kind({ page, draft, faults = {} }: TrainingFormProps) {
  const { form, trainings } = page.texts.review;
  return (
    <Field name="kind" label={form.fields.kind} fault={faults.kind}>
      <select {...described('kind', { fault: faults.kind })}>
        {Object.entries(trainings.kinds).map(([value, name]) => (
          <option value={value} selected={value === draft.kind}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Gains({ page, preview }: { page: Page; preview: NonNullable<TrainingFormProps['preview']> }) {
  const { form, queue } = page.texts.review;
  const { sums, personOf } = preview;
  const { format } = page;
  return (
    <section class="sheet" aria-labelledby="gains" role="status">
      <h2 id="gains">{form.previewTitle}</h2>
      <p>
        {sums.gaining + sums.losing === 0
          ? form.previewNone
          : form.previewSums(
              sums.gaining,
              format.exactDuration(sums.gainedSeconds),
              sums.losing,
              format.exactDuration(sums.lostSeconds),
            )}
      </p>
      {sums.items.length > 0 && (
        <table class="rows stacked">
          <thead>
            <tr>
              <th scope="col">{queue.who}</th>
              <th scope="col">{form.year}</th>
              <th scope="col" class="number">
                {form.now}
              </th>
              <th scope="col" class="number">
                {form.after}
              </th>
              <th scope="col" class="number">
                {form.difference}
              </th>
            </tr>
          </thead>
          <tbody>
            {sums.items.slice(0, 20).map(({ learnerId, year, fromSeconds, toSeconds, differenceSeconds }) => (
              <tr>
                <td data-label={queue.who}>
                  <PersonName person={personOf(learnerId)} />
                </td>
                <td data-label={form.year}>{year}</td>
                <td data-label={form.now} class="number">
                  {format.exactDuration(fromSeconds)}
                </td>
                <td data-label={form.after} class="number">
                  {format.exactDuration(toSeconds)}
                </td>
                <td data-label={form.difference} class="number">
                  {differenceSeconds < 0 ? '−' : '+'}
                  {format.exactDuration(Math.abs(differenceSeconds))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
