import { players } from '../demo/players.ts';
import { Layout } from '../layout/layout.tsx';
import type { Page } from '../layout/page.ts';
import { signInLink } from '../sign-in/sign-in-link.ts';
import { SignInProblem } from '../sign-in/sign-in-problem.tsx';
import { Card } from './card.tsx';
import { OwnPages } from './own-pages.tsx';

/** What this is, and where to go from here. */
export function StartPage({ page }: { page: Page }) {
  const { start, tagline, product } = page.texts;
  const link = signInLink(page);
  const cards = [
    ...(page.demo
      ? [
          { ...start.cards.video, href: page.link('/demo/video'), sign: '▶' },
          { ...start.cards.document, href: page.link('/demo/document'), sign: '¶' },
        ]
      : []),
    { ...start.cards.api, href: '/docs', sign: '{ }' },
  ];
  return (
    <Layout page={page} title={tagline} scripts={['sign-in.js']}>
      {page.signIn === null && <SignInProblem page={page} />}
      <section class="hero">
        <p class="eyebrow">
          {product} · {tagline}
        </p>
        <h1>{start.title}</h1>
        <p class="lead">{start.lead}</p>
        {page.signIn === null && link !== null && (
          <p>
            <a class="button" href={link}>
              {page.texts.signIn.go}
            </a>
          </p>
        )}
      </section>
      <OwnPages page={page} />
      <section aria-labelledby="demos">
        <h2 id="demos">{start.demos}</h2>
        <ul class="cards">
          {cards.map((card) => (
            <Card {...card} open={start.open} />
          ))}
        </ul>
      </section>
      {page.demo && (
        <section aria-labelledby="players">
          <h2 id="players">{page.texts.players.heading}</h2>
          <ul class="cards">
            {players.map(({ name, path, sign }) => (
              <Card {...page.texts.players[name]} href={page.link(path)} sign={sign} open={start.open} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="facts">
        <h2 id="facts">{start.facts}</h2>
        <dl class="facts">
          {start.factList.map(([title, text]) => (
            <div>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="embed">
        <h2 id="embed">{start.embed}</h2>
        <p>{start.embedText}</p>
        <pre class="code" tabindex={0}>
          <code>{embedding}</code>
        </pre>
      </section>
    </Layout>
  );
}

const embedding = `import { watch } from 'https://hours.example.org/sdk/watchledger.js';

const watching = watch(document.querySelector('video'), {
  endpoint: 'https://hours.example.org',
  coursewareId: 'cw-1',
  token: async () => {
    const answer = await fetch('/my-site/watch-token', { method: 'POST' });
    if (!answer.ok) throw new Error('not signed in');
    return answer.text();
  },
});`;
