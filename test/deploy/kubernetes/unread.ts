/**
 * Paths of the members that nobody reads while a value is used. The validators of Kubernetes' models look at each
 * member that they know and pass over all others: what stays unread is misspelt.
 */
export function unreadIn(value: object, use: (value: object) => void): string[] {
  const unread = new Set<string>();
  use(observed(value, '', unread));
  return [...unread];
}

function observed(value: object, path: string, unread: Set<string>): object {
  for (const key of Object.keys(value)) unread.add(`${path}/${key}`);
  const children = new Map<PropertyKey, object>();
  return new Proxy(value, {
    get(target, key) {
      const child: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return child;
      unread.delete(`${path}/${key}`);
      if (typeof child !== 'object' || child === null) return child;
      const known = children.get(key) ?? observed(child, `${path}/${key}`, unread);
      children.set(key, known);
      return known;
    },
  });
}
