/** How long a sign-in holds, in milliseconds: a working day. What somebody may do is known anew with the next one. */
export const sessionMs = 12 * 3_600_000;
