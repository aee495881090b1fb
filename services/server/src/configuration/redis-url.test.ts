import { describe, expect, test } from 'vitest';
import { Unreadable } from './environment.ts';
import { redisUrl } from './redis-url.ts';

const nobody = { user: null, password: null };
const ada = { user: 'ada', password: 'word' };

function faultOf(text: string): string {
  try {
    redisUrl(text);
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
  return '';
}

describe('one server', () => {
  const server = { kind: 'server', login: nobody, tls: false, database: 0 };

  test.each([
    ['redis://cache', { ...server, at: { host: 'cache', port: 6379 } }],
    ['redis://cache/', { ...server, at: { host: 'cache', port: 6379 } }],
    ['redis://10.0.0.7:7000/3', { ...server, at: { host: '10.0.0.7', port: 7000 }, database: 3 }],
    ['rediss://[::1]:6380', { ...server, at: { host: '::1', port: 6380 }, tls: true }],
    ['redis://ada:word@cache', { ...server, at: { host: 'cache', port: 6379 }, login: ada }],
    ['redis+unix:///run/redis/redis.sock', { ...server, at: { path: '/run/redis/redis.sock' } }],
    ['redis+unix://ada:word@/run/r.sock', { ...server, at: { path: '/run/r.sock' }, login: ada }],
  ])('%s', (text, address) => {
    expect(redisUrl(text)).toEqual(address);
  });

  test.each([
    ['redis://:word@cache', { user: null, password: 'word' }],
    ['redis://ada:a%2Fb%3Ac%40d%25@cache', { user: 'ada', password: 'a/b:c@d%' }],
    ['redis://ada:a@b:c@cache', { user: 'ada', password: 'a@b:c' }],
  ])('%s: who logs in', (text, login) => {
    expect(redisUrl(text)).toMatchObject({ login, at: { host: 'cache' } });
  });
});

describe('a cluster', () => {
  const nodes = [
    { host: 'h1', port: 7000 },
    { host: 'h2', port: 6379 },
  ];

  test.each([
    ['redis://h1:7000,h2', { kind: 'cluster', nodes, login: nobody, tls: false }],
    ['redis://ada:word@h1:7000,h2', { kind: 'cluster', nodes, login: ada, tls: false }],
    ['rediss://ada:word@h1:7000, rediss://h2', { kind: 'cluster', nodes, login: ada, tls: true }],
    ['redis://ada:word@h1:7000,redis://ada:word@h2/0', { kind: 'cluster', nodes, login: ada, tls: false }],
  ])('%s', (text, address) => {
    expect(redisUrl(text)).toEqual(address);
  });

  test.each([
    ['redis://h1,h2/1', /no database but 0/],
    ['redis://h1,rediss://h2', /same user, password/],
    ['redis://ada:word@h1,redis://bob:word@h2', /same user, password/],
    ['redis://h1,redis+sentinel://h2/x', /^must be/],
  ])('%s is none', (text, fault) => {
    expect(faultOf(text)).toMatch(fault);
  });
});

describe('Sentinels', () => {
  test('name where a primary is', () => {
    expect(redisUrl('redis+sentinel://ada:word@s1,s2:26380/hours/2?user=eve&password=a%26b')).toEqual({
      kind: 'sentinel',
      sentinels: [
        { host: 's1', port: 26379 },
        { host: 's2', port: 26380 },
      ],
      sentinelLogin: { user: 'eve', password: 'a&b' },
      name: 'hours',
      login: ada,
      tls: false,
      database: 2,
    });
    expect(redisUrl('rediss+sentinel://s1/hours')).toMatchObject({
      tls: true,
      login: nobody,
      sentinelLogin: nobody,
    });
  });

  test('need the name', () => {
    expect(faultOf('redis+sentinel://s1,s2')).toMatch(/names no primary/);
    expect(faultOf('redis+sentinel://s1,s2/')).toMatch(/names no primary/);
  });
});

describe('what cannot be read is one line', () => {
  test.each([
    'localhost:6379',
    'http://cache',
    'redis://',
    'redis://h1,',
    'redis://cache:port',
    'redis://cache:0',
    'redis://cache:65536',
    'redis://cache/first',
    'redis://cache/0/1',
    'redis://cache?db=1',
    'redis+sentinel://s1/hours?db=1',
    'redis+unix://host/run/redis.sock',
    'rediss+unix:///run/redis.sock',
  ])('%s', (text) => {
    expect(faultOf(text)).toMatch(/^.+$/);
  });
});

test.each([
  'valkey://:hunter2@cache',
  'redis://ada:hunter2/@cache',
  'redis://ada:hunter2?@cache',
  'redis://ada:hunter2#@cache',
  'redis://ada:hunter2%@cache',
  'redis://ada:hunter2@cache:port',
  'redis+sentinel://s1/hours?pasword=hunter2',
  'redis://a:b@h1,redis://ada:hunter2@h2',
])('a password in a faulty URL is not repeated: %s', (text) => {
  expect(faultOf(text)).toMatch(/^.+$/);
  expect(faultOf(text)).not.toContain('hunter2');
});
