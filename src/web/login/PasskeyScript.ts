import script from "browser:Passkey"
import { scriptAsset } from "../theme/NamedAsset.js"

/** The script that creates passkeys and logs in with them. Pages work without it, with the passphrase. */
export const passkeyScript = scriptAsset("passkey", script)
