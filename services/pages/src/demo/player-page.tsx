import type { Child } from 'hono/jsx';
import type { Page } from '../layout/page.ts';
import { CoursewarePage } from './courseware-page.tsx';
import { players } from './players.ts';

interface PlayerPageProps {
  page: Page;
  name: (typeof players)[number]['name'];
  coursewareId: string;
  script: string;
  player?: string;
  styles?: readonly string[];
  /** What a customer writes to have this player watched. */
  attaching: string;
  children: Child;
}

/** Courseware in a player of somebody else, and how the SDK is attached to it. */
export function PlayerPage({ name, attaching, children, ...props }: PlayerPageProps) {
  const { texts, link, path } = props.page;
  const below = (
    <section class="attaching" aria-labelledby="attaching">
      <h2 id="attaching">{texts.players.attach}</h2>
      <pre class="code" tabindex={0}>
        <code>{attaching}</code>
      </pre>
    </section>
  );
  return (
    <CoursewarePage {...props} title={texts.players[name].title} below={below}>
      <nav class="kinds" aria-label={texts.players.heading}>
        {players.map((other) => (
          <a href={link(other.path)} aria-current={other.path === path ? 'page' : undefined}>
            {texts.players[other.name].short}
          </a>
        ))}
      </nav>
      {children}
    </CoursewarePage>
  );
}
