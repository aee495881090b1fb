import { z } from 'zod';

export const defaultLimit = 50;
export const maxLimit = 200;

/** How a list is asked for: `?limit=` and the opaque `?cursor=` of the page before. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,4}$/, `must be a whole number from 1 to ${maxLimit}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= maxLimit, `must be a whole number from 1 to ${maxLimit}`)
    .default(defaultLimit)
    .meta({ type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit }),
  cursor: z
    .string()
    .min(1, 'must not be empty')
    .max(512, 'is too long')
    .optional()
    .meta({ description: '`nextCursor` of the page before.' }),
};

/** One page of a list in its stable order; `nextCursor` is null on the last. */
export const page = <Item extends z.ZodType>(item: Item, id: string) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() }).meta({ id });

export type Page<Item> = { items: Item[]; nextCursor: string | null };
