import { milliseconds } from '@watchledger/rules';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';

/** The policy in force, in words: its figures, and how hours are counted by them. */
export function PolicyPage({ page }: { page: Page }) {
  const { admin, studyGuide } = page.texts;
  const { policy: texts } = admin;
  const span = (ms: number) =>
    ms < 1_000 ? `${ms} ms` : page.format.exactDuration(Math.floor(milliseconds(ms) / 1_000));
  return (
    <Layout page={page} title={texts.title} styles={['/assets/admin.css']}>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <section class="sheet" aria-labelledby="figures">
        <h2 id="figures">{texts.figures}</h2>
        <table class="rows stacked">
          <thead>
            <tr>
              <th scope="col">{texts.item}</th>
              <th scope="col">{texts.value}</th>
              <th scope="col">{texts.meaning}</th>
            </tr>
          </thead>
          <tbody>
            {texts.rows(page.policy, span).map(([rule, figure, meaning]) => (
              <tr>
                <th scope="row">{rule}</th>
                <td data-label={texts.value}>{figure}</td>
                <td data-label={texts.meaning} class="muted">
                  {meaning}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section class="sheet" aria-labelledby="explained">
        <h2 id="explained">{texts.explained}</h2>
        {studyGuide(page.policy).map(({ title, paragraphs }) => (
          <>
            <h3>{title}</h3>
            {paragraphs.map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </>
        ))}
      </section>
    </Layout>
  );
}
