import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Bar, Drawing } from './drawing.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

const fontSize = 13;
const noteSize = 12;
/** Narrower than this, labels are small and few. */
const narrowWidth = 500;
const uprightHeight = 260;
const rowHeight = 54;

/**
 * A drawing as SVG that a page may hold under a strict policy: colours are presentation attributes, there is no style
 * and no script in it.
 * @param width in pixels
 */
export function svgOf(drawing: Drawing, width: number): string {
  const options = drawing.kind === 'upright' ? upright(drawing, width) : lying(drawing, width);
  const svg = Plot.plot({ ...options, document, width, className: 'plot' });
  // Its rules stand in our own stylesheets.
  for (const style of svg.querySelectorAll('style')) style.remove();
  // What it shows is said once, by the page around it.
  for (const labelled of svg.querySelectorAll('[aria-label]')) labelled.removeAttribute('aria-label');
  svg.setAttribute('font-size', String(fontSize));
  svg.setAttribute('font-family', 'inherit');
  return svg.outerHTML;
}

interface Part {
  readonly bar: string;
  readonly from: number;
  readonly to: number;
  readonly fill: string;
  readonly title: string;
}

function partsOf({ bars }: Drawing): Part[] {
  return bars.flatMap(({ label, parts }) => {
    let from = 0;
    return parts.map(({ tone, value, title }) => {
      const part = { bar: label, from, to: from + value, fill: `var(--chart-${tone})`, title };
      from = part.to;
      return part;
    });
  });
}

const endOf = ({ parts }: Bar) => parts.reduce((sum, { value }) => sum + value, 0);

/** With room above the highest bar for what is written there, and something to see where all is zero. */
const highest = ({ bars, mark }: Drawing, room: number) =>
  Math.max(1, mark?.value ?? 0, ...bars.map(endOf)) * room;

/** Narrow ones with their short notes. */
const fitting = ({ bars, ...drawing }: Drawing, narrow: boolean): Drawing => ({
  ...drawing,
  bars: narrow ? bars.map((bar) => ({ ...bar, note: bar.shortNote ?? bar.note })) : bars,
});

function upright(given: Drawing, width: number): Plot.PlotOptions {
  const narrow = width < narrowWidth;
  const drawing = fitting(given, narrow);
  const { bars, tick } = drawing;
  return {
    height: uprightHeight,
    marginLeft: 48,
    marginRight: 8,
    marginBottom: narrow ? 52 : 32,
    x: { type: 'band', domain: bars.map(({ label }) => label), label: null, padding: 0.22 },
    y: { domain: [0, highest(drawing, 1.12)], label: null },
    marks: [
      Plot.axisX({ tickSize: 0, fontSize: narrow ? 11 : fontSize, tickRotate: narrow ? -45 : 0 }),
      Plot.axisY({ ticks: 4, tickSize: 0, tickFormat: tick, fontSize: 12 }),
      Plot.gridY({ ticks: 4 }),
      Plot.barY(partsOf(drawing), { x: 'bar', y1: 'from', y2: 'to', fill: 'fill', title: 'title' }),
      Plot.text(bars, {
        x: 'label',
        y: endOf,
        text: 'note',
        dy: -8,
        fontSize: narrow ? 11 : fontSize,
        fill: 'currentColor',
      }),
      Plot.ruleY([0]),
    ],
  };
}

function lying(given: Drawing, width: number): Plot.PlotOptions {
  const narrow = width < narrowWidth;
  const drawing = fitting(given, narrow);
  const { bars, tick, mark } = drawing;
  // Two things may have one name.
  const named = bars.map((bar, nth) => ({ ...bar, label: `${nth} ${bar.label}` }));
  const notesWidth = Math.max(...bars.map(({ note }) => emsOf(note))) * noteSize;
  // A mark goes through all rows, so their notes stand beside it.
  const marginRight = 22 + (mark === undefined ? 0 : notesWidth);
  const marginTop = mark === undefined ? 4 : 24;
  return {
    height: bars.length * rowHeight + marginTop + 28,
    marginTop,
    marginLeft: 22,
    marginRight,
    marginBottom: 28,
    x: { domain: [0, highest(drawing, 1.02)], label: null },
    // The label has the upper half of a row, the bar the lower one.
    y: { type: 'band', domain: named.map(({ label }) => label), label: null, padding: 0, axis: null },
    marks: [
      Plot.gridX({ ticks: narrow ? 4 : 8 }),
      Plot.axisX({ ticks: narrow ? 4 : 8, tickSize: 0, tickFormat: tick, fontSize: noteSize }),
      Plot.barX(partsOf({ ...drawing, bars: named }), {
        y: 'bar',
        x1: 'from',
        x2: 'to',
        fill: 'fill',
        title: 'title',
        insetTop: 27,
        insetBottom: 9,
      }),
      Plot.text(named, {
        y: 'label',
        x: 0,
        text: (_: Bar, nth: number) => cut(bars[nth]?.label ?? '', (width - 64 - notesWidth) / fontSize),
        textAnchor: 'start',
        dy: -14,
        fontWeight: 600,
        fill: 'currentColor',
      }),
      Plot.text(named, {
        y: 'label',
        frameAnchor: 'right',
        text: 'note',
        textAnchor: 'end',
        dx: marginRight - 8,
        dy: mark === undefined ? -14 : 8,
        fontSize: noteSize,
        fill: 'var(--muted)',
      }),
      Plot.ruleX([0]),
      ...(mark === undefined
        ? []
        : [
            Plot.ruleX([mark.value], {
              stroke: 'var(--chart-mark)',
              strokeDasharray: '4 3',
              strokeWidth: 1.5,
            }),
            Plot.text([mark.label], {
              x: [mark.value],
              frameAnchor: 'top',
              textAnchor: 'end',
              dy: -18,
              fontSize: noteSize,
              fill: 'var(--chart-mark)',
            }),
          ]),
    ],
  };
}

/** The width of a text in ems, about: letters are half as wide as characters. */
const emsOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffff]/.test(letter) ? 1 : 0.58), 0);

function cut(text: string, ems: number): string {
  if (emsOf(text) <= ems) return text;
  let shown = '';
  for (const letter of text) {
    if (emsOf(shown) + emsOf(letter) + 1 > ems) break;
    shown += letter;
  }
  return `${shown}…`;
}
