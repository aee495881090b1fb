/** The little of EventTarget that listening needs; players that only look like one may lack the removal. */
export interface Listenable {
  addEventListener(type: string, listener: (event: Event) => void, options?: AddEventListenerOptions): void;
  removeEventListener?(
    type: string,
    listener: (event: Event) => void,
    options?: AddEventListenerOptions,
  ): void;
}

/** Hears several types of event, named with spaces between; returns the function that stops it. */
export function listen(
  target: Listenable,
  types: string,
  hear: (event: Event) => void,
  options?: AddEventListenerOptions,
): () => void {
  const each = types.split(' ');
  for (const type of each) target.addEventListener(type, hear, options);
  return () => {
    for (const type of each) target.removeEventListener?.(type, hear, options);
  };
}
