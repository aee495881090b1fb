export type Tone = 'good' | 'bad' | 'warn' | 'waiting';

/** A state in a word; its colour only underlines it. */
export const Tag = ({ tone, text }: { tone: Tone; text: string }) => (
  <span class={`tag ${tone}`}>{text}</span>
);
