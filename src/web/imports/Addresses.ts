/** What the owner decides about a file is sent to it. */
export const choicesPath = "/admin/data/import/choices"
