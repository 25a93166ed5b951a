type Cel = typeof import('@marcbachmann/cel-js');

let loaded: Cel | undefined;

/** Loads the CEL library, which only runs that meet an expression pay for. */
export async function loadCel(): Promise<void> {
  loaded ??= await import('@marcbachmann/cel-js');
}

/** The library, once `loadCel` has ended. */
export function celLibrary(): Cel | undefined {
  return loaded;
}
