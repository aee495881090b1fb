import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Bar, Drawing } from './drawing.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

const fontSize = 13;
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

function upright(drawing: Drawing, width: number): Plot.PlotOptions {
  const { bars, tick, mark } = drawing;
  const narrow = width < narrowWidth;
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
      ...(mark === undefined ? [] : [Plot.ruleY([mark.value], { stroke: 'var(--chart-mark)' })]),
    ],
  };
}

function lying(drawing: Drawing, width: number): Plot.PlotOptions {
  const { bars, tick, mark } = drawing;
  const order = bars.map(({ label }, nth) => `${nth} ${label}`);
  const narrow = width < narrowWidth;
  const named: Drawing = {
    ...drawing,
    bars: bars.map((bar, nth) => ({
      ...bar,
      label: order[nth] ?? bar.label,
      note: narrow ? (bar.shortNote ?? bar.note) : bar.note,
    })),
  };
  const marginTop = mark === undefined ? 4 : 24;
  return {
    height: bars.length * rowHeight + marginTop + 28,
    marginTop,
    marginLeft: 22,
    marginRight: 22,
    marginBottom: 28,
    x: { domain: [0, highest(drawing, 1.02)], label: null },
    // The label has the upper half of a row, the bar the lower one.
    y: { type: 'band', domain: order, label: null, padding: 0, axis: null },
    marks: [
      Plot.gridX({ ticks: narrow ? 4 : 8 }),
      Plot.axisX({ ticks: narrow ? 4 : 8, tickSize: 0, tickFormat: tick, fontSize: 12 }),
      Plot.barX(partsOf(named), {
        y: 'bar',
        x1: 'from',
        x2: 'to',
        fill: 'fill',
        title: 'title',
        insetTop: 27,
        insetBottom: 9,
      }),
      Plot.text(named.bars, {
        y: 'label',
        x: 0,
        text: ({ label, note }: Bar) =>
          cut(label.replace(/^\d+ /, ''), (width - 64) / fontSize - emsOf(note)),
        textAnchor: 'start',
        dy: -14,
        fontWeight: 600,
        fill: 'currentColor',
      }),
      Plot.text(named.bars, {
        y: 'label',
        x: highest(drawing, 1.02),
        text: 'note',
        textAnchor: 'end',
        dy: -14,
        fontSize: 12,
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
              fontSize: 12,
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
