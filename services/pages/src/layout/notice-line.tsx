import type { Page } from './page.ts';

/** What the step before has to say, with a way back where there is one. */
export function NoticeLine({ page: { notice, link: linkTo } }: { page: Page }) {
  if (notice === null) return null;
  const { kind, text, undo, link } = notice;
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <span>{text}</span>
      {link !== undefined && <a href={linkTo(link.path)}>{link.label}</a>}
      {undo !== undefined && (
        <form method="post" action={undo.action}>
          {Object.entries(undo.fields).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button type="submit" class="quiet">
            {undo.label}
          </button>
        </form>
      )}
    </div>
  );
}
