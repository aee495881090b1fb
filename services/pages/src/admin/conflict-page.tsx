import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';
import { Hidden } from './hidden.tsx';
import type { LastChange } from './last-change.ts';

export interface ConflictingField {
  readonly label: string;
  readonly theirs: string;
  readonly yours: string;
}

interface ConflictProps {
  page: Page;
  last: LastChange | null;
  fields: readonly ConflictingField[];
  /** Where one's own change is sent again, with the present version among `sent`. */
  action: string;
  sent: Readonly<Record<string, string | undefined>>;
  back: string;
}

/** Two have changed the same: what is there now, what would overwrite it, and the choice. */
export function ConflictPage({ page, last, fields, action, sent, back }: ConflictProps) {
  const { conflict } = page.texts.admin;
  return (
    <Layout page={page} title={conflict.title} styles={['/assets/admin.css']}>
      <section class="sheet" aria-labelledby="conflict">
        <h1 id="conflict">{conflict.title}</h1>
        <p>{conflict.text}</p>
        {last !== null && <p class="note warn">{conflict.by(last.actor, page.format.moment(last.at))}</p>}
        <table class="rows stacked compared">
          <thead>
            <tr>
              <th scope="col">{conflict.field}</th>
              <th scope="col">{conflict.theirs}</th>
              <th scope="col">{conflict.yours}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ label, theirs, yours }) => (
              <tr class={theirs === yours ? undefined : 'differs'}>
                <th scope="row">{label}</th>
                <td data-label={conflict.theirs}>{theirs}</td>
                <td data-label={conflict.yours}>{yours}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <form method="post" action={page.link(action)}>
          <Hidden fields={sent} />
          <p class="choices">
            <a class="button" href={page.link(back)}>
              {conflict.keep}
            </a>
            <button type="submit" class="danger">
              {conflict.overwrite}
            </button>
          </p>
        </form>
      </section>
    </Layout>
  );
}
