/** The type of `assets.js`, which the build makes of `styles` and `browser` (see `src/build/web-assets.ts`). */

/** Style sheets by the names of their files. */
export declare const styles: Readonly<Record<string, string>>
/** Scripts by the names of their files; each runs by itself. */
export declare const scripts: Readonly<Record<string, string>>
