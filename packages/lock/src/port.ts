import type { Instant, LearnerId } from '@watchledger/rules';
import type {
  AdoptReply,
  EndCommand,
  KnownSession,
  OpenCommand,
  OpenReply,
  ReportCommand,
  ReportReply,
} from './protocol.ts';

/**
 * The one active-session lock of each learner (R3). Every command is atomic for its learner, is stamped by the
 * lock store's own clock, and may run twice. All throw LockUnavailable when the store does not answer in time;
 * the command may have run all the same.
 */
export interface ViewingLock {
  /** The time of the clock that stamps this learner's facts. */
  now(learnerId: LearnerId): Promise<Instant>;
  /** Rejects when no node of the store answers. */
  health(): Promise<LockHealth>;
  open(learnerId: LearnerId, command: OpenCommand): Promise<OpenReply>;
  report(learnerId: LearnerId, command: ReportCommand): Promise<ReportReply>;
  end(learnerId: LearnerId, command: EndCommand): Promise<ReportReply>;
  adopt(learnerId: LearnerId, known: KnownSession, repair: boolean): Promise<AdoptReply>;
  close(): Promise<void>;
}

/** Of all nodes that stamp facts: a cluster has one for each part of the learners. */
export interface LockHealth {
  /** The time of the clock that differs most from this process's, of those that answer. */
  readonly now: Instant;
  /** How many nodes do not: the learners of these are refused just now. */
  readonly away: number;
}

/** The lock store cannot be reached, or did not answer in time. */
export class LockUnavailable extends Error {
  override readonly name = 'LockUnavailable';
}
