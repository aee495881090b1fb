/** The demo pages with players of others, as they are offered. `name` is what the texts know each by. */
export const players = [
  { name: 'hls', path: '/demo/hls', sign: '≋' },
  { name: 'videoJs', path: '/demo/video-js', sign: 'V' },
  { name: 'pdf', path: '/demo/pdf', sign: '≡' },
  { name: 'frame', path: '/demo/frame', sign: '❐' },
] as const;
