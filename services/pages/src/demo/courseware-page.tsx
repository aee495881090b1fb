import type { Child } from 'hono/jsx';
import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';
import { RecordingPanel } from './recording-panel.tsx';
import { SignInNotice } from './sign-in-notice.tsx';

interface CoursewarePageProps {
  page: Page;
  title: string;
  coursewareId: string;
  /** The page's own script under `/assets/`, which uses the SDK as any customer's would. */
  script: string;
  children: Child;
}

/** Courseware on the one side, what is recorded of it on the other. Without a sign-in nothing is recorded. */
export function CoursewarePage({ page, title, coursewareId, script, children }: CoursewarePageProps) {
  const scripts = page.signIn === null ? ['sign-in.js'] : ['sign-in.js', script];
  return (
    <Layout page={page} title={title} scripts={scripts}>
      <h1 class="courseware-title">{title}</h1>
      <div class="study">
        <div class="stage">{children}</div>
        {page.signIn === null ? (
          <SignInNotice page={page} />
        ) : (
          <RecordingPanel page={page} learnerId={page.signIn.sub} coursewareId={coursewareId} />
        )}
      </div>
    </Layout>
  );
}
