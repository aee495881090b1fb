import { thisYear } from './calendar.ts';
import { courseware } from './words.ts';

export interface TourCourseware {
  readonly id: string;
  readonly title: string;
  readonly kind: 'video' | 'document';
  readonly limitMinutes: number;
  /** Length of the media; 0: it has none. */
  readonly mediaMinutes: number;
  /** When it is watched: what is credited once is not credited again (R4). */
  readonly year: number;
}

/** This year's, and the editions of the year before. */
export const allCourseware: readonly TourCourseware[] = [thisYear, thisYear - 1].flatMap((year) =>
  courseware.map(([title, kind, hours, mediaMinutes], nth) => ({
    id: `cw-${year}-${String(nth + 1).padStart(2, '0')}`,
    title: year === thisYear ? title : `${title}（${year} 版）`,
    kind,
    limitMinutes: hours * 60,
    mediaMinutes,
    year,
  })),
);

/** The nth of this year's. */
export function coursewareOfThisYear(nth: number): TourCourseware {
  const found = allCourseware[nth];
  if (found?.year !== thisYear) throw new RangeError(`there is no courseware ${nth}`);
  return found;
}
