import { problemKinds } from '@watchledger/contract';
import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';
import type { Form } from './form.ts';

/** What went wrong, as the API names it. */
export interface Trouble {
  readonly code: string;
  readonly detail?: string | undefined;
  readonly retryAfterSeconds?: number | null | undefined;
}

/** A form that was not taken, so that it can be sent again as it was; files have to be chosen anew. */
interface Sent {
  readonly to: string;
  readonly form: Form;
}

interface ProblemPageProps {
  page: Page;
  trouble: Trouble;
  sent?: Sent | undefined;
}

/** Says what went wrong, that nothing was lost, and where to go from here. */
export function ProblemPage({ page, trouble, sent }: ProblemPageProps) {
  const { problems } = page.texts;
  const [title, text] = problems.pages[trouble.code] ?? [problems.title, explanationOf(page, trouble.code)];
  return (
    <Layout page={page} title={title}>
      <section class="blank bad" aria-labelledby="trouble">
        <h1 id="trouble">{title}</h1>
        <p>{text}</p>
        <p class="choices">
          {sent === undefined ? (
            <a class="button" href={page.link(page.path)}>
              {problems.again}
            </a>
          ) : (
            <SendAgain page={page} {...sent} />
          )}
          <a class="button second" href={page.link('/')}>
            {problems.home}
          </a>
        </p>
        {trouble.detail !== undefined && (
          <details class="small muted">
            <summary>{problems.details}</summary>
            <code>{trouble.code}</code> {trouble.detail}
          </details>
        )}
      </section>
    </Layout>
  );
}

function SendAgain({ page, to, form }: Sent & { page: Page }) {
  return (
    <form method="post" action={to}>
      {form.texts().map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit">{page.texts.problems.sendAgain}</button>
    </form>
  );
}

function explanationOf({ texts, language }: Page, code: string): string {
  const kind = problemKinds[code as keyof typeof problemKinds];
  if (kind === undefined) return texts.problems.text;
  return kind.explanation[language === 'en' ? 'en' : 'zh'];
}
