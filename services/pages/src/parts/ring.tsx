/** How much of a goal is reached, as a ring; what it says stands in it and beside it as text. */
export function Ring({ share, value, label }: { share: number; value: string; label: string }) {
  const filled = Math.min(Math.max(share, 0), 1) * 100;
  return (
    <div class="ring">
      <svg viewBox="0 0 120 120" aria-hidden="true" focusable="false">
        <circle class="ground" cx="60" cy="60" r="52" />
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
