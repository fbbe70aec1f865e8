import { Zap } from "lucide-preact";
import { pageGroup } from "../../frame/pages.ts";

export default pageGroup({
  title: "Actions",
  icon: Zap,
  order: 10,
  scope: "read",
  key: "a",
  routes: [
    { path: "/actions", load: () => import("./list.tsx") },
    { path: "/actions/import", scope: "manage", load: () => import("../import/page.tsx") },
    { path: "/actions/new", scope: "manage", load: () => import("./create.tsx") },
    { path: "/actions/:id", load: () => import("./edit.tsx") },
  ],
});
