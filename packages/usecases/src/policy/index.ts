export {
  type AdoptPolicy,
  adoptPolicy,
  type PolicyContext,
  PolicyNotInForce,
  TimeZoneFixed,
} from './adopt-policy.ts';
export { createPolicyInForce, type PolicyInForce, type PolicyInForceOptions } from './policy-in-force.ts';
