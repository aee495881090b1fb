import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import * as schema from '../schema/sqlite.ts';
import { compareKeys, movableTable, movableTables } from './tables.ts';

test('every table and column of either database moves', () => {
  const ofSqlite = Object.values(schema)
    .filter((table) => is(table, SQLiteTable))
    .map((table) => {
      const { name, columns } = getTableConfig(table);
      return [name, columns.map((column) => column.name)];
    });
  const moving = movableTables.map(({ name, columns }) => [name, columns.map((column) => column.name)]);
  expect(moving).toEqual(ofSqlite);
});

test('each has a key, and no integer is kept as anything else', () => {
  const keys = movableTables.map(({ name, key }) => [name, ...key.map((column) => column.name)]);
  expect(keys).toContainEqual(['session_days', 'session_id', 'day']);
  expect(keys.filter((key) => key.length < 2)).toEqual([]);
});

test('keys are in the order of both databases: numbers by value, text by bytes', () => {
  const days = movableTable('session_days');
  expect(compareKeys(days, ['a', '9'], ['a', '10'])).toBeLessThan(0);
  expect(compareKeys(days, ['b', '9'], ['a', '10'])).toBeGreaterThan(0);
  const learners = movableTable('learners');
  expect(compareKeys(learners, ['￮'], ['🎓'])).toBeLessThan(0);
  expect(compareKeys(learners, ['a'], ['Z'])).toBeGreaterThan(0);
  expect(compareKeys(learners, ['a'], ['a'])).toBe(0);
});
