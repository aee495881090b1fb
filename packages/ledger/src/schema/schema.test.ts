import { getTableName, is } from 'drizzle-orm';
import { getTableConfig as inPostgres, PgTable } from 'drizzle-orm/pg-core';
import { getTableConfig as inSqlite, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import * as postgres from './postgres.ts';
import * as sqlite from './sqlite.ts';

interface Column {
  readonly name: string;
  readonly notNull: boolean;
  readonly primary: boolean;
  readonly default: unknown;
  readonly enumValues?: readonly string[] | undefined;
}

interface Index {
  readonly name: string | undefined;
  readonly unique: boolean;
  readonly partial: boolean;
  readonly columns: readonly string[];
}

/** What both databases must tell alike of a table. */
interface Table {
  readonly columns: readonly object[];
  readonly key: readonly string[];
  readonly checks: readonly string[];
  readonly indexes: readonly Index[];
}

const nameOf = (column: unknown): string => (column as { readonly name: string }).name;

const tableOf = ({
  columns,
  primaryKeys,
  checks,
  indexes,
}: ReturnType<typeof inSqlite> | ReturnType<typeof inPostgres>): Table => ({
  columns: (columns as readonly Column[]).map((column) => ({
    name: column.name,
    notNull: column.notNull,
    default: column.default,
    oneOf: column.enumValues ?? [],
  })),
  key: (primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)).map(nameOf),
  checks: checks.map(({ name, value }) => `${name}: ${JSON.stringify(value.queryChunks)}`).sort(),
  indexes: indexes
    .map(({ config }) => ({
      name: config.name,
      unique: config.unique ?? false,
      partial: config.where !== undefined,
      columns: (config.columns as readonly unknown[]).map(nameOf),
    }))
    .sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)),
});

const tablesIn = (schema: object, read: (table: never) => Table): ReadonlyMap<string, Table> =>
  new Map(
    Object.values(schema)
      .filter((each) => is(each, SQLiteTable) || is(each, PgTable))
      .map((table) => [getTableName(table), read(table as never)]),
  );

const ofSqlite = tablesIn(sqlite, (table: SQLiteTable) => tableOf(inSqlite(table)));
const ofPostgres = tablesIn(postgres, (table: PgTable) => tableOf(inPostgres(table)));

/** Where the databases differ on purpose: SQLite reads what credits ask for from the index alone. */
const onlyInSqlite = ['sessions_over_by_learner'];
const longerInSqlite = ['activities_by_learner', 'enrolments_by_learner'];

test('both databases have the same tables', () => {
  expect([...ofSqlite.keys()].sort()).toEqual([...ofPostgres.keys()].sort());
  expect(ofSqlite.size).toBeGreaterThan(10);
});

describe.each([...ofSqlite.keys()])('%s is told alike for both databases', (name) => {
  const [here, there] = [ofSqlite.get(name), ofPostgres.get(name)];

  test('its columns: names, order, what may be null, defaults, and what may stand there', () => {
    expect(here?.columns).toEqual(there?.columns);
  });

  test('its key and its checks', () => {
    expect([here?.key, here?.checks]).toEqual([there?.key, there?.checks]);
  });

  test('its indexes: names, columns, and whether they are unique', () => {
    const common = here?.indexes.filter(({ name }) => !onlyInSqlite.includes(name ?? ''));
    const shortened = common?.map((index) => {
      const same = there?.indexes.find(({ name }) => name === index.name);
      const isLonger = longerInSqlite.includes(index.name ?? '');
      return isLonger ? { ...index, columns: index.columns.slice(0, same?.columns.length) } : index;
    });
    expect(shortened).toEqual(there?.indexes);
  });
});
