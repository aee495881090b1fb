import { z } from 'zod';

/** Words that stand in paths where an id could stand. */
const reservedIds: ReadonlySet<string> = new Set(['import', 'mine', 'current']);

const hostId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/,
    'must be 1 to 128 of the characters A-Z a-z 0-9 . _ : @ - and begin with a letter or digit',
  )
  .refine((id) => !reservedIds.has(id), 'is a reserved word');

/** A learner, by the opaque id that the host site gives. */
export const LearnerId = hostId.meta({ description: 'The host site’s id of a learner.', examples: ['u-17'] });
/** One thing to study online, by the id that the host site gives. */
export const CoursewareId = hostId.meta({
  description: 'The host site’s id of a courseware.',
  examples: ['cw-1'],
});

/** An institute, by the id that the host site gives. */
export const OrganisationId = hostId.meta({
  description: 'The host site’s id of an institute.',
  examples: ['imr'],
});
/** A training, by the id that its organiser gives. */
export const TrainingId = hostId.meta({
  description: 'The organiser’s id of a training.',
  examples: ['t-1'],
});
/** An exam, by the id that the host site gives. */
export const ExamId = hostId.meta({ description: 'The host site’s id of an exam.', examples: ['e-1'] });

const uuid = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    'must be a UUIDv7 in lower case',
  )
  .meta({ description: 'A UUIDv7.', examples: ['01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11'] });

/** A viewing session: a UUIDv7 made by the service. */
export const SessionId = uuid;
/** An activity or an uploaded file: a UUIDv7 made by the service. */
export const RecordId = uuid;

/** The browser tab that watches: opening again from it replaces its own session. */
export const ClientId = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable ASCII characters without spaces')
  .meta({ description: 'Names the browser tab; the same client opening again replaces its own session.' });
