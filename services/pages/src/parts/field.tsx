import type { Child } from 'hono/jsx';

interface FieldProps {
  /** Also the id of the control. */
  name: string;
  label: string;
  help?: string | undefined;
  fault?: string | undefined;
  optional?: string | undefined;
  children: Child;
}

/** A labelled control with what helps to fill it, and what is wrong with it. */
export function Field({ name, label, help, fault, optional, children }: FieldProps) {
  return (
    <div class={fault === undefined ? 'field' : 'field faulty'}>
      <label for={name}>
        {label} {optional !== undefined && <span class="muted small">{optional}</span>}
      </label>
      {children}
      {help !== undefined && (
        <p class="help" id={`${name}-help`}>
          {help}
        </p>
      )}
      {fault !== undefined && (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

/** The attributes of a control that a `Field` of this name describes. */
export function described(
  name: string,
  { help, fault }: { help?: string | undefined; fault?: string | undefined },
) {
  const by = [help !== undefined && `${name}-help`, fault !== undefined && `${name}-fault`].filter(Boolean);
  return {
    id: name,
    name,
    'aria-describedby': by.length === 0 ? undefined : by.join(' '),
    'aria-invalid': fault === undefined ? undefined : ('true' as const),
  };
}
