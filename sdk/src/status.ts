export { defineStatus, StatusElement } from './status/status-element.ts';
