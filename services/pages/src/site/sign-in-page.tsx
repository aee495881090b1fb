import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';
import { signInLink } from '../sign-in/sign-in-link.ts';
import { SignInProblem } from '../sign-in/sign-in-problem.tsx';

/** For whoever must be known first: how to sign in here. */
export function SignInPage({ page }: { page: Page }) {
  const { signIn } = page.texts;
  const link = signInLink(page);
  return (
    <Layout page={page} title={signIn.title} scripts={['sign-in.js']}>
      <SignInProblem page={page} />
      <section class="blank" aria-labelledby="who">
        <h1 id="who">{signIn.title}</h1>
        <p>{signIn.why}</p>
        {link === null ? (
          <>
            <p>{signIn.development}</p>
            <code class="link">
              {page.origin}
              {page.path}
              <wbr />
              #code=…
            </code>
            <p class="muted small">{signIn.once}</p>
          </>
        ) : (
          <p class="choices">
            <a class="button" href={link}>
              {signIn.go}
            </a>
          </p>
        )}
      </section>
    </Layout>
  );
}
