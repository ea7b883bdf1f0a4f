/** Where the owner of a new site is made; the key follows. */
export const setupPath = "/auth/setup/"

/** The link that makes whoever opens it the owner. The key stands in the path, where no log takes it for a parameter. */
export const setupLink = (siteUrl: string, key: string): string => `${siteUrl}${setupPath}${key}`
