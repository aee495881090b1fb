/** What learners have done of a goal, in whole seconds. */
interface Done {
  readonly creditedSeconds: number;
  readonly goalSeconds: number;
  readonly missingSeconds: number;
}

/** What is missing to a goal, in seconds: the goal minus what is done as shown, in whole minutes, so that they add up. */
export const missingAsShown = ({ creditedSeconds, goalSeconds, missingSeconds }: Done): number =>
  missingSeconds === 0 ? 0 : goalSeconds - Math.floor(creditedSeconds / 60) * 60;
