import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one line that people and machines can read: `N passed, N failed, N skipped`. */
export default class PlainCount implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        // A test that is still pending at the end never came to a verdict.
        count[state === 'pending' ? 'failed' : state] += 1;
      }
      if (module.state() === 'failed') count.failed += brokenOutsideTests(module);
    }
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
    // Other reporters and the closing browser may still write; the count is the last word.
    process.once('exit', () => process.stdout.write(line));
  }
}

/** A file that does not load, or a suite whose hooks fail, has no failed test to be counted. */
function brokenOutsideTests(module: TestModule): number {
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length;
  return suites + (module.errors().length > 0 ? 1 : 0);
}
