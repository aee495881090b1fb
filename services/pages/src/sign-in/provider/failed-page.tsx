import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { signInLink } from '../sign-in-link.ts';
import type { SignInFaultReason } from './provider.ts';

/** Says kindly why nobody was signed in, and what to do. */
export function FailedPage({ page, reason }: { page: Page; reason: SignInFaultReason }) {
  const { failed, again, anotherAccount, waiting } = page.texts.signInPages;
  const { problems } = page.texts;
  const [title, text] = failed[reason];
  const away = reason === 'unavailable';
  return (
    <Layout page={page} title={title} scripts={away ? ['sign-in-again.js'] : []}>
      <section class={`blank ${reason === 'denied' ? '' : 'bad'}`} aria-labelledby="failed">
        <h1 id="failed">{title}</h1>
        <p>{text}</p>
        {away && (
          <p class="muted" role="status" id="waiting" hidden>
            {waiting}
          </p>
        )}
        <div class="choices">
          <a class="button" id="again" href={signInLink(page) ?? '/'}>
            {away ? problems.again : again}
          </a>
          {reason.startsWith('unusable-') && <AnotherAccount label={anotherAccount} />}
          <a class="button second" href={page.link('/')}>
            {problems.home}
          </a>
        </div>
      </section>
    </Layout>
  );
}

/** The provider would else let the same account in again. */
export function AnotherAccount({ label }: { label: string }) {
  return (
    <form method="post" action="/sign-out">
      <button type="submit" class="second">
        {label}
      </button>
    </form>
  );
}
