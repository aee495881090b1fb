/** The stores that the product runs on; what it promises, it promises on each of them. */
export const storeKinds = ['sqlite-local', 'sqlite-redis', 'postgres-redis'] as const;

export type StoreKind = (typeof storeKinds)[number];

/** The variable by which vitest's projects say which stores their tests run on. */
export const storesVariable = 'WATCHLEDGER_TEST_STORES';

/** The stores that the tests of this run are for. */
export function kindOfThisRun(): StoreKind {
  const named = process.env[storesVariable] ?? 'sqlite-local';
  const kind = storeKinds.find((each) => each === named);
  if (kind === undefined) throw new Error(`${storesVariable} is one of ${storeKinds.join(', ')}`);
  return kind;
}
