export { closeYear } from './close-year.ts';
export type { YearsContext } from './context.ts';
export { compareYear, listYears, reopenYear } from './years.ts';
