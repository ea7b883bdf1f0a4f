/** Texts about newer versions of the program. */
export const updates = {
  title: "Updates",
  check: "Ask once a day whether there is a newer version",
  hint: "The server reads one file at {address} and sends neither the address of your site nor its version. Nothing is installed.",
  missing: "To offer this, the operator of the server sets the address of the file with the newest version.",
  never: "Not asked yet. The first time is within a few minutes.",
  failed: ({ time }: { readonly time: string }): string =>
    `Asked ${time}: no usable answer. It is tried again the next day.`,
  current: ({ running, time }: { readonly running: string; readonly time: string }): string =>
    `Asked ${time}: you have the newest version, ${running}.`,
  newer: ({ running, version }: { readonly running: string; readonly version: string }): string =>
    `StarPunk ${version} is available. You have ${running}.`,
  notes: "What is new"
}
