/**
 * The courseware behind the demo pages, for the service to register when it starts for development.
 * Limits and lengths are seconds.
 */
export const demoCourseware = [
  {
    id: 'demo-video',
    kind: 'video',
    title: '学时是怎样计算的 · How study hours are counted',
    limitSeconds: 1800,
    mediaSeconds: 75,
  },
  {
    id: 'demo-document',
    kind: 'document',
    title: '学时说明 · A guide to study hours',
    limitSeconds: 3600,
  },
  {
    id: 'demo-hls',
    kind: 'video',
    title: 'HLS 视频 · An HLS stream',
    limitSeconds: 1800,
    mediaSeconds: 75,
  },
  {
    id: 'demo-video-js',
    kind: 'video',
    title: 'Video.js 播放器 · Video.js',
    limitSeconds: 1800,
    mediaSeconds: 75,
  },
  {
    id: 'demo-pdf',
    kind: 'document',
    title: 'PDF 文档 · A PDF',
    limitSeconds: 3600,
  },
  {
    id: 'demo-frame',
    kind: 'video',
    title: '嵌入页里的课件 · Courseware in a frame',
    limitSeconds: 1800,
    mediaSeconds: 75,
  },
] as const;
