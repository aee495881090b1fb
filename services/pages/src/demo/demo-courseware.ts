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
] as const;
