/** One record of a CSV file and the line on which it begins, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A CSV file whose quotes do not add up; the line is where the quoted cell began. */
export class CsvFault extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.name = 'CsvFault';
    this.line = line;
  }
}

/**
 * Reads RFC 4180: quoted cells may hold commas, quotes (doubled) and line breaks. Line ends are CRLF, LF or CR;
 * a byte order mark and empty lines are skipped. Throws `CsvFault`.
 */
export function readCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  const token = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
  let line = 1;
  let position = text.startsWith('\uFEFF') ? 1 : 0;

  while (position < text.length) {
    const record = { line, cells: [] as string[] };
    for (;;) {
      token.lastIndex = position;
      const [whole = '', quoted] = token.exec(text) ?? [];
      record.cells.push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
      line += lineBreaks(quoted);
      position += whole.length;
      if (text[position] !== ',') break;
      position += 1;
    }
    const lineEnd = /\r\n|\n|\r/y;
    lineEnd.lastIndex = position;
    const end = lineEnd.exec(text)?.[0] ?? '';
    if (end === '' && position < text.length) throw new CsvFault(line, 'has a quotation mark out of place');
    position += end.length;
    line += 1;
    if (record.cells.length > 1 || record.cells[0] !== '') records.push(record);
  }
  return records;
}

const lineBreaks = (text: string | undefined): number => text?.match(/\r\n|\n|\r/g)?.length ?? 0;
