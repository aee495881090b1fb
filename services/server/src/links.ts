import type { OneTimeCodes } from '@watchledger/pages';

/** A page that can be opened with one click. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

const demoLearner = { sub: 'demo-learner', scope: 'watch' };
const people = [
  { title: 'Learner', page: '/me', ...demoLearner },
  { title: 'Reviewer', page: '/review', sub: 'demo-reviewer', scope: 'review credits:read' },
  { title: 'Leader', page: '/overview', sub: 'demo-leader', scope: 'credits:read' },
  { title: 'Admin', page: '/admin/courseware', sub: 'demo-admin', scope: 'admin' },
];
const pages = [
  { title: 'Demo video', page: '/demo/video' },
  { title: 'Demo document', page: '/demo/document' },
  { title: 'HLS stream', page: '/demo/hls' },
  { title: 'Video.js', page: '/demo/video-js' },
  { title: 'PDF', page: '/demo/pdf' },
  { title: 'In a frame', page: '/demo/frame' },
];

/** Ready-to-open links. The code stands in the fragment, which browsers send to nobody. */
export function demoLinks(origin: string, codes: OneTimeCodes): Link[] {
  const demo = pages.map(({ title, page }) => ({ title, page, ...demoLearner }));
  return [...demo, ...people].map(({ title, ...grant }) => ({
    title,
    url: `${origin}${grant.page}#code=${codes.issue(grant)}`,
  }));
}
