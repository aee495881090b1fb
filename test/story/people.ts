import type { Caller } from './stage.ts';

/** Everyone who calls the service in the story. */
export const headquarters: Caller = { name: 'hq', scope: 'admin' };
/** The institute of metal research, 金属研究所, and the Shenyang branch, 沈阳分院: each with a reviewer of its own. */
export const reviewer: Caller = { name: 'hr-imr', scope: 'review', org: 'imr' };
export const branchReviewer: Caller = { name: 'hr-syb', scope: 'review', org: 'syb' };
export const editor: Caller = { name: 'editor', scope: 'courseware:write credits:read' };
export const portal: Caller = { name: 'portal', scope: 'credits:read' };
/** The guide's learner of 2016. */
export const learner: Caller = { name: 'u-2016', scope: 'watch' };

const colleagueIds = Array.from({ length: 12 }, (_, n) => `c-${String(n + 1).padStart(2, '0')}`);
export const colleagues: readonly Caller[] = colleagueIds.map((name) => ({ name, scope: 'watch' }));
