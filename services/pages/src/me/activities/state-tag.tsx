import type { ActivityState } from '@watchledger/contract';
import type { Page } from '../../layout/page.ts';
import { Tag, type Tone } from '../../parts/tag.tsx';

const tones: Readonly<Record<ActivityState, Tone>> = {
  draft: 'waiting',
  submitted: 'warn',
  approved: 'good',
  rejected: 'bad',
  withdrawn: 'waiting',
};

export const StateTag = ({ page, state }: { page: Page; state: ActivityState }) => (
  <Tag tone={tones[state]} text={page.texts.me.activities.states[state]} />
);
