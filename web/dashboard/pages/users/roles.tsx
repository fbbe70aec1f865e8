/** The roles side by side, each with what it may do. */
import { useId } from "preact/hooks";
import type { Role } from "#protocol";
import { FieldSet } from "#ui";
import { ROLES } from "./users.ts";

interface RoleChoiceProps {
  role: Role;
  onRole: (role: Role) => void;
}

export function RoleChoice({ role, onRole }: RoleChoiceProps) {
  const name = useId();
  return (
    <FieldSet legend="Role" path="role">
      {ROLES.map(({ value, label, does }) => (
        <label key={value} class="check">
          <input
            type="radio"
            name={name}
            checked={role === value}
            aria-labelledby={`${name}-${value}`}
            aria-describedby={`${name}-${value}-does`}
            onChange={() => onRole(value)}
          />
          <span>
            <span id={`${name}-${value}`}>{label}</span>
            <span class="hint" id={`${name}-${value}-does`}>
              {does}
            </span>
          </span>
        </label>
      ))}
    </FieldSet>
  );
}
