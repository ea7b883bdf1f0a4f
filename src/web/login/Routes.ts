import { Layer } from "effect"
import { assetRoute } from "../assets/AssetRoute.js"
import * as DevLogin from "./DevLogin.js"
import * as Login from "./Login.js"
import * as Logout from "./Logout.js"
import { passkeyScript } from "./PasskeyScript.js"
import * as Setup from "./Setup.js"

/** The owner's setup, login in one or two steps, and logout. */
export const routes = Layer.mergeAll(
  Setup.routes,
  Login.routes,
  Logout.routes,
  DevLogin.routes,
  assetRoute(passkeyScript)
)
