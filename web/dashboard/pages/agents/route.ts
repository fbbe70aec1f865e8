import { Bot } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Agents",
  icon: Bot,
  order: 50,
  scope: "read",
  key: "e",
  routes: [
    { path: "/agents", load: () => import("./list.tsx") },
    { path: "/agents/:name", load: () => import("./edit.tsx") },
  ],
});
