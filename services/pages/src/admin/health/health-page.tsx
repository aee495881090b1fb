import type { Readiness } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { Tag, type Tone } from '../../parts/tag.tsx';
import { Live } from '../live.tsx';

const toneOf: Readonly<Record<Readiness['status'], Tone>> = { ok: 'good', degraded: 'warn', down: 'bad' };

/** Whether hours can be recorded just now, in plain words; what operators need stands behind them. */
export function HealthPage({ page, readiness, now }: { page: Page; readiness: Readiness; now: number }) {
  const { health: texts } = page.texts.admin;
  const { status, checks } = readiness;
  const [headline, meaning] = texts.status[status];
  return (
    <Layout page={page} title={texts.title} styles={['/assets/admin.css']} scripts={['admin/live.js']}>
      <h1>{texts.title}</h1>
      <Live page={page} seconds={5} now={now}>
        <div class={`health ${toneOf[status]}`}>
          <p class="heading">{headline}</p>
          <p>{meaning}</p>
        </div>
        <table class="rows stacked">
          <thead>
            <tr>
              <th scope="col">{texts.item}</th>
              <th scope="col">{texts.meaning}</th>
              <th scope="col">{texts.result}</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ name, level, detail }) => {
              const [title, about] = texts.checks[name] ?? [name, '—'];
              return (
                <tr>
                  <th scope="row">{title}</th>
                  <td data-label={texts.meaning} class="muted">
                    {about}
                  </td>
                  <td data-label={texts.result}>
                    <Tag tone={toneOf[level]} text={texts.level[level]} />
                    {detail !== undefined && (
                      <span class="small muted id">
                        {texts.details}: {name} {detail}
                      </span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Live>
    </Layout>
  );
}
