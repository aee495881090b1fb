import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take more than half a minute each; begun last, they would keep a run waiting for them alone. */
const long = [
  'test/operate/workers',
  'test/faults/many-machines.once',
  'test/operate/limits',
  'test/operate/move',
  'test/faults/process-killed',
  'test/faults/redis.shared',
  'test/deploy/image',
  'test/operate/redis-faults',
  'test/operate/rolling-restart',
  'test/operate/graceful-stop',
  'test/browser/page-life',
  'test/browser/second-tab',
  'test/people/review',
  'test/people/admin',
  'test/people/learner',
  'test/browser/customer-page',
  'test/browser/video',
];

/** Begins with the test files that take longest, the others in vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = long.findIndex((name) => moduleId.includes(`/${name}.`));
      return place < 0 ? long.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
