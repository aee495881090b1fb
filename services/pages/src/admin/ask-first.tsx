import type { Child } from 'hono/jsx';
import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';

interface AskFirstProps {
  page: Page;
  title: string;
  texts: readonly string[];
  /** Where the answer is sent. */
  action: string;
  go: string;
  back: string;
  danger?: boolean;
  /** Fields of the form, hidden ones among them. */
  children?: Child;
}

/** What is hard to take back is asked first, on a page of its own, and says what it does. */
export function AskFirst(props: AskFirstProps) {
  const { page, title, texts, action, go, back, danger = true, children } = props;
  return (
    <Layout page={page} title={title} styles={['/assets/admin.css']}>
      <section class="sheet ask" aria-labelledby="asked">
        <p class="eyebrow">{page.texts.admin.ask.title}</p>
        <h1 id="asked">{title}</h1>
        <ul>
          {texts.map((text) => (
            <li>{text}</li>
          ))}
        </ul>
        <form method="post" action={page.link(action)}>
          {children}
          <p class="choices">
            <button type="submit" class={danger ? 'danger' : undefined}>
              {go}
            </button>
            <a class="button second" href={page.link(back)}>
              {page.texts.admin.cancel}
            </a>
          </p>
        </form>
      </section>
    </Layout>
  );
}
