import type { ActiveSessionsPage, Learner, Session, SessionTimeline } from '@watchledger/contract';
import type { Ask } from '../../site/ask.ts';
import { answered, refusedBecause } from '../../site/faults.ts';
import type { Site } from '../../site/site.tsx';
import { AskFirst } from '../ask-first.tsx';
import { readInstitutes } from '../learners/institute.tsx';
import { ReasonField } from '../reason-field.tsx';
import { SessionsPage } from './sessions-page.tsx';

const path = '/admin/sessions';
const shownAtOnce = 50;

/** Who is viewing now, and how a stuck session is ended. */
export function sessionsRoutes(site: Site): void {
  site.show(path, 'admin', async ({ page, ask }) => {
    const query = { state: 'active', cursor: page.query.get('cursor') ?? undefined, limit: shownAtOnce };
    const [found, institutes] = await Promise.all([
      ask.json<ActiveSessionsPage>({ path: ['sessions'], query }),
      readInstitutes(ask),
    ]);
    return <SessionsPage page={page} found={found} institutes={institutes} now={Date.now()} />;
  });

  site.show(`${path}/:id/end`, 'admin', async ({ page, ask, part, goTo }) => {
    const id = part('id');
    const session = await timelineOf(ask, id);
    const { sessions: texts } = page.texts.admin;
    if (session.sealedAt !== null) return goTo(path, { kind: 'good', text: texts.over });
    const { title, openedAt, lastSeenAt, learnerId } = session;
    const { moment, time } = page.format;
    return (
      <AskFirst
        page={page}
        title={texts.endTitle(await nameOf(ask, learnerId))}
        texts={[texts.endAbout(title, moment(openedAt), time(lastSeenAt)), ...texts.endTexts]}
        action={`${path}/${id}/end`}
        go={texts.endGo}
        back={path}
      >
        <ReasonField page={page} />
      </AskFirst>
    );
  });

  site.take(`${path}/:id/end`, 'admin', async ({ page, ask, form, part, goTo }) => {
    const id = part('id');
    const name = await nameOf(ask, (await timelineOf(ask, id)).learnerId);
    const body = { reason: form.text('reason') };
    const outcome = await answered(
      ask.json<Session>({ method: 'POST', path: ['sessions', id, 'end'], body }),
    );
    const { sessions: texts } = page.texts.admin;
    return goTo(
      path,
      outcome.ok
        ? { kind: 'good', text: texts.ended(name) }
        : { kind: 'bad', text: refusedBecause(outcome.refusal, page.language) },
    );
  });
}

/** Their name, and by what they are told from others of that name. */
async function nameOf(ask: Ask, learnerId: string): Promise<string> {
  const { name } = await ask.json<Learner>({ path: ['learners', learnerId] });
  return name === null ? learnerId : `${name} (${learnerId})`;
}

const timelineOf = (ask: Ask, id: string) =>
  ask.json<SessionTimeline>({ path: ['sessions', id, 'timeline'] });
