import { tones } from './standing.js';

/**
 * @typedef {import('@watchledger/sdk').Session} Session
 * @typedef {import('@watchledger/sdk').ActiveViewing} ActiveViewing
 * @typedef {keyof typeof tones} RecordingState
 */

/** How many changes the history keeps. */
const HISTORY = 8;

/**
 * Writes into the panel that the server rendered. It decides nothing.
 * @param {HTMLElement} root
 */
export function createPanel(root) {
  const texts = JSON.parse(root.dataset.texts ?? '{}');
  const language = document.documentElement.lang;
  const clockTime = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  /** @type {string | undefined} */
  let shownState;

  // Where there is room for little, the particulars are there for whoever asks.
  if (matchMedia('(max-width: 37.5rem)').matches) {
    for (const details of root.querySelectorAll('details')) details.open = false;
  }

  /** @param {string} name @returns {HTMLElement} */
  const place = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-show="${name}"]`));
  /** @param {string} name @returns {HTMLButtonElement} */
  const button = (name) => /** @type {HTMLButtonElement} */ (root.querySelector(`[data-do="${name}"]`));
  /** @param {string} name @param {string} text */
  const write = (name, text) => {
    // A live region speaks at every write, so only changes are written.
    if (place(name).textContent !== text) place(name).textContent = text;
  };

  /**
   * @param {string} name
   * @param {number} done seconds
   * @param {number | null} all seconds; null: without a bound
   * @param {number | null} left seconds
   */
  function figures(name, done, all, left) {
    write(`${name}-credited`, digits(done));
    write(`${name}-all`, all === null ? texts.noCap : digits(all));
    write(`${name}-left`, left === null ? '–' : digits(left));
    const bar = /** @type {HTMLProgressElement} */ (place(`${name}-progress`));
    bar.hidden = all === null;
    if (all === null) return;
    bar.max = Math.max(1, all);
    bar.value = all === 0 ? 1 : Math.min(done, all);
    bar.setAttribute('aria-valuetext', fill(texts.progressOf, { done: span(done), all: span(all) }));
  }

  return {
    texts,
    button,

    /**
     * @param {RecordingState} state
     * @param {{ detail?: string | undefined, bound?: string | undefined }} more what was refused; why nothing is
     *   earned although it is recorded
     */
    state(state, { detail = '', bound } = {}) {
      const [title, why] = texts.states[state];
      const also = bound === undefined || bound === state ? '' : texts.states[bound][1];
      write('state', title);
      write('why', fill(why, { detail }));
      write('bound', also);
      place('bound').hidden = also === '';
      root.dataset.tone = tones[state];
      if (state !== shownState) remember(title);
      shownState = state;
    },

    /** @param {number} ms */
    watched(ms) {
      write('watched', minutes(Math.floor(ms / 1000)));
    },

    /** @param {Session['courseware']} courseware */
    courseware({ creditedSeconds, limitSeconds, remainingSeconds }) {
      figures('courseware', creditedSeconds, limitSeconds, remainingSeconds);
    },

    /** @param {Session['online']} online */
    online({ year, creditedSeconds, capSeconds, remainingSeconds }) {
      figures('online', creditedSeconds, capSeconds, remainingSeconds);
      write('online-title', fill(texts.onlineYear, { year: String(year) }));
    },

    /**
     * @param {ActiveViewing | undefined} active the viewing that is in the way
     * @param {string} coursewareId this page's courseware
     */
    conflict(active, coursewareId) {
      place('conflict').hidden = active === undefined;
      if (active === undefined) return;
      const same = active.coursewareId === coursewareId;
      write('conflict-heading', same ? texts.conflictSameHeading : texts.conflictHeading);
      write('conflict-what', same ? texts.conflictSame : named(active));
      write(
        'conflict-when',
        fill(texts.conflictTimes, {
          openedAt: clockTime.format(new Date(active.openedAt)),
          expiresAt: clockTime.format(new Date(active.expiresAt)),
        }),
      );
      button('take-over').hidden = !active.canTakeOver;
      // A token that may not know the other courseware may not end it either.
      button('end-other').hidden = active.canTakeOver || active.coursewareId === undefined;
    },

    /** @param {string} text */
    progress(text) {
      write('conflict-progress', text);
    },
  };

  /** @param {ActiveViewing} active */
  function named(active) {
    const title = active.title ?? active.coursewareId;
    return title === undefined ? texts.conflictUnnamed : fill(texts.conflictNamed, { title });
  }

  /** @param {string} title */
  function remember(title) {
    const entry = document.createElement('li');
    const time = document.createElement('time');
    time.textContent = clockTime.format(new Date());
    entry.append(time, ` ${title}`);
    const list = place('history');
    list.prepend(entry);
    while (list.children.length > HISTORY) list.lastElementChild?.remove();
  }

  /** In words, for those who hear it: `1 h 5 min 9 s` without its empty parts. @param {number} seconds */
  function span(seconds) {
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const { hour, minute, second } = texts.units;
    const parts = [h > 0 && `${h} ${hour}`, m > 0 && `${m} ${minute}`, s > 0 && `${s} ${second}`].filter(
      Boolean,
    );
    return parts.length === 0 ? `0 ${minute}` : parts.join(' ');
  }
}

/** `mm:ss`, with hours where there are any. @param {number} seconds */
function minutes(seconds) {
  return seconds < 3600 ? digits(seconds).slice(2) : digits(seconds);
}

/** `h:mm:ss` @param {number} seconds */
function digits(seconds) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** @param {string} text @param {Record<string, string>} values */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}
