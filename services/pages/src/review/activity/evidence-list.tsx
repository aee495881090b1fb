import type { Page } from '../../layout/page.ts';
import type { ShownEvidence } from './view.ts';

/** Pictures are shown, other files downloaded, links of others opened elsewhere. */
export function EvidenceList({ page, evidence }: { page: Page; evidence: readonly ShownEvidence[] }) {
  const { activity } = page.texts.review;
  if (evidence.length === 0) return <p class="muted">{activity.noEvidence}</p>;
  return (
    <ul class="evidence">
      {evidence.map((each) => (
        <li>
          <Piece page={page} piece={each} />
        </li>
      ))}
    </ul>
  );
}

function Piece({ page, piece }: { page: Page; piece: ShownEvidence }) {
  const { activity } = page.texts.review;
  if (piece === 'missing') return <p class="note warn">{activity.missing}</p>;
  if ('url' in piece) {
    return (
      <>
        <a href={piece.url} target="_blank" rel="noopener noreferrer">
          {piece.url}
        </a>{' '}
        <span class="muted small">{activity.openLink} ↗</span>
      </>
    );
  }
  const { fileId, name, mediaType, bytes } = piece;
  const address = `/review/evidence/${fileId}`;
  return (
    <>
      {mediaType.startsWith('image/') && (
        <a href={address} target="_blank" rel="noopener">
          <img src={address} alt={activity.image(name)} loading="lazy" />
        </a>
      )}
      <p class="file">
        <span>
          {name} <span class="muted small">{sizeOf(page, bytes)}</span>
        </span>
        <a class="button second" href={address} download={name}>
          {activity.download}
        </a>
      </p>
    </>
  );
}

function sizeOf({ format }: Page, bytes: number): string {
  if (bytes < 1_000_000) return `${format.number(Math.max(1, Math.round(bytes / 1_000)))} kB`;
  return `${format.number(Math.round(bytes / 100_000) / 10)} MB`;
}
