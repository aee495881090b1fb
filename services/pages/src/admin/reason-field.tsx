import type { Page } from '../layout/page.ts';
import { described, Field } from '../parts/field.tsx';

/** Why something is changed, for the audit trail. */
export function ReasonField(props: {
  page: Page;
  value?: string | undefined;
  label?: string;
  required?: boolean;
  fault?: string | undefined;
}) {
  const { page, value, required = false, fault } = props;
  const { admin } = page.texts;
  return (
    <Field
      name="reason"
      label={props.label ?? admin.reason}
      help={admin.reasonHelp}
      optional={required ? undefined : admin.optional}
      fault={fault}
    >
      <input
        {...described('reason', { help: admin.reasonHelp, fault })}
        maxlength={500}
        value={value}
        required={required}
        autocomplete="off"
      />
    </Field>
  );
}
