import Database from 'better-sqlite3';

/** Run as a process of its own: holds the write lock of the database file it is given until it is ended. */
const [, , file = ''] = process.argv;
const database = new Database(file);
database.exec('BEGIN IMMEDIATE');
console.log('held');
// A connection that nothing refers to would be collected, and its lock with it.
setInterval(() => database.inTransaction, 1_000);
