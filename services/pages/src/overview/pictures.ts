import type { HoursByCategory, Statistics } from '@watchledger/contract';
import type { Page } from '../layout/page.ts';
import type { Bar, Drawing, Tone } from './drawing/drawing.ts';
import { stepName, type TableName } from './tables.ts';

/** A picture of figures: what is drawn, what it says to who does not see it, and what its colours mean. */
export interface Picture {
  readonly drawing: Drawing;
  readonly alt: string;
  readonly legend: readonly { readonly tone: Tone; readonly name: string }[];
}

/** Courseware that a picture shows; its table has more. */
export const mostDrawn = 10;
const mostInstitutesDrawn = 30;

/** Null where there is nothing to draw. */
export function pictureOf(name: TableName, statistics: Statistics, page: Page): Picture | null {
  return makers[name](statistics, page);
}

const makers: Readonly<Record<TableName, (statistics: Statistics, page: Page) => Picture | null>> = {
  distribution({ distribution, reached }, page) {
    const { format, texts } = page;
    const { distribution: words, people } = texts.overview;
    const bars = distribution.map((step): Bar => {
      const label = stepName(step, page);
      const shown = format.number(step.learners);
      const tone = step.toPercent === null ? 'reached' : step.toPercent === 0 ? 'none' : 'some';
      return {
        label,
        note: shown,
        parts: [{ tone, value: step.learners, title: words.tip(label, people(shown)) }],
      };
    });
    return {
      drawing: {
        kind: 'upright',
        bars,
        tick: (value) => (Number.isInteger(value) ? format.number(value) : ''),
      },
      alt: words.alt(format.number(reached), format.number(distribution[0]?.learners ?? 0)),
      legend: (['none', 'some', 'reached'] as const).map((tone) => ({ tone, name: words.legend[tone] })),
    };
  },

  months({ months }, page) {
    const { format, texts } = page;
    const { months: words, categories, uncounted } = texts.overview;
    const hours = (seconds: number) => format.number(Math.floor(seconds / 3_600));
    const bars = months.map(({ month, ...byCategory }): Bar => {
      const label = words.name(Number(month.slice(5)));
      const parts = categoryParts(byCategory).map(({ name, tone, seconds }) => {
        const what = name === null ? uncounted : categories[name];
        return { tone, value: seconds / 3_600, title: words.tip(label, what, hours(seconds)) };
      });
      const note = byCategory.total.seconds < 3_600 ? '' : hours(byCategory.total.seconds);
      // Figures of thousands would touch each other.
      return { label, parts, note, shortNote: '' };
    });
    const [most] = months.toSorted((a, b) => b.total.seconds - a.total.seconds);
    return {
      drawing: { kind: 'upright', bars, tick: (value) => format.number(value) },
      alt:
        most === undefined || most.total.seconds === 0
          ? words.altEmpty
          : words.alt(format.month(most.month), hours(most.total.seconds)),
      legend: [
        ...categoryTones.map(([name, tone]) => ({ tone, name: categories[name] })),
        { tone: 'uncounted', name: uncounted },
      ],
    };
  },

  courseware({ courseware }, { format, texts }) {
    const { courseware: words, credited, uncounted, hours: inHours } = texts.overview;
    const hours = (seconds: number) => format.number(Math.floor(seconds / 3_600));
    const [first] = courseware;
    if (first === undefined) return null;
    const bars = courseware.slice(0, mostDrawn).map((each): Bar => {
      const { title, watchedSeconds, creditedSeconds, learners, unfinishedLearners } = each;
      const beyond = watchedSeconds - creditedSeconds;
      return {
        label: title,
        note: words.note(format.number(learners), format.percent(unfinishedLearners / learners)),
        shortNote: words.shortNote(format.percent(unfinishedLearners / learners)),
        parts: [
          {
            tone: 'online',
            value: creditedSeconds / 3_600,
            title: `${title} · ${credited} ${format.duration(creditedSeconds)}`,
          },
          {
            tone: 'uncounted',
            value: beyond / 3_600,
            title: `${title} · ${uncounted} ${format.duration(beyond)}`,
          },
        ],
      };
    });
    return {
      drawing: { kind: 'lying', bars, tick: (value) => inHours(format.number(value)) },
      alt: words.alt(first.title, hours(first.watchedSeconds)),
      legend: [
        { tone: 'online', name: credited },
        { tone: 'uncounted', name: uncounted },
      ],
    };
  },

  institutes({ organisations, goalSeconds }, { format, texts }) {
    const { institutes: words, headquarters, hours: inHours } = texts.overview;
    const sorted = organisations.toSorted((a, b) => b.averageCreditedSeconds - a.averageCreditedSeconds);
    const [first] = sorted;
    if (first === undefined) return null;
    const bars = sorted
      .slice(0, mostInstitutesDrawn)
      .map(({ name, averageCreditedSeconds, reached, learners }): Bar => {
        const label = name ?? headquarters;
        return {
          label,
          note: words.note(format.number(reached), format.number(learners)),
          shortNote: words.shortNote(format.number(reached), format.number(learners)),
          parts: [
            {
              tone: averageCreditedSeconds >= goalSeconds ? 'reached' : 'some',
              value: averageCreditedSeconds / 3_600,
              title: `${label} · ${words.average} ${format.duration(averageCreditedSeconds)}`,
            },
          ],
        };
      });
    return {
      drawing: {
        kind: 'lying',
        bars,
        tick: (value) => inHours(format.number(value)),
        mark: { value: goalSeconds / 3_600, label: words.goal(format.duration(goalSeconds)) },
      },
      alt: words.alt(first.name ?? headquarters, format.duration(first.averageCreditedSeconds)),
      legend: [],
    };
  },
};

const categoryTones = [
  ['online', 'online'],
  ['selfStudy', 'self-study'],
  ['offline', 'offline'],
] as const;

/** What is credited of each category, and last what is not credited of all of them. */
function categoryParts(hours: HoursByCategory) {
  const credited = categoryTones.map(([name, tone]) => ({
    name,
    tone,
    seconds: hours[name].creditedSeconds,
  }));
  const beyond = hours.total.seconds - hours.total.creditedSeconds;
  return [...credited, { name: null, tone: 'uncounted', seconds: beyond } as const];
}
