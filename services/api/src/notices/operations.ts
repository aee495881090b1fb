import { NoticesPage, NoticesQuery, NoticesRead, ReadNotices } from '@watchledger/contract';
import { jsonAnswer, type Operation } from '../http/operation.ts';

const tag = 'Notices';
const scope = 'watch, for one’s own';

export const unreadNotices = {
  method: 'get',
  path: '/v1/notices',
  tag,
  scope,
  summary: 'What was decided about one’s activities and enrolments and was not read yet',
  query: NoticesQuery,
  answers: { 200: jsonAnswer('The newest decision first.', NoticesPage) },
} as const satisfies Operation;

export const readNotices = {
  method: 'put',
  path: '/v1/notices/read',
  tag,
  scope,
  summary: 'Keep that one has read what was decided up to a moment',
  description: 'The moment never goes back, and lies never in the future: no decision is missed.',
  body: ReadNotices,
  bodyOptional: true,
  answers: { 200: jsonAnswer('Up to when it was read.', NoticesRead) },
} as const satisfies Operation;
