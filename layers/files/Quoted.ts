/** A word for the shell, whatever is in it: as it stands where that is safe, otherwise between single quotes. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
