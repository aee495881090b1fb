/** Where a training, or something about it, is. */
export const trainingPath = (trainingId: string, below = ''): string =>
  `/review/trainings/${encodeURIComponent(trainingId)}${below}`;
