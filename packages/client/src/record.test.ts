import { Problem, type RecordFigures, type StudyRecord } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { all, clientOf, own } from './client.fixture.ts';
import { createClient, IncompleteStreamError } from './index.ts';

const months = { from: '2026-01', to: '2026-06' };
const earned = { seconds: 60, creditedSeconds: 60 };
const figures = (learnerId: string): RecordFigures => ({
  learnerId,
  ...months,
  head: { year: 2026, creditedSeconds: 60, missingSeconds: 359_940, goalSeconds: 360_000 },
  total: earned,
  online: { watchedSeconds: 60, declaredSeconds: 0, trainingSeconds: 0, ...earned },
  selfStudy: { seconds: 0, creditedSeconds: 0 },
  offline: { externalSeconds: 0, trainingSeconds: 0, seconds: 0, creditedSeconds: 0 },
  counts: {
    trainings: 0,
    trainingsByCategory: [{ category: '安全', count: 0 }],
    externalTrainings: 0,
    selfStudy: 0,
    courseware: 1,
    externalNetwork: 0,
    exams: 0,
    examPassRate: 0,
  },
});

describe('the record', () => {
  it('of one learner is read for a range of months', async () => {
    const record: StudyRecord = {
      ...figures('u@1'),
      trainings: [],
      activities: [],
      courseware: [],
      exams: [],
    };
    const learnerRecord = vi.fn(async () => record);
    const { client } = clientOf({ office: { learnerRecord }, organisation: 'imr' });
    expect(await client.learnerRecord('u@1', months)).toEqual(record);
    expect(learnerRecord).toHaveBeenCalledWith({ learnerId: 'u@1', ...months, organisationId: 'imr' });
  });

  it('of somebody else is a refusal', async () => {
    const { client } = clientOf(own);
    await expect(client.learnerRecord('u-18', months)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the records of everybody', () => {
  it('are streamed to their proven end', async () => {
    const learners = Array.from({ length: 100 }, (_, at) => `u-${at}`);
    const streamRecords = vi.fn(async function* () {
      yield* learners.map(figures);
    });
    const { client } = clientOf({ office: { streamRecords } });
    const records = await all(client.records({ ...months, organisationId: 'imr' }));
    expect(records).toEqual(learners.map(figures));
    expect(streamRecords).toHaveBeenCalledWith({ ...months, organisationId: 'imr' });
  });

  it('of nobody are none', async () => {
    const { client } = clientOf({ office: { async *streamRecords() {} } });
    expect(await all(client.records(months))).toEqual([]);
  });

  it('are given up by who has seen enough', async () => {
    const ended = vi.fn();
    const { client } = clientOf({
      office: {
        async *streamRecords() {
          try {
            for (;;) yield figures('u-1');
          } finally {
            ended();
          }
        },
      },
    });
    for await (const _ of client.records(months)) break;
    expect(ended).toHaveBeenCalledOnce();
  });

  it('that are refused at once are a problem', async () => {
    const { client } = clientOf({
      office: {
        // biome-ignore lint/correctness/useYield: it is refused before the first.
        async *streamRecords() {
          throw new Problem('unavailable', 'The database is away.', { retryAfterSeconds: 7 });
        },
      },
    });
    await expect(all(client.records(months))).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterSeconds: 7,
    });
  });

  it('that fail on the way throw, after what had come', async () => {
    const { client } = clientOf({
      office: {
        async *streamRecords() {
          yield* Array.from({ length: 100 }, () => figures('u-1'));
          throw new Error('The database went away.');
        },
      },
    });
    let seen = 0;
    const reading = async () => {
      for await (const _ of client.records(months)) seen += 1;
    };
    await expect(reading()).rejects.toThrow('The database went away.');
    expect(seen).toBeGreaterThan(0);
  });
});

describe('a stream of records', () => {
  const line = JSON.stringify(figures('u-1'));
  const end = (count: number) => JSON.stringify({ end: true, count });

  /** A client that is answered with these bytes, a few at a time. */
  function clientReading(text: string, atOnce = text.length) {
    const bytes = new TextEncoder().encode(text);
    return createClient({
      endpoint: 'http://hours.test',
      token: 'fixed',
      fetch: async () =>
        new Response(
          new ReadableStream({
            start(controller) {
              for (let at = 0; at < bytes.length; at += atOnce)
                controller.enqueue(bytes.subarray(at, at + atOnce));
              controller.close();
            },
          }),
        ),
    });
  }

  it('is read however its bytes are cut, also within a character', async () => {
    const records = all(clientReading(`${line}\n${line}\n${end(2)}\n`, 1).records(months));
    expect(await records).toEqual([figures('u-1'), figures('u-1')]);
  });

  it.each([
    ['is empty', ''],
    ['has no end', `${line}\n`],
    ['breaks off within a line', `${line}\n${line.slice(0, 20)}`],
    ['breaks off within its end', `${line}\n${end(1)}`],
    ['ends with another count', `${line}\n${end(2)}\n`],
  ])('that %s is not whole', async (_, text) => {
    await expect(all(clientReading(text).records(months))).rejects.toThrow(IncompleteStreamError);
  });

  it('may take longer than an answer, but not be silent for so long', async () => {
    vi.useFakeTimers();
    try {
      const lines = new TransformStream<Uint8Array, Uint8Array>();
      const writer = lines.writable.getWriter();
      const client = createClient({
        endpoint: 'http://hours.test',
        token: 'fixed',
        timeoutMs: 1_000,
        fetch: async (_, { signal }) => {
          signal?.addEventListener('abort', () => writer.abort(signal.reason).catch(() => undefined));
          return new Response(lines.readable);
        },
      });
      const records = client.records(months)[Symbol.asyncIterator]();
      for (let seconds = 0; seconds < 3; seconds += 1) {
        const next = records.next();
        await vi.advanceTimersByTimeAsync(900);
        await writer.write(new TextEncoder().encode(`${line}\n`));
        expect((await next).done).toBe(false);
        await vi.advanceTimersByTimeAsync(5_000);
      }
      const silent = expect(records.next()).rejects.toMatchObject({ name: 'TimeoutError' });
      await vi.advanceTimersByTimeAsync(1_000);
      await silent;
    } finally {
      vi.useRealTimers();
    }
  });
});
