import type { CreditsRow, Page } from '@watchledger/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from './site.ts';

const count = 12;
const learners = Array.from({ length: count }, (_, n) => `u${String(n).padStart(2, '0')}`);

describe('the credits of many', () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite();
    await site.put('film', 7_200);
    await Promise.all(
      learners.map(async (learner, n) => {
        const viewing = await site.page(learner).watch('film');
        await viewing.play(n < 2 ? 2_000 : 1_000);
        await viewing.end();
      }),
    );
  });

  const text = async (accept: string, query = '') => {
    const answer = await site.office.get<string>(`/v1/credits${query}`, { Accept: accept });
    expect(answer.status).toBe(200);
    return answer;
  };

  test('are read in pages, each learner once, in one order', async () => {
    const pages: CreditsRow[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = await site.office.get<Page<CreditsRow>>(`/v1/credits?limit=5${query}`);
      expect(answer.status).toBe(200);
      pages.push(answer.body.items);
      cursor = answer.body.nextCursor;
    }
    expect(pages.map((items) => items.length)).toEqual([5, 5, 2]);
    const rows = pages.flat();
    expect(rows.map(({ learnerId }) => learnerId)).toEqual(learners);
    expect(rows.map(({ online }) => online.creditedSeconds)).toEqual(learners.map((_, n) => (n < 2 ? 2 : 1)));
    for (const row of rows) {
      const { courseware, ...alone } = await site.creditsOf(row.learnerId);
      expect(row).toEqual(alone);
      expect(courseware).toHaveLength(1);
    }
  });

  test('can be asked of some alone, and of those below the goal', async () => {
    const some = await site.office.get<Page<CreditsRow>>('/v1/credits?learnerId=u03&learnerId=u07');
    expect(some.body.items.map(({ learnerId }) => learnerId)).toEqual(['u03', 'u07']);
    const below = await site.office.get<Page<CreditsRow>>('/v1/credits?below=goal&limit=200');
    expect(below.body.items).toHaveLength(count);
  });

  test('stream as NDJSON whose last line proves that it is whole', async () => {
    const { headers, body } = await text('application/x-ndjson', '?limit=5');
    expect(headers.get('Content-Type')).toBe('application/x-ndjson');
    expect(body.endsWith('\n')).toBe(true);
    const lines = body.trimEnd().split('\n');
    expect(lines.at(-1)).toBe(`{"end":true,"count":${count}}`);
    const rows = lines.slice(0, -1).map((line): CreditsRow => JSON.parse(line));
    const page = await site.office.get<Page<CreditsRow>>('/v1/credits?limit=200');
    expect(rows).toEqual(page.body.items);
  });

  test('stream as CSV with a header and a line for each learner', async () => {
    const { headers, body } = await text('text/csv');
    expect(headers.get('Content-Type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers.get('Content-Disposition')).toContain('credits.csv');
    const [header = '', ...lines] = body.trimEnd().split('\r\n');
    const names = header.split(',');
    const cell = (line: string, name: string) => line.split(',')[names.indexOf(name)];
    expect(lines.map((line) => cell(line, 'learnerId'))).toEqual(learners);
    expect(lines.map((line) => cell(line, 'onlineCreditedSeconds'))).toEqual(
      learners.map((_, n) => (n < 2 ? '2' : '1')),
    );
    expect(lines.every((line) => line.split(',').length === names.length)).toBe(true);
  });

  test('are zeros for a learner that nobody knows', async () => {
    const { online, courseware, total } = await site.creditsOf('nobody', 2020);
    expect(online).toMatchObject({ watchedSeconds: 0, creditedSeconds: 0, remainingSeconds: 180_000 });
    expect(total).toMatchObject({ goalSeconds: 360_000, missingSeconds: 360_000 });
    expect(courseware).toEqual([]);
  });
});
