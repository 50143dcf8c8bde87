/** `compute`, which depends on its arguments alone, run once for each object (and key), for what many ask of it. */
export function oncePer<O extends object, T>(compute: (object: O) => T): (object: O) => T;
export function oncePer<O extends object, K, T>(compute: (object: O, key: K) => T): (object: O, key: K) => T;
export function oncePer<O extends object, K, T>(compute: (object: O, key: K) => T): (object: O, key: K) => T {
  const known = new WeakMap<O, Map<K, T>>();
  return (object, key) => {
    const results = known.get(object) ?? new Map<K, T>();
    known.set(object, results);
    if (!results.has(key)) results.set(key, compute(object, key));
    return results.get(key) as T; // set above, and undefined is a result too
  };
}
