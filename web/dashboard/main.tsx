/** Where the dashboard starts. */
import { render } from "preact";
import "#ui/styles.css";
import "./frame/frame.css";
import { checkSession } from "./data/session.ts";
import { startShortcuts } from "./frame/commands.ts";
import { App } from "./frame/frame.tsx";
import { pageAt } from "./frame/pages.ts";
import { startRouter } from "./frame/router.ts";

startRouter();
startShortcuts();
if (!(location.pathname === "/login" && location.hash)) checkSession();
// The page's code comes while the server is asked who this is; what fails is told where it is drawn.
pageAt(location.pathname)
  ?.route.load()
  .catch(() => {});
const root = document.getElementById("app");
if (root) render(<App />, root);
