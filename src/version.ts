/** Set by the bundler and the test runner from `package.json`. */
declare const __STARPUNK_VERSION__: string | undefined

/** The program's version (Semantic Versioning 2.0.0). */
export const version: string = typeof __STARPUNK_VERSION__ === "string" ? __STARPUNK_VERSION__ : "0.0.0-source"
