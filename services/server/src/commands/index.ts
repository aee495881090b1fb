import { backup } from './back-up.ts';
import type { Command } from './command.ts';
import { move } from './move.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { token } from './token.ts';
import { verify } from './verify.ts';

/** All that the product can be asked to do, in the order of `--help`. */
export const commands: readonly Command[] = [serve, token, backup, restore, move, verify];
