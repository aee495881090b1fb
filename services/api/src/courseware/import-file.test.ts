import { Problem } from '@watchledger/contract';
import { describe, expect, it } from 'vitest';
import { readImport } from './import-file.ts';

const header = 'id,title,kind,limitHours';
const refusalOf = (text: string): Problem => {
  try {
    readImport(text);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('The file was accepted.');
};
const faultsOf = (text: string) => refusalOf(text).members.errors;

describe('an imported file', () => {
  it('may quote, be reordered, begin with a byte order mark and have any line ends', () => {
    const text =
      '\uFEFFlimitHours,kind,title,id\r\n1h30m,video,"Hands, ""on""\r\nand feet",cw-1\n\n2,document,课件,cw-2\r';
    expect(() => readImport(text)).toThrow('control characters');
    expect(readImport(text.replace('\r\nand', ' and'))).toEqual([
      { id: 'cw-1', title: 'Hands, "on" and feet', kind: 'video', limitSeconds: 5400 },
      { id: 'cw-2', title: '课件', kind: 'document', limitSeconds: 7200 },
    ]);
  });

  it('names every bad line with its field', () => {
    const text = `${header}\ncw-1,A,video,1\n,B,pdf,x\ncw-3,"C\n",video,-1\ncw-1,D,video,1\ncw-5,E,video\ncw-6,,video,200000`;
    expect(faultsOf(text)).toEqual([
      { path: '/3/id', line: 3, field: 'id', message: expect.stringContaining('must be 1 to 128') },
      { path: '/3/kind', line: 3, field: 'kind', message: 'must be video or document' },
      { path: '/3/limitHours', line: 3, field: 'limitHours', message: 'must be hours such as 1.5 or 1h30m' },
      { path: '/4/limitHours', line: 4, field: 'limitHours', message: 'must be hours such as 1.5 or 1h30m' },
      { path: '/6/id', line: 6, field: 'id', message: 'is already on line 2' },
      { path: '/7', line: 7, message: 'has 3 cells instead of 4' },
      { path: '/8/title', line: 8, field: 'title', message: 'must not be empty' },
      { path: '/8/limitHours', line: 8, field: 'limitHours', message: 'must be at most 360000000' },
    ]);
  });

  it('needs its four columns, once each, and no other', () => {
    expect(faultsOf('id,title,title,hours\n')).toEqual([
      { path: '/1/kind', line: 1, field: 'kind', message: 'is missing in the header' },
      { path: '/1/limitHours', line: 1, field: 'limitHours', message: 'is missing in the header' },
      { path: '/1/hours', line: 1, field: 'hours', message: 'is not a known column' },
      { path: '/1/title', line: 1, field: 'title', message: 'is there twice' },
    ]);
    expect(faultsOf('')).toEqual([{ path: '', line: 1, message: 'The file is empty.' }]);
  });

  it('has at most sixteen cells a line: a file of commas is one fault', () => {
    const tooMany = (line: number) => [{ path: '', line, message: 'has more than 16 cells' }];
    expect(faultsOf(','.repeat(5_000_000))).toEqual(tooMany(1));
    expect(faultsOf(`${header}\ncw-1,A,video,1\n${'"",'.repeat(16)}`)).toEqual(tooMany(3));
    expect(faultsOf(`${header}\n${','.repeat(15)}`)).toMatchObject([
      { message: 'has 16 cells instead of 4' },
    ]);
  });

  it('is read no further than one row too many', () => {
    const afterwards = '"'.repeat(3);
    expect(faultsOf(`${header}\n${'x\n'.repeat(10_001)}${afterwards}`)).toEqual([
      { path: '', line: 10_002, message: 'has more than 10000 rows' },
    ]);
    expect(readImport('\n'.repeat(5_000_000) + header)).toEqual([]);
  });

  it('has its first thousand faults named, and the others counted', () => {
    const problem = refusalOf(`${header}\n${'x\n'.repeat(10_000)}`);
    expect(problem.members.errors).toHaveLength(1_000);
    expect(problem.detail).toBe(
      'Line 2: has 1 cells instead of 4 (and 9999 more). Nothing was imported. The first 1000 faults are listed.',
    );
  });

  it('is not quoted at length in its faults', () => {
    const problem = refusalOf(`${header},${'x'.repeat(5_000_000)}`);
    expect(JSON.stringify(problem.document()).length).toBeLessThan(500);
  });

  it.each([
    [`${header}\ncw-1,"A" b,video,1`, 2],
    [`${header}\ncw-1,A,video,1\ncw-2,"A,video,1`, 3],
    [`${header}\ncw-1,A"b,video,1`, 2],
  ])('says where a quotation mark is out of place: %j', (text, line) => {
    expect(faultsOf(text)).toEqual([{ path: '', line, message: 'has a quotation mark out of place' }]);
  });

  it('may have no rows, and at most ten thousand', () => {
    expect(readImport(`${header}\n`)).toEqual([]);
    const rows = Array.from({ length: 10_001 }, (_, row) => `cw-${row},A,video,1`);
    expect(readImport([header, ...rows.slice(1)].join('\n'))).toHaveLength(10_000);
    expect(faultsOf([header, ...rows].join('\n'))).toEqual([
      { path: '', line: 10_002, message: 'has more than 10000 rows' },
    ]);
  });
});
