/** An activity that was chosen, at the version at which it was seen. */
export interface Chosen {
  readonly activityId: string;
  readonly etag: string;
}

/** How a checkbox says what it chooses. */
export const chosenValue = ({ activityId, etag }: Chosen): string => `${activityId} ${etag}`;

/** More than stand on any page are not looked at: each is a call or two. */
const most = 200;

/** What was chosen, each once. */
export function chosenFrom(values: readonly string[]): Chosen[] {
  const chosen = new Map<string, Chosen>();
  for (const value of values.slice(0, most)) {
    const [activityId = '', etag = ''] = value.split(' ');
    if (activityId !== '') chosen.set(activityId, { activityId, etag });
  }
  return [...chosen.values()];
}
