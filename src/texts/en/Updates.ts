/** Texts about newer versions of the program. */
export const updates = {
  title: "Updates",
  check: "Check once a day for a newer version",
  hint: "The server reads one file at {address} and sends neither the address of your site nor its version. Nothing is installed.",
  missing: "To offer this, the operator of the server sets the address of the file with the newest version.",
  never: "Not checked yet. The server checks within a few minutes.",
  failed: ({ time }: { readonly time: string }): string =>
    `Checked ${time}: no valid answer. The server tries again the next day.`,
  current: ({ running, time }: { readonly running: string; readonly time: string }): string =>
    `Checked ${time}: you have the newest version, ${running}.`,
  newer: ({ running, version }: { readonly running: string; readonly version: string }): string =>
    `StarPunk ${version} is available. You have ${running}.`,
  notes: "What is new"
}
