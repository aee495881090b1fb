/** A list of attendees as the API reads it, and where each of its lines stood in what was pasted. */
export interface AttendanceList {
  readonly csv: string;
  /** The line in what was pasted, from 1. */
  lineOf(csvLine: number): number;
  /** Who stands there; undefined: it is a table of its own. */
  learnerAt(csvLine: number): string | undefined;
}

/**
 * Reads a pasted list: ids parted by line breaks, blanks or commas, Chinese ones too; or a table with its header.
 * Null where nothing is in it.
 */
export function attendanceList(text: string): AttendanceList | null {
  if (text.trim() === '') return null;
  if (/^\s*"?learnerId"?\s*(,|$)/im.test(text.trimStart().split(/\r\n|\n|\r/)[0] ?? ''))
    return { csv: text, lineOf: (line) => line, learnerAt: () => undefined };
  const ids = text.split(/\r\n|\n|\r/).flatMap((line, index) =>
    line
      .split(/[\s,，、;；]+/)
      .filter((id) => id !== '')
      .map((id) => ({ id, line: index + 1 })),
  );
  return {
    csv: ['learnerId', ...ids.map(({ id }) => `"${id.replaceAll('"', '""')}"`)].join('\n'),
    lineOf: (line) => ids[line - 2]?.line ?? line,
    learnerAt: (line) => ids[line - 2]?.id,
  };
}
