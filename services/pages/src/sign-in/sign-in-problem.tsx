import type { Page } from '../layout/page.ts';

/** Where `sign-in.js` says why a link did not sign anyone in; for pages that are shown to nobody signed in. */
export function SignInProblem({ page: { texts } }: { page: Page }) {
  const { busy, problems } = texts.signIn;
  return (
    <p
      id="sign-in-problem"
      class="note bad"
      role="alert"
      hidden
      data-texts={JSON.stringify({ busy, problems })}
    />
  );
}
