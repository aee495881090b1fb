import type { Child } from 'hono/jsx';

/** Where there is nothing to show yet: why, and what can be done. */
export function Blank({ title, text, children }: { title: string; text: string; children?: Child }) {
  return (
    <div class="blank">
      <p class="heading">{title}</p>
      <p class="muted">{text}</p>
      {children}
    </div>
  );
}
