import type { OneTimeCodes } from '@watchledger/pages';

/** A page that can be opened with one click. */
export interface Link {
  readonly title: string;
  readonly url: string;
}

const demoLearner = { sub: 'demo-learner', scope: 'watch' };
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
  return pages.map(({ title, page }) => ({
    title,
    url: `${origin}${page}#code=${codes.issue({ ...demoLearner, page })}`,
  }));
}
