import type { Page } from '../layout/page.ts';

/** Says kindly what to do without a sign-in. The script `sign-in.js` fills `problem` when a link does not work. */
export function SignInNotice({ page }: { page: Page }) {
  const { signIn } = page.texts;
  return (
    <aside class="panel" id="sign-in" aria-labelledby="sign-in-title" data-texts={JSON.stringify(signIn)}>
      <h2 id="sign-in-title">{signIn.title}</h2>
      <p id="sign-in-problem" class="note bad" role="alert" hidden />
      <p>{signIn.why}</p>
      <p>{signIn.development}</p>
      <p>
        <code class="link">{`http://127.0.0.1:8787${page.path}#code=…`}</code>
      </p>
      <p class="muted">{signIn.once}</p>
    </aside>
  );
}
