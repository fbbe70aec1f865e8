/** Where the dashboard starts. */
import { render } from "preact";
import "#ui/styles.css";
import "./frame/frame.css";
import { checkSession } from "./data/session.ts";
import { startShortcuts } from "./frame/commands.ts";
import { App } from "./frame/frame.tsx";
import { startRouter } from "./frame/router.ts";

startRouter();
startShortcuts();
if (!(location.pathname === "/login" && location.hash)) checkSession();
const root = document.getElementById("app");
if (root) render(<App />, root);
