import { describe, expect, it } from 'vitest';
import { instant, type SessionId } from '../quantities.ts';
import { type Fact, sortFacts } from './facts.ts';
import { activity, training, watched } from './testing/example-facts.ts';

describe('the order in which facts earn (R7)', () => {
  const named = (id: string, day: string, minute: number): Fact => ({
    ...watched('a', day, '1h', minute),
    id: id as SessionId,
  });
  const inOrder: Fact[] = [
    { ...activity('online', '2026-03-01', '1h'), firstMoment: instant(0) },
    named('z', '2026-03-02', 1),
    named('B', '2026-03-02', 2),
    named('a', '2026-03-02', 2),
    { ...training('2026-03-02', { id: 'a' }), firstMoment: instant(0) },
    { ...activity('offline', '2026-03-02', '1h'), firstMoment: instant(0) },
    named('a', '2026-03-03', 0),
  ];

  it('is day, watched before trainings before activities, first moment, id by bytes', () => {
    expect(sortFacts(inOrder.toReversed())).toEqual(inOrder);
    expect(sortFacts(inOrder)).toEqual(inOrder);
  });
});
