import type { Child } from 'hono/jsx';
import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';

interface MePageProps {
  page: Page;
  title: string;
  /** Beside the heading. */
  aside?: Child;
  scripts?: readonly string[];
  /** Beside the learner's own. */
  styles?: readonly string[];
  children: Child;
}

/** The frame of a learner's page: its heading, and what stands beside that. */
export function MePage({ page, title, aside, scripts = [], styles = [], children }: MePageProps) {
  return (
    <Layout page={page} title={title} scripts={scripts} styles={['/assets/me.css', ...styles]}>
      <header class="page-head">
        <h1>{title}</h1>
        {aside}
      </header>
      {children}
    </Layout>
  );
}
