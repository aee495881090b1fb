// Runs in the page of the gallery.
import { defineStatus } from '/status.js';

const session = (of = {}) => ({
  watchedMs: 754_000,
  crediting: true,
  reason: null,
  state: 'active',
  ...of,
  courseware: {
    title: 'Hand washing',
    limitSeconds: 7_200,
    creditedSeconds: 754,
    remainingSeconds: 6_446,
    ...of.courseware,
  },
  online: {
    year: 2026,
    capSeconds: 180_000,
    creditedSeconds: 90_754,
    remainingSeconds: 89_246,
    ...of.online,
  },
});
const conflict = (canTakeOver) => ({ coursewareId: 'other', title: 'Fire safety', canTakeOver });
const failing = (kind, message, willRetry) => ({ error: { kind, message, willRetry } });
const states = {
  ready: { phase: 'waiting', state: 'paused' },
  connecting: { phase: 'opening', state: 'playing' },
  counting: { phase: 'active', state: 'playing', session: session() },
  paused: { phase: 'active', state: 'paused', session: session() },
  ended: { phase: 'active', state: 'ended', session: session() },
  hidden: { phase: 'active', state: 'hidden', session: session() },
  idle: { phase: 'active', state: 'idle', session: session() },
  buffering: { phase: 'active', state: 'buffering', session: session() },
  refused: { phase: 'refused', state: 'playing', conflict: conflict(false) },
  'refused, take over': { phase: 'refused', state: 'playing', conflict: conflict(true) },
  superseded: { phase: 'over', state: 'playing', session: session({ state: 'superseded' }) },
  'ended elsewhere': { phase: 'over', state: 'playing', session: session({ state: 'ended' }) },
  limit: {
    phase: 'active',
    state: 'playing',
    session: session({
      crediting: false,
      reason: 'courseware-limit-reached',
      courseware: { remainingSeconds: 0 },
    }),
  },
  cap: {
    phase: 'active',
    state: 'playing',
    session: session({ crediting: false, reason: 'online-cap-reached', online: { remainingSeconds: 0 } }),
  },
  'year closed': {
    phase: 'active',
    state: 'playing',
    session: session({ crediting: false, reason: 'year-closed' }),
  },
  unanswered: { phase: 'opening', state: 'playing', ...failing('network', '', true) },
  unreachable: { phase: 'active', state: 'playing', session: session(), ...failing('network', '', true) },
  'signed out': {
    phase: 'active',
    state: 'playing',
    session: session(),
    ...failing('unauthorized', '', true),
  },
  failed: {
    phase: 'failed',
    state: 'playing',
    ...failing('courseware-not-found', 'There is no courseware cw-9.', false),
  },
  stopped: { phase: 'stopped', state: 'paused' },
};

defineStatus();
for (const [name, watching] of Object.entries(states)) {
  const label = document.createElement('div');
  label.textContent = name;
  document.body.append(label);
  for (const lang of ['en', 'zh-CN']) {
    const element = document.createElement('watchledger-status');
    element.lang = lang;
    document.body.append(element);
    element.watching = {
      watchedMs: 754_000,
      retry() {},
      takeOver() {},
      on: () => () => {},
      ...watching,
    };
  }
}
document.body.dataset.shown = '';
