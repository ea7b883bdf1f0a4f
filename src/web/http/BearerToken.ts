/** The token in the value of an `Authorization` header (RFC 6750 §2.1); absent if there is none, or another scheme. */
export const bearerToken = (header = ""): string | undefined =>
  /^bearer\s+(?<token>\S.*)$/i.exec(header.trim())?.groups?.token
