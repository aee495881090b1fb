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
const buttons = (element: StatusElement) => [
  ...part(element, 'actions').querySelectorAll<HTMLButtonElement>('button:not([hidden])'),
];

/** A viewing on a stage, and an element that shows it. */
async function watched({ lang = 'en', coursewareId = 'cw-1' } = {}) {
  const stage = setStage({ coursewareId }, { clock: createVirtualClock() });
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

  test('is read in its own language, that of what is around it, also outside of a shadow root', async () => {
    const { watching } = setStage();
    const around = document.createElement('div');
    around.lang = 'fr';
    document.body.append(around);
    const inner = around.attachShadow({ mode: 'open' });
    inner.innerHTML = '<watchledger-status></watchledger-status>';
    const french = inner.firstElementChild as StatusElement;
    french.watching = watching;
    expect(part(french, 'box').lang).toBe('en');
    around.lang = 'zh-Hans';
    french.refresh();
    expect(part(french, 'box').lang).toBe('zh-CN');
    expect(says(french)[0]).toBe('准备就绪');
  });

  test('shows what it was given before it was an element of its kind', () => {
    const { watching } = setStage();
    const early = document.createElement('early-status') as StatusElement;
    early.watching = watching;
    document.body.append(early);
    defineStatus('early-status');
    expect(early.watching).toBe(watching);
    expect(early.hidden).toBe(false);
  });

  test('moved about, it still says why it cannot record', async () => {
    const { element, source, clock } = await watched({ coursewareId: 'none' });
    source.show('playing');
    await clock.pass(SECOND);
    expect(says(element)).toEqual(['Cannot record', 'courseware-not-found']);
    document.body.append(element);
    expect(says(element)).toEqual(['Cannot record', 'courseware-not-found']);
  });

  test('before there is a session, an outage does not promise that time is kept', async () => {
    const { element, source, clock, service } = await watched();
    service.fate = () => 'unavailable';
    source.show('playing');
    await clock.pass(SECOND);
    expect(says(element)).toEqual([
      'No connection',
      'Time counts once the service answers. It is asked again by itself.',
    ]);
  });

  test.each(['light', 'dark'])('its tones can be read on a %s page (WCAG AA)', async (scheme) => {
    const { watching } = setStage();
    const element = place();
    element.style.colorScheme = scheme;
    element.watching = watching;
    const box = part(element, 'box');
    for (const tone of ['rest', 'good', 'warn', 'bad']) {
      box.dataset.tone = tone;
      const colours = [getComputedStyle(part(element, 'state')).color, getComputedStyle(box).backgroundColor];
      expect(contrast(...(colours as [string, string])), tone).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('may be defined twice, also under another name', () => {
    defineStatus();
    defineStatus('hours-status');
    expect(document.createElement('hours-status')).toBeInstanceOf(StatusElement);
  });
});

/** Of two colours as computed, by WCAG 2. */
function contrast(one: string, other: string): number {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;
  const luminance = (colour: string) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}
