import type { Page } from '../../layout/page.ts';
import { MePage } from '../me-page.tsx';
import type { Declaration } from './declaration.ts';
import { DeclarationForm } from './declaration-form.tsx';
import type { FormFaults } from './faults.ts';

interface NewPageProps {
  page: Page;
  declaration: Declaration;
  faults: FormFaults;
  today: string;
  /** Names this form: sent twice, it declares once. */
  formKey: string;
}

export function NewPage({ page, declaration, faults, today, formKey }: NewPageProps) {
  const { activities: texts } = page.texts.me;
  const { category } = declaration;
  return (
    <MePage
      page={page}
      title={texts.newTitle[category]}
      aside={<a href={page.link('/me/activities/new')}>{texts.another}</a>}
    >
      <p class="muted">{texts.explained[category]}</p>
      <DeclarationForm
        page={page}
        action={page.link(`/me/activities/new?category=${category}`)}
        declaration={declaration}
        faults={faults}
        today={today}
        hidden={{ key: formKey }}
        buttons={[
          ['submit', texts.submit],
          ['draft', texts.saveDraft],
        ]}
        cancel="/me/activities"
      />
    </MePage>
  );
}
