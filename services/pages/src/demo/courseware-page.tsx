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
  /** The script under `/assets/` that makes the player, where the browser's own will not do. */
  player?: string;
  styles?: readonly string[];
  /** What stands below the courseware and its record. */
  below?: Child;
  children: Child;
}

/** Courseware on the one side, what is recorded of it on the other. Without a sign-in nothing is recorded. */
export function CoursewarePage(props: CoursewarePageProps) {
  const { page, title, coursewareId, script, player, styles, below, children } = props;
  const scripts = [
    'sign-in.js',
    ...(player === undefined ? [] : [player]),
    ...(page.signIn === null ? [] : [script]),
  ];
  return (
    <Layout page={page} title={title} scripts={scripts} {...(styles && { styles })}>
      <h1 class="courseware-title">{title}</h1>
      <div class="study">
        <div class="stage">{children}</div>
        {page.signIn === null ? (
          <SignInNotice page={page} />
        ) : (
          <RecordingPanel page={page} learnerId={page.signIn.sub} coursewareId={coursewareId} />
        )}
        {below}
      </div>
    </Layout>
  );
}
