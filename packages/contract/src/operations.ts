import { z } from 'zod';

/** `GET /healthz`: the process lives. */
export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;

const HealthLevel = z.enum(['ok', 'degraded', 'down']);

/**
 * `GET /readyz`: 200 if `ready`, else 503. `degraded`: it works, but something is wrong that somebody should look
 * after. Each check says in few words what is wrong, the log says why.
 */
export const Readiness = z
  .object({
    ready: z.boolean().meta({ description: 'False exactly when `status` is `down`.' }),
    status: HealthLevel.meta({ description: 'The worst `level` of the checks.' }),
    checks: z.array(
      z.object({
        name: z.string(),
        ok: z.boolean(),
        level: HealthLevel.meta({ description: 'What this check makes of the service.' }),
        detail: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof Readiness>;
