export {
  type AdoptPolicy,
  adoptPolicy,
  type PolicyContext,
  PolicyNotInForce,
  TimeZoneFixed,
} from './adopt-policy.ts';
