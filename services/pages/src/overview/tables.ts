import type { Statistics } from '@watchledger/contract';
import type { Page } from '../layout/page.ts';

/** A cell as people read it, and as a spreadsheet does. */
export interface Cell {
  readonly shown: string;
  readonly bare: string | number;
}

/** Figures behind a picture, as rows under heads; the first column names the row. */
export interface Table {
  readonly name: TableName;
  readonly heads: readonly { readonly shown: string; readonly bare: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

export const tableNames = ['distribution', 'months', 'courseware', 'institutes'] as const;
export type TableName = (typeof tableNames)[number];

/** The figures of one picture. */
export function tableOf(name: TableName, statistics: Statistics, page: Page): Table {
  return { name, ...makers[name](statistics, inWords(page), page) };
}

type Maker = (statistics: Statistics, words: Words, page: Page) => Omit<Table, 'name'>;

const makers: Readonly<Record<TableName, Maker>> = {
  distribution({ distribution, learners }, { head, text, number, percent }, page) {
    const { overview } = page.texts;
    return {
      heads: [head(overview.distribution.step), head(overview.person), head(overview.share)],
      rows: distribution.map((step) => [
        text(stepName(step, page)),
        number(step.learners),
        percent(step.learners, learners),
      ]),
    };
  },

  months({ months }, { head, time, text, duration }, page) {
    const { overview } = page.texts;
    const { categories } = overview;
    return {
      heads: [
        head(overview.months.month),
        time(categories.online),
        time(categories.selfStudy),
        time(categories.offline),
        time(overview.credited),
        time(overview.total),
      ],
      rows: months.map(({ month, online, selfStudy, offline, total }) => [
        text(page.format.month(month)),
        ...[online, selfStudy, offline, total].map(({ creditedSeconds }) => duration(creditedSeconds)),
        duration(total.seconds),
      ]),
    };
  },

  courseware({ courseware }, { head, time, text, duration, number, percent }, page) {
    const words = page.texts.overview.courseware;
    return {
      heads: [
        head(words.name),
        time(words.watched),
        time(words.credited),
        head(words.learners),
        head(words.unfinished),
        head(words.unfinishedShare),
        time(words.limit),
      ],
      rows: courseware.map((each) => [
        text(each.title),
        duration(each.watchedSeconds),
        duration(each.creditedSeconds),
        number(each.learners),
        number(each.unfinishedLearners),
        percent(each.unfinishedLearners, each.learners),
        duration(each.limitSeconds),
      ]),
    };
  },

  institutes({ organisations }, { head, time, text, duration, number, percent }, page) {
    const { overview } = page.texts;
    const words = overview.institutes;
    return {
      heads: [
        head(words.name),
        time(words.average),
        head(words.reached),
        head(words.reachedShare),
        head(overview.person),
      ],
      rows: organisations.map(({ name, averageCreditedSeconds, reached, learners }) => [
        text(name ?? overview.headquarters),
        duration(averageCreditedSeconds),
        number(reached),
        percent(reached, learners),
        number(learners),
      ]),
    };
  },
};

/** How a step of the distribution is called. */
export function stepName(
  { fromPercent, toPercent }: Statistics['distribution'][number],
  { texts }: Page,
): string {
  const { none, reached, between } = texts.overview.distribution;
  if (toPercent === null) return reached;
  return toPercent === 0 ? none : between(fromPercent, toPercent);
}

type Words = ReturnType<typeof inWords>;

function inWords({ format, texts }: Page) {
  const { inHours } = texts.overview;
  return {
    head: (name: string) => ({ shown: name, bare: name }),
    /** Of a column of durations, which spreadsheets are given in hours, floored to hundredths. */
    time: (name: string) => ({ shown: name, bare: inHours(name) }),
    text: (text: string): Cell => ({ shown: text, bare: text }),
    number: (value: number): Cell => ({ shown: format.number(value), bare: value }),
    duration: (seconds: number): Cell => ({
      shown: format.duration(seconds),
      bare: Math.floor(seconds / 36) / 100,
    }),
    percent: (part: number, whole: number): Cell => ({
      shown: format.percent(whole === 0 ? 0 : part / whole),
      bare: whole === 0 ? 0 : Math.floor((part * 100) / whole) / 100,
    }),
  };
}
