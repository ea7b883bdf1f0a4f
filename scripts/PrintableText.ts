/** Text as a terminal shows it: names from archives, clients and disks may hold what terminals obey. */
export const printable = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, "?")
