import { milliseconds } from '@watchledger/rules';

/** Between two reports so much may be missing without being a turn; the databases' triggers say the same. */
export const TURN_TOLERANCE = milliseconds(1_000);

/** So many turns of one session are kept: who presses play and pause a thousand times is told of the first ones. */
export const MOST_TURNS = 2_000;
