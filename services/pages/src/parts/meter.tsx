interface MeterProps {
  /** What it measures, for those who do not see it. */
  label: string;
  /** Both in the same unit; no cap: a bar without an end. */
  value: number;
  cap: number | null;
  /** What is there beyond the cap, and is not credited. */
  over?: number;
}

/** A bar from nothing to a cap. */
export function Meter({ label, value, cap, over = 0 }: MeterProps) {
  if (cap === null) return null;
  const percent = cap === 0 ? 100 : Math.min(100, (value / cap) * 100);
  return (
    <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="ground" width="100" height="4" rx="0" />
      <rect class={over > 0 ? 'full' : 'part'} width={percent} height="4" />
    </svg>
  );
}
