import { Either, Encoding, ParseResult, Schema } from "effect"

/** Cost parameters of scrypt (RFC 7914 §2): N = 2^logN, block size r, parallelism p. Memory is 128 · N · r bytes. */
export interface ScryptCost {
  readonly logN: number
  readonly r: number
  readonly p: number
}

/** A passphrase's scrypt key, with its salt and cost. */
export interface PassphraseHash extends ScryptCost {
  readonly salt: Uint8Array
  readonly key: Uint8Array
}

const phc =
  /^\$scrypt\$ln=(?<logN>\d{1,2}),r=(?<r>\d{1,2}),p=(?<p>\d{1,2})\$(?<salt>[A-Za-z0-9+/]{11,86})\$(?<key>[A-Za-z0-9+/]{22,86})$/

/** Limits of the cost; no version of this program used more. */
const isSane = ({ logN, p, r }: ScryptCost): boolean =>
  logN >= 1 && logN <= 20 && r >= 1 && r <= 16 && p >= 1 && p <= 16

const unpadded = (bytes: Uint8Array): string => Encoding.encodeBase64(bytes).replace(/=+$/, "")

const decode = (text: string): PassphraseHash | undefined => {
  const groups = phc.exec(text)?.groups
  if (groups === undefined) return undefined
  const cost = { logN: Number(groups.logN), r: Number(groups.r), p: Number(groups.p) }
  const bytes = Either.all([padded(groups.salt), padded(groups.key)])
  if (Either.isLeft(bytes) || !isSane(cost)) return undefined
  const [salt, key] = bytes.right
  return { ...cost, salt, key }
}

const padded = (text = ""): Either.Either<Uint8Array, Encoding.DecodeException> =>
  Encoding.decodeBase64(text.padEnd(Math.ceil(text.length / 4) * 4, "="))

/** A hash in PHC string format, `$scrypt$ln=15,r=8,p=3$salt$key`, so that the cost can be raised later. */
export const PassphraseHash: Schema.Schema<PassphraseHash, string> = Schema.transformOrFail(
  Schema.String,
  Schema.declare((value): value is PassphraseHash => typeof value === "object" && value !== null && "key" in value),
  {
    strict: true,
    decode: (text, _, ast) => {
      const hash = decode(text)
      return hash === undefined
        ? ParseResult.fail(new ParseResult.Type(ast, text, "no PHC string of scrypt"))
        : ParseResult.succeed(hash)
    },
    encode: ({ key, logN, p, r, salt }) =>
      ParseResult.succeed(`$scrypt$ln=${logN},r=${r},p=${p}$${unpadded(salt)}$${unpadded(key)}`)
  }
)

/** Returns whether a hash was made with a lower cost than the current one. */
export const isOutdated = (hash: ScryptCost, today: ScryptCost): boolean =>
  hash.logN < today.logN || hash.r < today.r || hash.p < today.p
