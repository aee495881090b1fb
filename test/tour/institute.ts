import type { TestService } from '../harness/index.ts';
import { thisYear } from './calendar.ts';
import { dice } from './dice.ts';
import { announce, bring, close, declare, examine, hold, type Offices, officesOf, open } from './offices.ts';
import { roster, type TourLearner } from './people.ts';
import { plantViewings, viewings } from './watched.ts';

export interface Institute {
  readonly learners: readonly TourLearner[];
  readonly offices: Offices;
}

export interface InstituteOptions {
  readonly learners: number;
  readonly seed: number;
  /** Told of each step. */
  readonly onStep: (step: string) => void;
}

/** Last year was less. */
const lastYearShare = 0.75;

/** An institute with last year, which is closed, and this one until yesterday. */
export async function found(
  service: TestService,
  { learners: count, seed, onStep }: InstituteOptions,
): Promise<Institute> {
  const chance = dice(seed);
  const offices = officesOf(service);
  const learners = roster(count, chance);
  onStep(`四个单位，${count} 名学员，课件`);
  await open(offices, learners);
  for (const [year, share] of [
    [thisYear - 1, lastYearShare],
    [thisYear, 1],
  ] as const) {
    const watched = viewings(learners, year, share, chance);
    onStep(`${year} 年：${watched.length} 次观看`);
    plantViewings(service.databaseUrl, watched, chance);
    onStep(`${year} 年：培训与申报`);
    await hold(offices, learners, year, chance);
    await bring(offices, learners, year, share, chance);
    if (year < thisYear) await close(offices, year);
  }
  onStep('待审核的申报、报名、考试');
  await declare(offices, learners, chance);
  await announce(offices, learners, chance);
  await examine(offices, learners, chance);
  return { learners, offices };
}
