import type { Page } from '../../layout/page.ts';
import type { DecisionDraft } from './draft.ts';
import type { Effect } from './effect.ts';

interface EffectProps {
  page: Page;
  effect: Effect | null;
  /** Which decision it is the effect of: it goes out of sight once another one is chosen. */
  of: DecisionDraft['decision'];
}

/** What the decision in the form would change for its learner. */
export function EffectNote({ page, effect, of }: EffectProps) {
  if (effect === null || typeof effect === 'string') return null;
  const { format, texts } = page;
  const { activity } = texts.review;
  return (
    <div class={`note effect of-${of}`} role="status">
      <b>{activity.effect}</b>
      {effect.length === 0 && <p>{activity.noEffect}</p>}
      {effect.map(({ year, fromSeconds, toSeconds, differenceSeconds }) => (
        <p>
          {activity.effectOf(year, format.duration(fromSeconds), format.duration(toSeconds))}{' '}
          <b>
            {differenceSeconds >= 0
              ? activity.gain(format.exactDuration(differenceSeconds))
              : activity.loss(format.exactDuration(-differenceSeconds))}
          </b>
        </p>
      ))}
    </div>
  );
}
