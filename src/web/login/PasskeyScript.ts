import script from "browser:Passkey"
import { scriptAsset } from "../theme/NamedAsset.js"

/** What lets a browser make passkeys and log in with them. Pages work without it, with the passphrase. */
export const passkeyScript = scriptAsset("passkey", script)
