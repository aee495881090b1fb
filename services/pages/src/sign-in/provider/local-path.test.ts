import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each([
  ['/', '/'],
  ['/me', '/me'],
  ['/me?year=2026&lang=en', '/me?year=2026&lang=en'],
  ['/me/../review#x', '/review'],
  ['/learners/张', '/learners/%E5%BC%A0'],
  ['/sign-interest', '/sign-interest'],
])('%s may follow a sign-in', (text, path) => {
  expect(localPath(text)).toBe(path);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/./\\evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  'javascript:alert(1)',
  'me',
  '',
  '/sign-in/start?to=/me',
  '/sign-out',
  '/x/../sign-in/callback',
  `/${'x'.repeat(2_000)}`,
])('open redirect: %j may not', (text) => {
  expect(localPath(text)).toBeNull();
});
