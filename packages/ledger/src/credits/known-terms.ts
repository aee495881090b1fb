import { type CoursewareId, milliseconds } from '@watchledger/rules';
import type { TermsTuple, ViewingTuple } from './facts.ts';
import type { CoursewareTerms } from './port.ts';

/** So many that what learners have in common is found, so few that memory stays flat. */
const MOST_KNOWN = 20_000;

/** What was read of courseware while the ledger's shared revision was this one. */
class KnownTerms {
  readonly revision: number;
  readonly terms = new Map<CoursewareId, CoursewareTerms>();
  readonly #asked = new Set<string>();

  constructor(revision: number) {
    this.revision = revision;
  }

  get full(): boolean {
    return this.#asked.size >= MOST_KNOWN;
  }

  /** The courseware of these viewings that nobody has asked for yet. */
  unknownOf(viewings: readonly ViewingTuple[]): string[] {
    const unknown = new Set<string>();
    for (const [, , coursewareId] of viewings) if (!this.#asked.has(coursewareId)) unknown.add(coursewareId);
    return [...unknown];
  }

  learn(asked: readonly string[], found: readonly TermsTuple[]): void {
    for (const coursewareId of asked) this.#asked.add(coursewareId);
    for (const [coursewareId, title, limitMs] of found)
      this.terms.set(coursewareId as CoursewareId, { title, limitMs: milliseconds(limitMs) });
  }
}

/**
 * Answers what is known of courseware at a shared revision. Whatever changes a courseware moves the revision in the
 * same commit, so terms of the revision that facts were read with are those in force; they are read once, not again
 * for each few learners.
 */
export function createKnownTerms(): (revision: number) => KnownTerms {
  let known = new KnownTerms(0);
  return (revision) => {
    // What was handed out stays as it is: a new one takes its place.
    if (known.revision !== revision || known.full) known = new KnownTerms(revision);
    return known;
  };
}
