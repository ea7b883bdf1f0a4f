import { Layer } from "effect"
import { api } from "./Api.js"
import { searchPage } from "./SearchPage.js"

/** Search for people and programs. */
export const routes = Layer.mergeAll(searchPage, api)
