/** An activity that was chosen, at the version at which it was seen. */
export interface Chosen {
  readonly activityId: string;
  readonly etag: string;
}

/** How a checkbox says what it chooses. */
export const chosenValue = ({ activityId, etag }: Chosen): string => `${activityId} ${etag}`;

/** What was chosen, each once. */
export function chosenFrom(values: readonly string[]): Chosen[] {
  const chosen = new Map<string, Chosen>();
  for (const value of values) {
    const [activityId = '', etag = ''] = value.split(' ');
    if (activityId !== '') chosen.set(activityId, { activityId, etag });
  }
  return [...chosen.values()];
}
