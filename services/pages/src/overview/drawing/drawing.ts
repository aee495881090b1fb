/** What a part of a bar means; stylesheets give it its colour, in light, dark and print. */
export type Tone = 'online' | 'self-study' | 'offline' | 'uncounted' | 'some' | 'none' | 'reached';

export interface BarPart {
  readonly tone: Tone;
  readonly value: number;
  /** Told when it is pointed at. */
  readonly title: string;
}

/** One bar: its parts one after the other, and what is written at its end. */
export interface Bar {
  readonly label: string;
  readonly parts: readonly BarPart[];
  readonly note: string;
  /** The same where there is little room. */
  readonly shortNote?: string;
}

/** What is drawn; values of all bars have one unit. */
export interface Drawing {
  /** Upright bars side by side, or lying ones below each other, each under its label. */
  readonly kind: 'upright' | 'lying';
  readonly bars: readonly Bar[];
  /** How an axis writes a value. */
  readonly tick: (value: number) => string;
  /** A line across lying bars. */
  readonly mark?: { readonly value: number; readonly label: string } | undefined;
}

/** Draws with a library that is loaded when the first picture is asked for, so that no start waits for it. */
export async function draw(drawing: Drawing, width: number): Promise<string> {
  const { svgOf } = await import('./plot.ts');
  return svgOf(drawing, width);
}
