import { expect, test } from 'vitest';
import { Form } from '../../site/form.ts';
import { declarationIn, declared, keptValue } from './declaration.ts';

function sent(fields: Record<string, string>): Form {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return new Form(data);
}

test('what was typed is what is declared', () => {
  const form = sent({
    kind: 'overseas-training',
    title: ' 材料力学 ',
    from: '2026-03-01',
    to: '',
    hours: '1小时30分',
    country: '德国',
    links: 'https://a.example/1\r\nhttps://a.example/2\r\n',
    kept: keptValue({ fileId: 'f-1', name: '证 书.pdf' }),
  });
  const declaration = declarationIn(form, 'offline');
  expect(declaration.files).toEqual([{ fileId: 'f-1', name: '证 书.pdf' }]);
  expect(declared(declaration)).toEqual({
    category: 'offline',
    kind: 'overseas-training',
    title: '材料力学',
    from: '2026-03-01',
    to: '2026-03-01',
    seconds: 5400,
    provider: null,
    place: null,
    country: '德国',
    note: null,
    evidence: [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }, { fileId: 'f-1' }],
  });
});

test('a country is of training abroad, a kind of external training', () => {
  const form = sent({ kind: 'training', country: '德国', hours: 'two' });
  expect(declared(declarationIn(form, 'offline'))).toMatchObject({ kind: 'training', country: null });
  expect(declared(declarationIn(form, 'online'))).toMatchObject({ kind: null, country: null });
  expect(declared(declarationIn(form, 'online'))).not.toHaveProperty('seconds');
});
