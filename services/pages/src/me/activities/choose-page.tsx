import type { Page } from '../../layout/page.ts';
import { MePage } from '../me-page.tsx';

/** Which of the three forms it shall be. */
export function ChoosePage({ page }: { page: Page }) {
  const { activities: texts } = page.texts.me;
  return (
    <MePage page={page} title={texts.choose}>
      <p class="muted">{texts.autoRecorded}</p>
      <ul class="cards">
        {(['offline', 'self-study', 'online'] as const).map((category) => (
          <li class="card">
            <h2>
              <a href={page.link(`/me/activities/new?category=${category}`)}>{texts.categories[category]}</a>
            </h2>
            <p>{texts.explained[category]}</p>
          </li>
        ))}
      </ul>
    </MePage>
  );
}
