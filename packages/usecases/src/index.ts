export * from './viewing/index.ts';
