import type { createApi } from '@watchledger/api';

/**
 * The pattern of the route that answers a path, such as `/v1/sessions/{id}`: paths hold ids, and may not be told.
 * undefined where there is none.
 */
export function routeOf({
  router,
}: Pick<ReturnType<typeof createApi>, 'router'>): (method: string, path: string) => string | undefined {
  return (method, path) => {
    const [handlers] = router.match(method === 'HEAD' ? 'GET' : method, path);
    const [, route] = handlers.at(-1)?.[0] ?? [];
    return route?.path.replaceAll(/:(\w+)[^/]*/g, '{$1}');
  };
}
