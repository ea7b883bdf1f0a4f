// JavaScript, because the worker threads of the pool load it without a build.

/**
 * Returns the code of an error of Node or of SQLite's driver, such as `ENOSPC`; an empty string for other values.
 * @param {unknown} error
 * @returns {string}
 */
export const codeOf = (error) =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : ""
