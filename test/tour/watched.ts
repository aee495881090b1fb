import { openSqlite } from '@watchledger/ledger';
import { type PlantedSession, plantSessions } from '@watchledger/ledger/testing/planting';
import type { DayNumber } from '@watchledger/rules';
import { fileOf } from '../harness/index.ts';
import { dayOf, isWorkday, momentOf } from './calendar.ts';
import { allCourseware, type TourCourseware } from './courseware.ts';
import type { Dice } from './dice.ts';
import type { TourLearner } from './people.ts';

const minute = 60_000;

const mediaMinutes = new Map(allCourseware.map((each) => [each.id, each.mediaMinutes]));

/** How often somebody who studies as much as is wanted watches in a whole year. */
const viewingsInYear = 44;

/** What learners have watched in a year: on a day of work each once, so that viewings never overlap. */
export function viewings(
  learners: readonly TourLearner[],
  year: number,
  yearShare: number,
  dice: Dice,
): PlantedSession[] {
  return learners.flatMap((learner) => {
    const days = new Set<DayNumber>();
    const wanted = Math.round(viewingsInYear * yearShare * Math.min(learner.diligence, 1.3));
    for (let tries = 0; days.size < wanted && tries < wanted * 3; tries += 1) {
      const day = dayOf(year, dice.share());
      if (isWorkday(day)) days.add(day);
    }
    const seen = new Map<TourCourseware, number>();
    const ofYear = allCourseware.filter((each) => each.year === year);
    return [...days].sort((a, b) => a - b).map((day) => viewing(learner, day, ofYear, seen, dice));
  });
}

/** @param seen minutes of each courseware so far: what is done is rarely watched again */
function viewing(
  { learnerId }: TourLearner,
  day: DayNumber,
  among: readonly TourCourseware[],
  seen: Map<TourCourseware, number>,
  dice: Dice,
): PlantedSession {
  const left = among.filter((each) => (seen.get(each) ?? 0) < each.limitMinutes || dice.happens(0.04));
  const watched = dice.favourite(left.length === 0 ? among : left);
  const minutes = Math.min(dice.whole(12, 95), Math.round(watched.limitMinutes * 1.1));
  seen.set(watched, (seen.get(watched) ?? 0) + minutes);
  const openedAt = momentOf(day, 8) + dice.whole(0, 12 * 60) * minute + dice.whole(0, 59_999);
  return {
    sessionId: sessionIdAt(openedAt, dice),
    learnerId,
    coursewareId: watched.id,
    openedAt,
    days: [[day, minutes * minute + dice.whole(0, 59) * 1_000]],
  };
}

/** A UUIDv7 of that moment. */
function sessionIdAt(at: number, dice: Dice): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  const rest = dice
    .whole(0, 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${rest}`;
}

/** Puts viewings, and what pages told of what was played, straight into the database: watched time has no audit. */
export function plantViewings(databaseUrl: string, sessions: readonly PlantedSession[], dice: Dice): void {
  const database = openSqlite({ file: fileOf(databaseUrl) });
  try {
    plantSessions(database, sessions);
    const cover = database.client.prepare(
      'insert or replace into coverage (learner_id, courseware_id, ranges, position_ms, told_at) values (?, ?, ?, ?, ?)',
    );
    database.client.transaction(() => {
      const playedTo = new Map<string, number>();
      for (const { learnerId, coursewareId: id, openedAt, days } of sessions) {
        const length = (mediaMinutes.get(id) ?? 0) * minute;
        if (length === 0 || dice.happens(0.1)) continue;
        const watched = days[0]?.[1] ?? 0;
        const before = playedTo.get(`${learnerId} ${id}`) ?? 0;
        const to = Math.min(length, before + Math.round(watched * (0.8 + dice.share() * 0.5)));
        playedTo.set(`${learnerId} ${id}`, to);
        const position = to >= length ? null : to;
        cover.run(learnerId, id, JSON.stringify([[0, to]]), position, openedAt + watched);
      }
    })();
  } finally {
    database.close();
  }
}
