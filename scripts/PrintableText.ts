/** Replaces control characters except line feeds: names from archives, clients and disks may hold terminal escapes. */
export const printable = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, "?")
