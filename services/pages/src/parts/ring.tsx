interface RingProps {
  /** Of the goal, 0 to 1. */
  share: number;
  /** What may come on top of it. */
  waiting?: number;
  value: string;
  label: string;
}

/** How much of a goal is reached, as a ring; what it says stands in it and beside it as text. */
export function Ring({ share, waiting = 0, value, label }: RingProps) {
  const percent = (of: number) => Math.min(Math.max(of, 0), 1) * 100;
  const filled = percent(share);
  return (
    <div class="ring">
      <svg viewBox="0 0 120 120" aria-hidden="true" focusable="false">
        <circle class="ground" cx="60" cy="60" r="52" />
        {waiting > 0 && (
          <circle
            class="waiting"
            cx="60"
            cy="60"
            r="52"
            pathLength="100"
            stroke-dasharray={`${percent(share + waiting)} 100`}
            transform="rotate(-90 60 60)"
          />
        )}
        <circle
          class={filled >= 100 ? 'done' : 'part'}
          cx="60"
          cy="60"
          r="52"
          pathLength="100"
          stroke-dasharray={`${filled} 100`}
          transform="rotate(-90 60 60)"
        />
      </svg>
      <p>
        <b>{value}</b>
        <span>{label}</span>
      </p>
    </div>
  );
}
