import type { Activity } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { MePage } from '../me-page.tsx';
import type { Declaration } from './declaration.ts';
import { DeclarationForm } from './declaration-form.tsx';
import type { FormFaults } from './faults.ts';

interface EditPageProps {
  page: Page;
  activity: Activity;
  /** The version that is changed. */
  etag: string;
  declaration: Declaration;
  faults: FormFaults;
  today: string;
}

export function EditPage({ page, activity, etag, declaration, faults, today }: EditPageProps) {
  const { activities: texts } = page.texts.me;
  const path = `/me/activities/${activity.activityId}`;
  return (
    <MePage page={page} title={texts.editTitle}>
      <DeclarationForm
        page={page}
        action={page.link(`${path}/edit`)}
        declaration={declaration}
        faults={faults}
        today={today}
        hidden={{ etag }}
        buttons={
          activity.state === 'draft'
            ? [
                ['submit', texts.saveAndSubmit],
                ['draft', texts.saveDraft],
              ]
            : [['save', texts.save]]
        }
        cancel={path}
      />
    </MePage>
  );
}
