import { parseArgs } from 'node:util';
import { cleanUpAll, startService, temporaryFolder } from '../harness/index.ts';
import { openDoor } from './door.ts';
import { found } from './institute.ts';
import { studyNow } from './live.ts';
import { officers } from './people.ts';
import { takeScreenshots } from './screenshots.ts';

/**
 * `npm run tour`: the product with an institute that has studied for two years, and links for those who work in it, until
 * it is stopped. `-- --screenshots <folder>` takes pictures of every page instead and ends; `--pages /me,/overview` only
 * of these and what is below them.
 */
const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '320' },
    seed: { type: 'string', default: '1' },
    screenshots: { type: 'string' },
    pages: { type: 'string' },
  },
});
const begun = Date.now();
const say = (text: string) =>
  console.log(`${((Date.now() - begun) / 1_000).toFixed(1).padStart(6)} s  ${text}`);

process.once('SIGINT', () => process.exit(130));
const { PORT } = process.env;
const service = await startService({
  env: { EVIDENCE_FOLDER: temporaryFolder(), ...(PORT !== undefined && { PORT }) },
});
const url = PORT === undefined ? service.url : `http://127.0.0.1:${PORT}`;
const { learners, offices } = await found(
  { ...service, url },
  { learners: Number(values.learners), seed: Number(values.seed), onStep: say },
);
const stopStudying = await studyNow(offices, learners);
const [first] = learners;
if (first === undefined) throw new Error('--learners is a whole number from 1');
const { learnerId, name, organisationId } = first;
const doors = {
  learner: { person: { sub: learnerId, name, scope: 'watch', org: organisationId }, page: '/me' },
  reviewer: { person: officers.reviewer, page: '/review' },
  admin: { person: officers.admin, page: '/admin/courseware' },
  leader: { person: officers.leader, page: '/overview' },
};

if (values.screenshots !== undefined) {
  // Of a page that several may open, the one who sees most of it.
  const people = [doors.learner, doors.leader, doors.admin, doors.reviewer].map(({ person }) => person);
  const only = values.pages?.split(',') ?? [];
  await takeScreenshots({
    url,
    secret: service.secret,
    people,
    folder: values.screenshots,
    only,
    onStep: say,
  });
  stopStudying();
  await cleanUpAll();
} else {
  const link = await openDoor(url, service.secret, doors);
  say('准备好了，按 Ctrl-C 结束。 It is ready; Ctrl-C ends it.');
  console.log(`
  学员 Learner    ${link('learner')}   ${name}
  审核 Reviewer   ${link('reviewer')}   ${officers.reviewer.name}，金属研究所
  管理 Admin      ${link('admin')}   ${officers.admin.name}
  领导 Leader     ${link('leader')}   ${officers.leader.name}

  The links work as often as you like; the one opened last says who is signed in.
  DATABASE_URL=${service.databaseUrl} npm run verify
`);
}
