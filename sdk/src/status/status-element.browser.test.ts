import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { setStage } from '../testing/stage.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import { defineStatus, StatusElement, showEverywhere } from './status-element.ts';

const SECOND = 1_000;

beforeAll(() => defineStatus());
afterEach(() => {
  showEverywhere(undefined);
  document.body.replaceChildren();
});

function place(lang = 'en'): StatusElement {
  const around = document.createElement('div');
  around.lang = lang;
  around.innerHTML = '<watchledger-status></watchledger-status>';
  document.body.append(around);
  return around.firstElementChild as StatusElement;
}

const part = (element: StatusElement, name: string) =>
  element.shadowRoot?.querySelector<HTMLElement>(`[part=${name}]`) as HTMLElement;
const says = (element: StatusElement) => [
  part(element, 'state').textContent,
  part(element, 'why').textContent,
];
const figures = (element: StatusElement) =>
  [...part(element, 'figures').children].map((row) =>
    [...row.children].map(({ textContent }) => textContent),
  );
const buttons = (element: StatusElement) => [...part(element, 'actions').querySelectorAll('button')];

/** A viewing on a stage, and an element that shows it. */
async function watched({ lang = 'en' } = {}) {
  const stage = setStage({}, { clock: createVirtualClock() });
  const element = place(lang);
  element.watching = stage.watching;
  await stage.clock.pass(0);
  return { ...stage, element };
}

describe('the status element', () => {
  test('shows nothing without a viewing', () => {
    expect(place().hidden).toBe(true);
  });

  test('tells what is recorded and what is left, in English', async () => {
    const { element, source, clock } = await watched();
    expect(says(element)).toEqual(['Ready', 'Time counts as soon as you play or read.']);
    expect(part(element, 'figures').hidden).toBe(true);
    source.show('playing');
    await clock.pass(41 * SECOND);
    expect(says(element)).toEqual(['Recording', 'This time earns study hours.']);
    expect(figures(element)).toEqual([
      ['Recorded', '0:40'],
      ['Left in this courseware', '2:00:00'],
      ['Left in 2026', '50:00:00'],
    ]);
    source.show('paused');
    await clock.pass(0);
    expect(says(element)).toEqual(['Paused', 'Time waits until you play on.']);
  });

  test('and in Chinese', async () => {
    const { element, source, clock } = await watched({ lang: 'zh-CN' });
    source.show('playing');
    await clock.pass(41 * SECOND);
    expect(says(element)).toEqual(['正在计时', '这段时间计入学时。']);
    expect(figures(element).map(([name]) => name)).toEqual(['已记录', '本课件还可计入', '2026 年还可计入']);
  });

  test('R3: names what is open elsewhere, and takes over where the policy allows it', async () => {
    const { element, source, clock, service, watching } = await watched();
    service.openElsewhere();
    source.show('playing');
    await clock.pass(0);
    expect(says(element)).toEqual([
      'Not recorded',
      'Open elsewhere: Hygiene. One courseware is recorded at a time.',
    ]);
    expect(buttons(element).map(({ textContent }) => textContent)).toEqual([
      'Record here instead',
      'Try again',
    ]);
    buttons(element)[0]?.click();
    await clock.pass(SECOND);
    expect(watching.phase).toBe('active');
    expect(says(element)[0]).toBe('Recording');
    expect(buttons(element)).toEqual([]);
  });

  test('R3: offers no take-over that the policy forbids', async () => {
    const { element, source, clock, service } = await watched();
    service.canTakeOver = false;
    service.openElsewhere();
    source.show('playing');
    await clock.pass(0);
    expect(buttons(element).map(({ textContent }) => textContent)).toEqual(['Try again']);
  });

  test('an outage says that nothing is lost, until it is over', async () => {
    const { element, source, clock, service } = await watched();
    source.show('playing');
    await clock.pass(SECOND);
    service.fate = () => 'unavailable';
    await clock.pass(25 * SECOND);
    expect(says(element)[0]).toBe('No connection');
    service.fate = () => 'answered';
    buttons(element)[0]?.click();
    await clock.pass(SECOND);
    expect(says(element)[0]).toBe('Recording');
  });

  test('after a take-over it offers to go on here', async () => {
    const { element, source, clock, service, watching } = await watched();
    source.show('playing');
    await clock.pass(SECOND);
    service.openElsewhere();
    await clock.pass(20 * SECOND);
    expect(says(element)[0]).toBe('Not recorded');
    expect(buttons(element).map(({ textContent }) => textContent)).toEqual(['Record here']);
    buttons(element)[0]?.click();
    await clock.pass(0);
    expect(watching.phase).toBe('refused');
    expect(buttons(element)[0]?.textContent).toBe('Record here instead');
  });

  test('its state is a live region that is written only when it changes, and its buttons keep the focus', async () => {
    const { element, source, clock, service } = await watched();
    service.openElsewhere();
    source.show('playing');
    await clock.pass(0);
    expect(part(element, 'state').closest('[role=status]')).not.toBeNull();
    expect(part(element, 'figures').closest('[role=status]')).toBeNull();
    let written = 0;
    const observer = new MutationObserver(() => {
      written += 1;
    });
    const region = part(element, 'state').parentElement as HTMLElement;
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    await userEvent.tab();
    const focused = element.shadowRoot?.activeElement;
    expect(focused).toBe(buttons(element)[0]);
    await clock.pass(60 * SECOND);
    element.refresh();
    await Promise.resolve();
    expect(written).toBe(0);
    expect(element.shadowRoot?.activeElement).toBe(focused);
    observer.disconnect();
  });

  test('is themed from outside, by custom properties and parts', async () => {
    const { element, source, clock } = await watched();
    source.show('playing');
    await clock.pass(SECOND);
    const theme = document.createElement('style');
    theme.textContent =
      'watchledger-status { --watchledger-good: rgb(1, 2, 3) } watchledger-status::part(why) { color: rgb(4, 5, 6) }';
    document.body.append(theme);
    expect(getComputedStyle(part(element, 'state')).color).toBe('rgb(1, 2, 3)');
    expect(getComputedStyle(part(element, 'why')).color).toBe('rgb(4, 5, 6)');
  });

  test('shows the shared viewing where it has none of its own, and forgets what it no longer shows', async () => {
    const { watching } = setStage();
    const early = place();
    showEverywhere(watching);
    const late = place();
    await Promise.resolve();
    expect([early.hidden, late.hidden]).toEqual([false, false]);
    expect(late.watching).toBe(watching);
    showEverywhere(undefined);
    expect([early.hidden, late.hidden]).toEqual([true, true]);
  });

  test('may be defined twice, also under another name', () => {
    defineStatus();
    defineStatus('hours-status');
    expect(document.createElement('hours-status')).toBeInstanceOf(StatusElement);
  });
});
