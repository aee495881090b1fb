export type { StatisticsContext } from './context.ts';
export { createRemembered, type Remembered } from './remembered.ts';
export { type StatisticsInput, statistics } from './statistics.ts';
export type { Survey } from './survey.ts';
