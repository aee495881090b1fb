/** Numbers and names that must not be confused are distinct types: seconds never pass for milliseconds. */
declare const quantity: unique symbol;
type Quantity<Base, Name extends string> = Base & { readonly [quantity]: Name };

/** A duration in whole milliseconds. */
export type Milliseconds = Quantity<number, 'Milliseconds'>;
/** A moment: whole milliseconds since 1970-01-01T00:00Z, stamped by the lock store's clock (R2). */
export type Instant = Quantity<number, 'Instant'>;
/** A civil calendar day in the policy's time zone (R9), as whole days since 1970-01-01. */
export type DayNumber = Quantity<number, 'DayNumber'>;

/** A learner, by the opaque id that the host site gives. */
export type LearnerId = Quantity<string, 'LearnerId'>;
/** One thing to study online, by the id that the host site gives. */
export type CoursewareId = Quantity<string, 'CoursewareId'>;
/** One page's viewing of one courseware: a UUIDv7 made by the service. */
export type SessionId = Quantity<string, 'SessionId'>;

export const milliseconds = (value: number): Milliseconds => value as Milliseconds;
export const instant = (value: number): Instant => value as Instant;
export const dayNumber = (value: number): DayNumber => value as DayNumber;
