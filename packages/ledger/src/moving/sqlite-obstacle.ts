import type Database from 'better-sqlite3';
import { canonicalJson } from './canonical-json.ts';
import { type MovableColumn, type MovableTable, movableTables } from './tables.ts';

/** What of a SQLite file PostgreSQL could not hold, in one line that names the first row; null: nothing. */
export function sqliteObstacle(client: Database.Database): string | null {
  for (const table of movableTables) {
    const found = client.prepare<[], Found>(search(table)).get() ?? unstorableJson(client, table);
    if (found !== undefined) return `${table.name} ${JSON.stringify(found.id)}: ${found.what}`;
  }
  return null;
}

interface Found {
  readonly id: string;
  readonly what: string;
}

/** SQLite keeps any value in any column, so each is looked at. */
function search({ name, columns, key }: MovableTable): string {
  const faults = columns.flatMap((column) => faultsOf(column).map(([test, what]) => ({ test, what })));
  const what = faults.map(({ test, what }) => `when ${test} then '${what}'`).join(' ');
  return `select ${idOf(key)} as id, case ${what} end as what from ${name}
    where ${faults.map(({ test }) => test).join(' or ')} limit 1`;
}

const idOf = (key: MovableTable['key']) => key.map(({ name }) => `cast(${name} as text)`).join(` || ' ' || `);

/** Session ids as the service makes them, and as PostgreSQL gives them back. */
const uuidGlob = [8, 4, 4, 4, 12].map((digits) => '[0-9a-f]'.repeat(digits)).join('-');

function faultsOf({ name, kind }: MovableColumn): (readonly [test: string, what: string])[] {
  switch (kind) {
    case 'uuid':
      return [[`not ${name} glob '${uuidGlob}'`, `its ${name} is no UUID in lower case`]];
    case 'text':
      return [
        [`typeof(${name}) not in ('text', 'null')`, `its ${name} is no text`],
        [`instr(${name}, char(0))`, `its ${name} holds a NUL character, which PostgreSQL does not store`],
      ];
    case 'json':
      return [[`not json_valid(${name})`, `its ${name} is no JSON`]];
    case 'integer':
      return [[`typeof(${name}) not in ('integer', 'null')`, `its ${name} is no integer`]];
    case 'boolean':
      return [[`${name} not in (0, 1)`, `its ${name} is neither 0 nor 1`]];
  }
}

/** NUL, or half a character: as canonical JSON writes them, and not a backslash before a word that looks so. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

function unstorableJson(client: Database.Database, { name, columns, key }: MovableTable): Found | undefined {
  for (const column of columns.filter(({ kind }) => kind === 'json')) {
    const rows = client.prepare<[], Found & { json: string }>(
      `select ${idOf(key)} as id, ${column.name} as json from ${name} where instr(${column.name}, '\\u')`,
    );
    for (const { id, json } of rows.iterate()) {
      if (unstorable.test(canonicalJson(json)))
        return { id, what: `its ${column.name} hold a character that PostgreSQL does not store` };
    }
  }
  return undefined;
}
