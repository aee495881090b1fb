/** One record of a CSV file and the line on which it begins, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A CSV file that cannot be read on; the line is that of the record, or where a quoted cell went wrong. */
export class CsvFault extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.name = 'CsvFault';
    this.line = line;
  }
}

/**
 * Reads RFC 4180, record by record as they are asked for: quoted cells may hold commas, quotes (doubled) and
 * line breaks. Line ends are CRLF, LF or CR; a byte order mark and empty lines are skipped.
 * Throws `CsvFault`, also at a record of more than `mostCells`.
 */
export function* readCsv(text: string, mostCells: number): Generator<CsvRecord> {
  const emptyLines = /[\r\n]+/y;
  const token = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
  const lineEnd = /\r\n|\n|\r|$/y;
  let line = 1;
  let position = text.startsWith('\uFEFF') ? 1 : 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    position += match?.[0].length ?? 0;
    return match;
  };

  for (;;) {
    line += lineBreaks(take(emptyLines)?.[0]);
    if (position >= text.length) return;
    const record = { line, cells: [] as string[] };
    do {
      if (record.cells.length === mostCells)
        throw new CsvFault(record.line, `has more than ${mostCells} cells`);
      if (record.cells.length > 0) position += 1;
      const [whole = '', quoted] = take(token) ?? [];
      record.cells.push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
      line += lineBreaks(quoted);
    } while (text[position] === ',');
    if (take(lineEnd) === null) throw new CsvFault(line, 'has a quotation mark out of place');
    line += 1;
    if (record.cells.length > 1 || record.cells[0] !== '') yield record;
  }
}

/** Counted without a list of them: a file may be nothing but line breaks. */
function lineBreaks(text = ''): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) count += 1;
  }
  return count;
}
