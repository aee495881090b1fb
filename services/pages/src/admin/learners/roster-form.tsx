import type { Learner } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { described, Field } from '../../parts/field.tsx';
import type { Form } from '../../site/form.ts';
import { faultIn } from '../../texts/faults.ts';
import { Hidden } from '../hidden.tsx';
import { ReasonField } from '../reason-field.tsx';
import { InstituteOptions, type Institutes } from './institute.tsx';
import { pathOfLearner } from './paths.ts';

/** What the roster is to say of a learner, as it was typed. */
export interface RosterTyped {
  readonly name: string;
  /** Empty: headquarters. */
  readonly organisationId: string;
  readonly active: boolean;
  readonly reason: string;
}

export const rosterTypedIn = (form: Form): RosterTyped => ({
  name: form.text('name') ?? '',
  organisationId: form.text('organisationId') ?? '',
  active: form.has('active'),
  reason: form.text('reason') ?? '',
});

export const rosterOf = ({ name, organisationId, active }: Learner): RosterTyped => ({
  name: name ?? '',
  organisationId: organisationId ?? '',
  active,
  reason: '',
});

interface RosterFormProps {
  page: Page;
  learner: Learner;
  /** Absent: it was typed when nobody had put them on the roster. */
  etag: string | undefined;
  institutes: Institutes;
  typed?: RosterTyped | undefined;
  faults?: Readonly<Record<string, string>> | undefined;
}

export function RosterForm(props: RosterFormProps) {
  const { page, learner, etag, institutes, typed = rosterOf(learner), faults = {} } = props;
  const { admin } = page.texts;
  const { learners: texts } = admin;
  const fault = (name: string) => {
    const message = faults[name];
    return message === undefined ? undefined : faultIn(page.language, message);
  };
  return (
    <form class="sheet" id="roster" method="post" action={page.link(pathOfLearner(learner.learnerId))}>
      <h2>{texts.roster}</h2>
      <p class="muted">{texts.rosterText}</p>
      <div class="fields">
        <Field name="name" label={texts.nameField} fault={fault('name')}>
          <input
            {...described('name', { fault: fault('name') })}
            value={typed.name}
            maxlength={200}
            required
          />
        </Field>
        <Field name="organisationId" label={texts.institute} fault={fault('organisationId')}>
          <select {...described('organisationId', { fault: fault('organisationId') })}>
            <option value="">{page.texts.people.headquarters}</option>
            <InstituteOptions institutes={institutes} chosen={typed.organisationId} />
          </select>
        </Field>
        <ReasonField page={page} value={typed.reason} fault={fault('reason')} />
        <label class="whole check">
          <input type="checkbox" name="active" value="yes" checked={typed.active} /> {texts.activeField}
        </label>
      </div>
      <Hidden fields={{ version: learner.rosteredAt === null ? undefined : etag }} />
      <p class="choices">
        <button type="submit">{learner.rosteredAt === null ? texts.add : texts.save}</button>
      </p>
    </form>
  );
}
