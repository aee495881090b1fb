import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { signInLinkTo } from '../sign-in-link.ts';

/** Between signing out here and at the provider. */
export function LeavingPage({ page, goTo }: { page: Page; goTo: URL }) {
  const { leaving } = page.texts.signInPages;
  return (
    <Layout page={page} title={leaving.title}>
      <section class="blank" aria-labelledby="leaving">
        <h1 id="leaving">{leaving.title}</h1>
        <p>{leaving.text}</p>
        <p class="choices">
          <a class="button" href={goTo.href} rel="noreferrer">
            {leaving.go}
          </a>
        </p>
      </section>
    </Layout>
  );
}

export function SignedOutPage({ page }: { page: Page }) {
  const { signedOut } = page.texts.signInPages;
  return (
    <Layout page={page} title={signedOut.title}>
      <section class="blank" aria-labelledby="signed-out">
        <h1 id="signed-out">{signedOut.title}</h1>
        <p>{signedOut.text}</p>
        <p class="choices">
          {page.signInPath !== null && (
            <a class="button" href={signInLinkTo(page.signInPath, '/')}>
              {signedOut.again}
            </a>
          )}
          <a class="button second" href={page.link('/')}>
            {page.texts.problems.home}
          </a>
        </p>
      </section>
    </Layout>
  );
}
