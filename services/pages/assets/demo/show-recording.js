import { endOtherViewing } from './other-viewing.js';
import { onlineCredits } from './own-credits.js';
import { createPanel } from './panel.js';
import { bound, standing } from './standing.js';
import { createWatchedTime } from './watched-time.js';

/**
 * @typedef {import('@watchledger/sdk').Watching} Watching
 * @typedef {import('./standing.js').News} News
 */

/**
 * Keeps the panel true to the viewing: hears its events, and asks it for what no event tells.
 * @param {HTMLElement} root the panel
 * @param {Watching} watching
 * @param {() => void} present makes the courseware go on, as after a click on play
 */
export function showRecording(root, watching, present) {
  const panel = createPanel(root);
  const coursewareId = root.dataset.coursewareId ?? '';
  const watched = createWatchedTime(Number(root.dataset.maxCatchUpMs));
  /** @type {News} */
  let news = {};

  function show() {
    const state = standing(watching, news, coursewareId);
    panel.state(state, { detail: news.error?.message, bound: bound(watching.session) });
    const refused = state === 'parallel-viewing' || state === 'open-elsewhere';
    // The event tells of it once; until when it holds goes on changing.
    panel.conflict(refused ? (watching.conflict ?? news.conflict) : undefined, coursewareId);
    panel.button('resume').hidden = !['session-superseded', 'session-ended', 'failed'].includes(state);
    panel.watched(watched.shown(watching.watchedMs));
  }

  watching.on('session', (session) => {
    watched.correct(session, watching.watchedMs);
    panel.courseware(session.courseware);
    panel.online(session.online);
    if (session.state === 'active') news = { error: news.error };
    show();
  });
  watching.on('state', show);
  watching.on('conflict', (active) => {
    news = { conflict: active };
    show();
  });
  watching.on('superseded', () => {
    news = { over: 'session-superseded' };
    show();
  });
  watching.on('ended', () => {
    news = { over: 'session-ended' };
    show();
  });
  watching.on('error', (error) => {
    news = { ...news, error };
    show();
  });
  watching.on('recovered', () => {
    news = { ...news, error: undefined };
    show();
  });
  setInterval(show, 500);
  onlineCredits(root.dataset.learnerId ?? '').then((online) => {
    // A session's figures are newer.
    if (online && !watching.session) panel.online(online);
  });

  function again() {
    panel.progress('');
    watching.retry();
    present();
    show();
  }
  panel.button('retry').addEventListener('click', again);
  panel.button('resume').addEventListener('click', () => {
    news = {};
    again();
  });
  panel.button('take-over').addEventListener('click', () => {
    watching.takeOver();
    present();
    show();
  });
  panel.button('end-other').addEventListener('click', async () => {
    panel.progress(panel.texts.ending);
    if (await endOtherViewing()) again();
    else panel.progress(panel.texts.endFailed);
  });
}
