import type { Panel } from '../metrics/dashboard.ts';
import type { Series } from './prometheus.ts';

/** A panel with the lines that were measured, each with its legend. */
export interface Drawn {
  readonly panel: Panel;
  readonly lines: readonly (Series & { readonly legend: string })[];
}

const colours = ['#73bf69', '#f2cc0c', '#8ab8ff', '#ff780a', '#f2495c', '#5794f2', '#b877d9', '#96d98d'];
/** Pixels of one cell of Grafana's grid. */
const cell = { w: 66, h: 30 };

/** From and to, in seconds since 1970. */
export type Span = readonly [from: number, to: number];

/** The whole dashboard as a page: panels in their places, each with title, lines and legend. */
export function drawPage(title: string, panels: readonly Drawn[], span: Span): string {
  const bottom = Math.max(...panels.map(({ panel: { gridPos } }) => gridPos.y + gridPos.h));
  return `<!doctype html><meta charset="utf-8"><title>${escaped(title)}</title><style>
body { margin: 12px; background: #111217; color: #ccccdc; font: 12px system-ui, sans-serif }
main { position: relative; width: ${24 * cell.w}px; height: ${bottom * cell.h}px }
section { position: absolute; box-sizing: border-box; padding: 8px; border: 4px solid #111217; background: #181b1f; overflow: hidden }
section.row { background: none; font-size: 15px; padding: 4px } h2 { margin: 0; font-size: 13px; font-weight: 600 }
.figure { font-size: 34px; text-align: center; color: #73bf69 } ul { margin: 0; padding: 0; list-style: none; columns: 2 }
li { white-space: nowrap; overflow: hidden; text-overflow: ellipsis } svg text { fill: #9a9ba5; font-size: 10px }
.none { color: #f2495c }</style><main>${panels.map((panel) => drawPanel(panel, span)).join('\n')}</main>`;
}

function drawPanel({ panel, lines }: Drawn, span: Span): string {
  const { x, y, w, h } = panel.gridPos;
  const place = `left:${x * cell.w}px;top:${y * cell.h}px;width:${w * cell.w}px;height:${h * cell.h}px`;
  if (panel.type === 'row') return `<section class="row" style="${place}">${escaped(panel.title)}</section>`;
  const content =
    lines.length === 0
      ? '<p class="none">no data</p>'
      : panel.type === 'stat'
        ? drawFigures(panel, lines)
        : drawLines(panel, lines, span, { w: w * cell.w - 24, h: h * cell.h - 85 });
  return `<section style="${place}"><h2>${escaped(panel.title)}</h2>${content}</section>`;
}

function drawFigures(panel: Panel, lines: Drawn['lines']): string {
  const figures = lines.map(({ points }) => shown(points.at(-1)?.[1] ?? Number.NaN, panel));
  return `<p class="figure">${figures.join(' / ')}</p>`;
}

function drawLines(
  panel: Panel,
  lines: Drawn['lines'],
  [from, to]: Span,
  size: { readonly w: number; readonly h: number },
): string {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value)).filter(Number.isFinite);
  const least = Math.min(0, ...values);
  const most = panel.fieldConfig?.defaults.max ?? (Math.max(...values, 0) || 1);
  const left = 48;
  const x = (at: number) => left + ((at - from) / (to - from)) * (size.w - left);
  const y = (value: number) => 6 + (1 - (value - least) / (most - least || 1)) * (size.h - 22);
  const grid = [0, 0.5, 1].map((part) => {
    const value = least + part * (most - least);
    return `<line x1="${left}" x2="${size.w}" y1="${y(value)}" y2="${y(value)}" stroke="#2c2f36"/><text x="${left - 4}" y="${y(value) + 3}" text-anchor="end">${shown(value, panel)}</text>`;
  });
  const paths = lines.map(({ points }, nth) => {
    const path = points
      .filter(([, value]) => Number.isFinite(value))
      .map(([at, value], index) => `${index === 0 ? 'M' : 'L'}${x(at).toFixed(1)},${y(value).toFixed(1)}`);
    return `<path d="${path.join('')}" fill="none" stroke="${colours[nth % colours.length]}" stroke-width="1.5"/>`;
  });
  const seconds = `<text x="${left}" y="${size.h - 2}">0 s</text><text x="${size.w}" y="${size.h - 2}" text-anchor="end">${Math.round(to - from)} s</text>`;
  const legend = lines.map(
    ({ legend, points }, nth) =>
      `<li><span style="color:${colours[nth % colours.length]}">▬</span> ${escaped(legend)} ${shown(points.at(-1)?.[1] ?? Number.NaN, panel)}</li>`,
  );
  return `<svg width="${size.w}" height="${size.h}">${grid.join('')}${paths.join('')}${seconds}</svg><ul>${legend.join('')}</ul>`;
}

/** A value in the panel's unit, as short as Grafana would say it. */
function shown(value: number, { fieldConfig }: Panel): string {
  const unit = fieldConfig?.defaults.unit;
  if (!Number.isFinite(value)) return '–';
  if (unit === 'percentunit') return `${short(value * 100)} %`;
  if (unit === 'bytes') return `${short(value / 1_048_576)} MiB`;
  if (unit === 's') return Math.abs(value) < 1 ? `${short(value * 1_000)} ms` : `${short(value)} s`;
  return unit === 'reqps' ? `${short(value)}/s` : short(value);
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
