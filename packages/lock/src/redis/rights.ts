/** What a Redis user of the product must be allowed, as ACL SETUSER takes it. */
export const neededRights = '~wl:* +eval +evalsha +get +set +time +ping +info';

/** And beside that on a cluster. */
export const clusterRights = '+cluster|slots +cluster|info +asking';

/** With this a start says more of what should be set. */
export const inspectionRights = '+config|get';
