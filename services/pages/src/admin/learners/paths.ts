export const pathOfLearners = '/admin/learners';

export const pathOfLearner = (id: string): string => `${pathOfLearners}/${encodeURIComponent(id)}`;
