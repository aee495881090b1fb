import { describe, expect, test } from 'vitest';
import { type Drawing, draw } from './drawing.ts';

const drawing = (kind: Drawing['kind'], label = '实验室安全'): Drawing => ({
  kind,
  tick: (value) => `${value} 小时`,
  bars: [
    { label, note: '45人', parts: [{ tone: 'online', value: 30, title: `${label} 30小时` }] },
    { label: '二月', note: '3人', parts: [{ tone: 'uncounted', value: 0, title: '没有' }] },
  ],
  mark: { value: 40, label: '目标' },
});

describe.each(['upright', 'lying'] as const)('%s bars', (kind) => {
  test.each([820, 340])(
    '%i wide need no style, script or event that a strict policy forbids',
    async (width) => {
      const svg = await draw(drawing(kind), width);
      expect(svg).toMatch(/^<svg /);
      expect(svg).not.toMatch(/<style|<script|style=|\son\w+=/);
      expect(svg).toContain('var(--chart-online)');
    },
  );

  test('name what they show, and tell it where it is pointed at', async () => {
    const svg = await draw(drawing(kind), 820);
    expect(svg).toContain('实验室安全');
    expect(svg).toContain('<title>实验室安全 30小时</title>');
    expect(svg).toContain('45人');
  });

  test('write titles as text, whatever they hold', async () => {
    const svg = await draw(drawing(kind, '</text><script>alert(1)</script>"&'), 820);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;');
  });

  test('stand where everything is zero', async () => {
    const bars = [{ label: '一月', note: '', parts: [{ tone: 'some', value: 0, title: '' } as const] }];
    expect(await draw({ kind, bars, tick: String }, 820)).not.toContain('NaN');
  });
});

test('a long name is cut where its note begins', async () => {
  const svg = await draw(drawing('lying', '固体物理导论：从晶体结构到能带理论（第二版）全套讲解视频'), 340);
  expect(svg).toMatch(/>固体物理导论[^<]*…</);
});
