import { describe, expect, it } from 'vitest';
import { isProblemCode, Problem, problemCodes, problemKinds, readScopes } from './index.ts';

describe('a problem', () => {
  it('is a document with members of its own, which never replace the standard ones', () => {
    const problem = new Problem('session-ended', 'It ended at noon.', {
      session: { watchedMs: 5 },
      status: 200,
    });
    expect(problem.document()).toEqual({
      type: '/problems/session-ended',
      title: 'This session has ended',
      status: 410,
      detail: 'It ended at noon.',
      code: 'session-ended',
      session: { watchedMs: 5 },
    });
    expect(problem).toBeInstanceOf(Error);
    expect(problem.status).toBe(410);
  });

  it('keeps its cause to itself', () => {
    const cause = new Error('disk I/O error');
    const problem = new Problem('unavailable', 'Away.', { retryAfterSeconds: 2 }, { cause });
    expect(problem.cause).toBe(cause);
    expect(JSON.stringify(problem.document())).not.toContain('disk');
  });

  it('has one of the known codes', () => {
    expect(isProblemCode('parallel-viewing')).toBe(true);
    expect(isProblemCode('constructor')).toBe(false);
  });

  it.each(problemCodes)('%s is explained in both languages under an error status', (code) => {
    const { status, explanation } = problemKinds[code];
    expect(status).toBeGreaterThanOrEqual(400);
    expect(explanation.en).toMatch(/\.$/);
    expect(explanation.zh).toMatch(/[\u4e00-\u9fff].*。$/);
  });
});

describe('the scopes of a token', () => {
  it('are separated by spaces, may have the prefix of the product, and unknown ones give nothing', () => {
    expect(readScopes('watch  watchledger:credits:read openid watchledger:watchledger:review')).toEqual(
      new Set(['watch', 'credits:read']),
    );
    expect(readScopes('')).toEqual(new Set());
    expect(readScopes('ADMIN administrator')).toEqual(new Set());
  });

  it('are all implied by admin', () => {
    expect(readScopes('admin')).toEqual(
      new Set(['watch', 'credits:read', 'courseware:write', 'review', 'admin']),
    );
  });
});
