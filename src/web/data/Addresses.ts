/** The page about the site's data. */
export const dataPath = "/admin/data"

/** The archive with everything. */
export const archivePath = "/admin/data/everything.zip"

/** Backups: one is made by a form, and each has its address below. */
export const backupsPath = "/admin/data/backups"

/** The page of imports. */
export const importPath = "/admin/data/import"
