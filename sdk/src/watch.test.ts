import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WatchError, type WatchOptions, watch } from './index.ts';
import { setStage } from './testing/stage.ts';

let warn: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

const options: WatchOptions = { endpoint: '/', coursewareId: 'cw-1', token: 'good' };

test.each([
  ['no player', null, options],
  ['something that is no player', {} as HTMLVideoElement, options],
  ['an element that is no player', new EventTarget() as HTMLVideoElement, options],
  ['no options', new EventTarget() as HTMLVideoElement, undefined as unknown as WatchOptions],
  ['no browser around it', new EventTarget() as HTMLVideoElement, options],
])('%s: told by one event and one line in the console, never thrown', async (_, source, given) => {
  const errors: WatchError[] = [];
  const watching = watch(source, given);
  watching.on('error', (error) => errors.push(error));
  await Promise.resolve();
  watching.retry();
  watching.takeOver();
  expect(watching.watchedMs).toBe(0);
  await watching.stop();
  expect(errors).toMatchObject([{ kind: 'misuse', willRetry: false }]);
  expect(warn).toHaveBeenCalledTimes(1);
});

test('unsubscribed, a listener hears no more', async () => {
  const { clock, source, watching } = setStage();
  const heard = vi.fn();
  const unsubscribe = watching.on('state', heard);
  await clock.pass(0);
  source.show('playing');
  unsubscribe();
  source.show('paused');
  expect(heard.mock.calls).toEqual([['playing']]);
});

test('stopped in the same breath, it never begins', async () => {
  const { clock, service, source, watching, told } = setStage();
  await watching.stop();
  source.show('playing');
  await clock.pass(60_000);
  expect(service.heard).toEqual([]);
  expect(told.filter(([event]) => event === 'error')).toEqual([]);
});
