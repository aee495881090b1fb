import type { Courseware } from '@watchledger/contract';
import type { Ask } from '../../site/ask.ts';

/** One courseware with the version that it is at. */
export const courseware = (ask: Ask, id: string) => ask.tagged<Courseware>({ path: ['courseware', id] });
