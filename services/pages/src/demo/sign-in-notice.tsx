import type { Page } from '../layout/page.ts';
import { signInLink } from '../sign-in/sign-in-link.ts';
import { SignInProblem } from '../sign-in/sign-in-problem.tsx';

/** Says kindly what to do without a sign-in. */
export function SignInNotice({ page }: { page: Page }) {
  const { signIn } = page.texts;
  const link = signInLink(page);
  return (
    <aside class="panel" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">{signIn.title}</h2>
      <SignInProblem page={page} />
      <p>{signIn.why}</p>
      {link !== null && (
        <p>
          <a class="button" href={link}>
            {signIn.go}
          </a>
        </p>
      )}
      <p>{signIn.development}</p>
      <p>
        <code class="link">
          {`${page.origin}${page.path}`}
          <wbr />
          #code=…
        </code>
      </p>
      <p class="muted">{signIn.once}</p>
    </aside>
  );
}
