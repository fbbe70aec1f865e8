/** The text schema.ts has to have. */
export function generated(): Promise<string>;
